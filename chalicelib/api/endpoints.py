"""Every endpoint by the name that the table of routes gives it.

A room of endpoints is imported when one of them is first called: a function that starts for a signal
does not wait for the schemas of organisations.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Final

from chalicelib.api.messages import Request, Response
from chalicelib.api.usecases import UseCases

Endpoint = Callable[[Request, UseCases], Response]

ENDPOINTS: Final[Mapping[str, str]] = {
    "give_signal": "signals",
    "give_signals": "batches",
    "list_signals": "signals",
    "read_signal": "signals",
    "change_signal": "signals",
    "read_signal_matches": "matches",
    "read_match": "matches",
    "explain_match": "matches",
    "close_signal": "signals",
    "retract_signal": "signals",
    "list_uninformed": "informing",
    "open_history": "histories",
    "read_information_letter": "information_letters",
    "renew_signal": "renewals",
    "report_death": "deaths",
    "list_deaths": "deaths",
    "confirm_death": "deaths",
    "list_searches": "searches",
    "list_audit_entries": "trail",
    "read_erasure": "trail",
    "list_reviews": "reviews",
    "read_review": "reviews",
    "give_verdict": "reviews",
    "undo_verdict": "reviews",
    "ask_confirmation": "reviews",
    "list_professionals": "professionals",
    "read_professional": "professionals",
    "put_professional": "professionals",
    "change_professional": "professionals",
    "list_sites": "sites",
    "read_site": "sites",
    "put_site": "sites",
    "transfer_signals": "transfers",
    "list_excluded_addresses": "exclusions",
    "read_excluded_address": "exclusions",
    "exclude_address": "exclusions",
    "include_address": "exclusions",
    "list_organisations": "organisations",
    "register_organisation": "organisations",
    "read_organisation": "organisations",
    "change_organisation": "organisations",
    "read_keys": "client_keys",
    "replace_keys": "client_keys",
    "file_request": "requests",
    "list_requests": "requests",
    "read_request": "requests",
    "settle_doubt": "requests",
    "grant_restriction": "requests",
    "lift_restriction": "requests",
    "decide_request": "requests",
    "read_access_answer": "access",
    "read_asked_advice": "requests",
    "give_advice": "requests",
    "request_token": "sign_in",
    "authorization_server": "sign_in",
    "token_keys": "sign_in",
    "health": "public",
    "openapi": "public",
}
"""The room in which each stands, under its own name."""


def endpoint(name: str) -> Endpoint:
    """The endpoint of this name. Raises KeyError."""
    found: Endpoint = getattr(import_module(f"chalicelib.api.{ENDPOINTS[name]}"), name)
    return found
