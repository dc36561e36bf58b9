"""Every endpoint by the name that the table of routes gives it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from chalicelib.api import (
    batches,
    client_keys,
    exclusions,
    matches,
    organisations,
    professionals,
    public,
    reviews,
    searches,
    sign_in,
    signals,
)
from chalicelib.api.messages import Request, Response
from chalicelib.api.usecases import UseCases

Endpoint = Callable[[Request, UseCases], Response]

ENDPOINTS: Final[Mapping[str, Endpoint]] = {
    "give_signal": signals.give_signal,
    "give_signals": batches.give_signals,
    "list_signals": signals.list_signals,
    "read_signal": signals.read_signal,
    "change_signal": signals.change_signal,
    "read_signal_matches": matches.read_signal_matches,
    "read_match": matches.read_match,
    "explain_match": matches.explain_match,
    "close_signal": signals.close_signal,
    "retract_signal": signals.retract_signal,
    "list_searches": searches.list_searches,
    "list_reviews": reviews.list_reviews,
    "read_review": reviews.read_review,
    "give_verdict": reviews.give_verdict,
    "undo_verdict": reviews.undo_verdict,
    "ask_confirmation": reviews.ask_confirmation,
    "list_professionals": professionals.list_professionals,
    "read_professional": professionals.read_professional,
    "put_professional": professionals.put_professional,
    "change_professional": professionals.change_professional,
    "list_excluded_addresses": exclusions.list_excluded_addresses,
    "read_excluded_address": exclusions.read_excluded_address,
    "exclude_address": exclusions.exclude_address,
    "include_address": exclusions.include_address,
    "list_organisations": organisations.list_organisations,
    "register_organisation": organisations.register_organisation,
    "read_organisation": organisations.read_organisation,
    "change_organisation": organisations.change_organisation,
    "read_keys": client_keys.read_keys,
    "replace_keys": client_keys.replace_keys,
    "request_token": sign_in.request_token,
    "authorization_server": sign_in.authorization_server,
    "token_keys": sign_in.token_keys,
    "health": public.health,
    "openapi": public.openapi,
}
