"""What the document says of giving many signals at once."""

from __future__ import annotations

from typing import Final

from chalicelib.api import catalogue
from chalicelib.api.catalogue import IDEMPOTENCY_MISMATCH, IDEMPOTENCY_RUNNING, INVALID_REQUEST
from chalicelib.api.documentation.examples import NEW_SIGNAL, REQUEST_ID, SIGNAL, Example
from chalicelib.api.documentation.operation import Operation
from chalicelib.api.problems import FieldError, InvalidRequest
from chalicelib.api.schemas.batches import SignalBatchBody, SignalBatchResultBody

_BROKEN: Final = FieldError(
    "body", "/signals/1/youth/bsn", "invalid-bsn", "The number fails the eleven-test."
)
_RESULTS: Final[Example] = {
    "results": [
        {"status": 201, "id": SIGNAL["id"], "signal": SIGNAL, "problem": None},
        {
            "status": 400,
            "id": None,
            "signal": None,
            "problem": InvalidRequest([_BROKEN]).as_json(REQUEST_ID, catalogue.DOCUMENTATION_URL),
        },
    ]
}

GIVE_SIGNALS: Final = Operation(
    tag="Signals",
    description=(
        "Up to 100 signals, each given by itself in the order of the lines: one bad line spoils no other. "
        "The answer is 200 with one result per line, in the same order: the status and the signal or the "
        "problem that giving it alone would have answered; places in problems are those in the whole body. A "
        "line with status 503 was not given: send the same batch again, with the same Idempotency-Key or "
        "without one, and lines that were given answer with their signal. A key is bound to the whole "
        "batch; other lines under it answer 422."
    ),
    takes=SignalBatchBody,
    body_required=True,
    request_examples={"two": {"signals": [NEW_SIGNAL, NEW_SIGNAL | {"reference": "LVS-2026-00018"}]}},
    gives=SignalBatchResultBody,
    answer_example=_RESULTS,
    parameters=("ProfessionalId", "IdempotencyKey"),
    problems=(INVALID_REQUEST, IDEMPOTENCY_RUNNING, IDEMPOTENCY_MISMATCH),
)
