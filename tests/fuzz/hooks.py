"""What Schemathesis cannot know from the description: facts about the caller, and rules beyond JSON Schema.

A drawn value that is well formed but could not be true (a number that fails the eleven-test, a mail domain
nobody registered, a day long past) is replaced by one that could be, so that drawn requests reach the index
and not only its entrance. What is malformed stays as it was drawn.
"""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import schemathesis
from schemathesis.core.failures import AcceptedNegativeData, Failure
from schemathesis.openapi.checks import RejectedPositiveData

from chalicelib.api.conditions import ENTITY_TAGS
from chalicelib.api.negotiation import MERGE_PATCH
from tests.fuzz.rules import BEYOND_THE_SCHEMA, rules_broken

MAIL_DOMAIN: Final = "FUZZ_MAIL_DOMAIN"
"""Name of the variable that tells the caller's registered mail domain."""

_BSN: Final = re.compile(r"[0-9]{9}")
_MAIL: Final = re.compile(r"[A-Za-z0-9._-]{1,60}@[A-Za-z0-9.-]+\.[A-Za-z]{2,}")
_DAY: Final = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])")
_DAYS: Final = {"plannedEndDate": 100, "on": -10, "receivedOn": -5, "birthDate": -3650}
"""How many days from today a date of this name may well be."""


@schemathesis.hook
def map_body(context: schemathesis.HookContext, body: Any) -> Any:
    """Make what is well formed plausible."""
    return _plausible(body)


@schemathesis.hook
def filter_failure(
    context: schemathesis.HookContext,
    failure: Failure,
    case: schemathesis.Case[Any],
    response: schemathesis.Response,
) -> bool:
    """False for what is no failure: a request that fits the schema, refused for rules no schema can say.

    And a batch in which the malformed line is refused while the batch as a whole is answered.
    """
    codes = rules_broken(response.json() if response.content else None)
    if isinstance(failure, RejectedPositiveData) and not _has_no_entity_tag(case):
        return not (response.status_code == 400 and codes and codes <= BEYOND_THE_SCHEMA)
    if isinstance(failure, RejectedPositiveData):
        return codes != {"invalid-format"}
    if isinstance(failure, AcceptedNegativeData) and case.operation.path == "/signal-batches":
        return not codes
    if isinstance(failure, AcceptedNegativeData) and case.media_type == MERGE_PATCH:
        return not _takes_away_what_is_not_there(case.body)
    return True


def _takes_away_what_is_not_there(patch: Any) -> bool:
    """A member that nobody knows and that is null changes nothing (RFC 7396, section 2)."""
    return isinstance(patch, dict) and any(
        value is None and not re.fullmatch("[a-z]+([A-Z][a-z]+)*", name) for name, value in patch.items()
    )


def _has_no_entity_tag(case: schemathesis.Case[Any]) -> bool:
    """Schemathesis overlooks the pattern of an optional header here and there, and calls ``0`` valid."""
    given = case.headers["If-Match"] if case.headers and "If-Match" in case.headers else None
    return given is not None and given != "*" and ENTITY_TAGS.fullmatch(given) is None


def _plausible(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _plausible(member, key) for key, member in value.items()}
    if isinstance(value, list):
        return [_plausible(member, name) for member in value]
    return _plausible_text(value, name) if isinstance(value, str) else value


def _plausible_text(text: str, name: str) -> str:
    if name == "bsn" and _BSN.fullmatch(text):
        return "999990342"
    if name == "email" and _MAIL.fullmatch(text):
        mailbox = text.split("@", maxsplit=1)[0].replace("..", ".").strip(".")
        return f"{mailbox or 'j'}@{os.environ[MAIL_DOMAIN]}"
    if name in _DAYS and _DAY.fullmatch(text):
        return (datetime.now(UTC).date() + timedelta(days=_DAYS[name])).isoformat()
    return text
