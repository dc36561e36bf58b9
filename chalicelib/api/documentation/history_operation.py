"""What the document says of opening the archive."""

from __future__ import annotations

from typing import Any, Final

from chalicelib.api.catalogue import (
    HISTORY_CLOSED,
    IDEMPOTENCY_MISMATCH,
    INVALID_REQUEST,
    NOT_FOUND,
    SIGNAL_ENDED,
    SIGNAL_ERASED,
    SIGNAL_RESTRICTED,
)
from chalicelib.api.documentation.operation import Operation
from chalicelib.api.schemas.histories import HistoryBody
from chalicelib.api.schemas.signals import EmptyBody

_HISTORY: Final[dict[str, Any]] = {
    "openedAt": "2026-11-22T09:45:00Z",
    "items": [
        {
            "givenBy": {
                "organisation": "GGD Regio Utrecht",
                "domain": "YOUTH_HEALTH_CARE",
                "name": "P. de Wit",
                "function": "Jeugdverpleegkundige",
                "site": None,
                "email": "p.dewit@ggd.example",
                "telephone": "+31307654321",
            },
            "givenOn": "2023-09-04",
            "endedOn": "2024-07-19",
        }
    ],
    "withoutCard": [],
}

OPEN_HISTORY: Final = Operation(
    tag="Signals",
    description=(
        "Shows who gave earlier signals about the youth, by their contact cards as they are now, and from "
        "when to when; never why, and nothing of the youth (D36). Once per signal, shortly after it was "
        "given, to the professional who gave it and whom `Professional-Id` names; the opening is logged. "
        "`earlierSignals` tells beforehand whether there are any. With an Idempotency-Key the same request "
        "can be repeated when its answer got lost. Whose card is missing stands in `withoutCard`."
    ),
    takes=EmptyBody,
    request_examples={"nothing": {}},
    gives=HistoryBody,
    answer_example=_HISTORY,
    parameters=("SignalId", "ProfessionalId", "IdempotencyKey"),
    headers=("Location",),
    problems=(
        INVALID_REQUEST,
        NOT_FOUND,
        SIGNAL_ERASED,
        SIGNAL_ENDED,
        SIGNAL_RESTRICTED,
        HISTORY_CLOSED,
        IDEMPOTENCY_MISMATCH,
    ),
)
