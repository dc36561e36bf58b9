"""What the document says of a youth who died (D34)."""

from __future__ import annotations

from typing import Any, Final

from chalicelib.api.catalogue import CARD_MISSING, INVALID_REQUEST, NOT_FOUND, SIGNAL_ENDED, SIGNAL_ERASED
from chalicelib.api.documentation import examples
from chalicelib.api.documentation.operation import Operation
from chalicelib.api.schemas.deaths import DeathReportBody, DeathReportListBody
from chalicelib.api.schemas.signals import EmptyBody, SignalBody

_REPORT: Final[dict[str, Any]] = {
    "signalId": examples.SIGNAL["id"],
    "organisationId": "regenboog",
    "reportedAt": "2026-11-22T09:30:00Z",
    "confirmedAt": None,
    "others": 2,
    "erased": 0,
}
_DONE: Final = _REPORT | {"confirmedAt": "2026-11-22T11:00:00Z", "erased": 2}

DEATH_OPERATIONS: Final = {
    "report_death": Operation(
        tag="Signals",
        description=(
            "The youth died (D34): the own signal ends at once and leaves nothing, in the archive neither "
            "(D35). The region's administrator is asked to confirm it for the other signals about the youth. "
            "Reporting twice is harmless."
        ),
        takes=EmptyBody,
        request_examples={"nothing": {}},
        gives=SignalBody,
        answer_example=examples.ERASED_SIGNAL,
        parameters=("SignalId", "ProfessionalId"),
        problems=(INVALID_REQUEST, NOT_FOUND, SIGNAL_ERASED, SIGNAL_ENDED, CARD_MISSING),
    ),
    "list_deaths": Operation(
        tag="Deaths",
        description=(
            "Of two years, by ids and counts, what is still to be done first. Whom it is about is told by "
            "nothing here; the organisation that reported it knows."
        ),
        gives=DeathReportListBody,
        answer_example={"items": [_REPORT]},
        parameters=("ProfessionalId", "Limit", "Cursor"),
        headers=("Link",),
        problems=(INVALID_REQUEST,),
    ),
    "confirm_death": Operation(
        tag="Deaths",
        description=(
            "Erases every other signal about the youth, active or in the archive (D34, D35); each gets a "
            "certificate. Large numbers take several requests: 202 says to ask again. Repeating is harmless."
        ),
        takes=EmptyBody,
        request_examples={"nothing": {}},
        gives=DeathReportBody,
        answer_example=_DONE,
        parameters=("SignalId", "ProfessionalId"),
        problems=(INVALID_REQUEST, NOT_FOUND),
    ),
}
"""By the names that the table of routes gives."""
