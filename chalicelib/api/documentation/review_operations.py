"""What the document says of the operations on reviews."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from chalicelib.api.catalogue import (
    INVALID_REQUEST,
    NOT_FOUND,
    PRECONDITION_FAILED,
    PRECONDITION_REQUIRED,
    REVIEW_CLOSED,
)
from chalicelib.api.documentation import review_examples as examples
from chalicelib.api.documentation.operation import Operation
from chalicelib.api.schemas.reviews import ReviewBody, ReviewListBody, VerdictBody
from chalicelib.api.schemas.signals import EmptyBody

_ON_ONE: Final = ("ReviewId", "ProfessionalId")
_CHANGING: Final = (*_ON_ONE, "IfMatchOptional")

REVIEW_OPERATIONS: Final[Mapping[str, Operation]] = {
    "list_reviews": Operation(
        tag="Reviews",
        description=(
            "Pairs of signals that may be about one youth, where the evidence cannot decide. Organisations, "
            "field names and levels only, never a value. Reviews that are open unless `state` asks for those "
            "decided. A page may hold fewer than asked for and still have a next one: follow `Link`."
        ),
        gives=ReviewListBody,
        answer_example=examples.REVIEW_LIST,
        parameters=("ProfessionalId", "ReviewState", "Limit", "Cursor"),
        headers=("Link",),
        problems=(INVALID_REQUEST,),
    ),
    "read_review": Operation(
        tag="Reviews",
        description="One review, withdrawn ones too.",
        gives=ReviewBody,
        answer_example=examples.REVIEW,
        parameters=_ON_ONE,
        headers=("ETag",),
        problems=(INVALID_REQUEST, NOT_FOUND),
    ),
    "give_verdict": Operation(
        tag="Reviews",
        description=(
            "A person's word, which stands above every sum: it survives each later automatic decision, and "
            "a re-run of the whole region. SAME makes the match, NOT_SAME keeps apart or ends it; those "
            "concerned are told as of any match. Another verdict takes the place of an earlier one, the same "
            "again is harmless. With `If-Match` it is given on just the evidence that was read. Refused once "
            "a signal has ended."
        ),
        takes=VerdictBody,
        body_required=True,
        request_examples={"the-same": {"verdict": "SAME"}, "not-the-same": {"verdict": "NOT_SAME"}},
        gives=ReviewBody,
        answer_example=examples.DECIDED_REVIEW,
        parameters=_CHANGING,
        headers=("ETag",),
        problems=(INVALID_REQUEST, NOT_FOUND, REVIEW_CLOSED, PRECONDITION_FAILED, PRECONDITION_REQUIRED),
    ),
    "undo_verdict": Operation(
        tag="Reviews",
        description=(
            "Takes the verdict back: the evidence decides again, and where it cannot the review stays open. "
            "Undoing twice is harmless. Refused once a signal has ended."
        ),
        gives=ReviewBody,
        answer_example=examples.REVIEW,
        parameters=_CHANGING,
        headers=("ETag",),
        problems=(INVALID_REQUEST, NOT_FOUND, REVIEW_CLOSED, PRECONDITION_FAILED, PRECONDITION_REQUIRED),
    ),
    "ask_confirmation": Operation(
        tag="Reviews",
        description=(
            "Asks each of the two organisations to confirm or complete its own record: a mail to its "
            "professional and an event that leads to its own signal. Neither is told of the other, or that "
            "there is another. Nobody is asked twice within 24 hours: a repeat is answered as it stands."
        ),
        takes=EmptyBody,
        request_examples={"nothing": {}},
        gives=ReviewBody,
        answer_example=examples.ASKED_REVIEW,
        parameters=_ON_ONE,
        headers=("ETag",),
        problems=(INVALID_REQUEST, NOT_FOUND, REVIEW_CLOSED),
    ),
}
"""By the name that the table of routes gives."""
