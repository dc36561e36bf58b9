"""What the document says of renewing."""

from __future__ import annotations

from typing import Final

from chalicelib.api.catalogue import (
    CARD_MISSING,
    IDEMPOTENCY_MISMATCH,
    IDEMPOTENCY_RUNNING,
    INVALID_REQUEST,
    NOT_FOUND,
    REFERENCE_IN_USE,
    SIGNAL_ENDED,
    SIGNAL_ERASED,
    SIGNAL_RESTRICTED,
)
from chalicelib.api.documentation import examples
from chalicelib.api.documentation.operation import Operation
from chalicelib.api.schemas.renewals import RenewalBody
from chalicelib.api.schemas.signals import SignalBody

LIFE_OPERATIONS: Final = {
    "renew_signal": Operation(
        tag="Signals",
        description=(
            "There is no extension in law (D7): renewing is a new signal, with a new assessment and a new "
            "duty to inform. It takes over what is known of the youth, the contact card and, unless another "
            "is named, the reference; the signal it renews is closed in the same transaction, and its record "
            "goes. Matches go on under their match key and contact state, and nobody is told, for nobody "
            "came or went. A signal is renewed once; asking the same again answers 200 with the signal that "
            "took its place."
        ),
        takes=RenewalBody,
        body_required=True,
        request_examples={"a-year": examples.RENEWAL},
        gives=SignalBody,
        answer_example=examples.RENEWED_SIGNAL,
        parameters=("SignalId", "ProfessionalId", "IdempotencyKey"),
        headers=("Location", "ETag"),
        leads_to=("read_signal", "read_signal_matches"),
        problems=(
            INVALID_REQUEST,
            NOT_FOUND,
            SIGNAL_ERASED,
            SIGNAL_ENDED,
            SIGNAL_RESTRICTED,
            CARD_MISSING,
            REFERENCE_IN_USE,
            IDEMPOTENCY_MISMATCH,
            IDEMPOTENCY_RUNNING,
        ),
    ),
}
"""By the name that the table of routes gives."""
