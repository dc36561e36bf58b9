"""Every kind of problem the interface can answer with: the source of the published catalogue.

The gateway's own answers (a refused token, too many requests, a time-out) use the same kinds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

DOCUMENTATION_URL: Final = "https://verwijsindex.example"
"""Where the catalogue is published unless the stage's settings say otherwise."""


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """A kind of problem (RFC 9457): stable code, status, title, and what a caller does about it."""

    code: str
    status: int
    title: str
    advice: str

    def type_url(self, documentation_url: str = DOCUMENTATION_URL) -> str:
        """The ``type`` member: a stable address of this kind's documentation."""
        return f"{documentation_url.rstrip('/')}/problems/{self.code}"


INVALID_REQUEST: Final = ProblemKind(
    "invalid-request",
    400,
    "The request breaks one rule or more",
    "Correct everything that `errors` lists; each line says where, which rule and why.",
)
MALFORMED_JSON: Final = ProblemKind(
    "malformed-json",
    400,
    "The body is not JSON that can be read without doubt",
    "Send one JSON object in UTF-8: no key twice, no NUL, at most 20 levels deep, only finite numbers.",
)
UNAUTHORIZED: Final = ProblemKind(
    "unauthorized",
    401,
    "A valid access token is needed",
    "Ask for a new access token and send it as `Authorization: Bearer …`.",
)
ACCESS_DENIED: Final = ProblemKind(
    "access-denied",
    403,
    "The organisation may not use the index now",
    "Ask the region administrator whether the organisation is suspended.",
)
INSUFFICIENT_SCOPE: Final = ProblemKind(
    "insufficient-scope",
    403,
    "The access token does not allow this",
    "Ask for a token with the scope that the operation names, or for the right to it.",
)
NOT_FOUND: Final = ProblemKind(
    "not-found",
    404,
    "There is nothing here for this organisation",
    "Check the path (no trailing slash) and the id; another organisation's id answers the same.",
)
METHOD_NOT_ALLOWED: Final = ProblemKind(
    "method-not-allowed",
    405,
    "This method is not offered here",
    "Use one of the methods that the `Allow` header lists.",
)
NOT_ACCEPTABLE: Final = ProblemKind(
    "not-acceptable",
    406,
    "The answer cannot be given in the form that was asked",
    "Accept `application/json`, and `application/problem+json` for problems.",
)
REFERENCE_IN_USE: Final = ProblemKind(
    "reference-in-use",
    409,
    "An active signal has this reference, with other content",
    "Change the earlier signal, close it first, or use another reference.",
)
SIGNAL_ENDED: Final = ProblemKind(
    "signal-already-ended",
    409,
    "The signal ended in another way",
    "Read the signal: it was closed, retracted or has expired before.",
)
SIGNAL_RESTRICTED: Final = ProblemKind(
    "signal-restricted",
    409,
    "A right about the signal is being decided",
    "Wait until the request of the family is decided; closing and retracting are always possible.",
)
CARD_MISSING: Final = ProblemKind(
    "card-missing",
    409,
    "A contact card that belongs here is missing",
    "Nothing was done. Store the card of who holds the signal again "
    "(`PUT /v1/professionals/{professionalId}`) and repeat the request; of another organisation's, ask the "
    "region administrator.",
)
HISTORY_CLOSED: Final = ProblemKind(
    "history-closed",
    409,
    "The earlier signals about this youth are not shown",
    "See `detail`: they open once, to the professional who gave the signal, shortly after it was given.",
)
SIGNAL_ERASED: Final = ProblemKind(
    "signal-erased",
    410,
    "The signal was erased",
    "Nothing of it is left: take it out of your own records too. A new signal is a new decision.",
)
PRECONDITION_FAILED: Final = ProblemKind(
    "precondition-failed",
    412,
    "It was changed since it was read",
    "Read it again, decide whether the change still stands, and send it with the new `ETag`.",
)
PRECONDITION_REQUIRED: Final = ProblemKind(
    "precondition-required",
    428,
    "A change needs `If-Match`",
    "Send the `ETag` of the answer that the change rests on as `If-Match`.",
)
REVIEW_CLOSED: Final = ProblemKind(
    "review-closed",
    409,
    "There is nothing to decide here any more",
    "Read the review: it is not open to this, or one of its signals has ended.",
)
REQUEST_CLOSED: Final = ProblemKind(
    "request-closed",
    409,
    "The request is not open to this any more",
    "Read the request: it was decided before, or this cannot be done to a request of its kind.",
)
REQUEST_UNSETTLED: Final = ProblemKind(
    "request-unsettled",
    409,
    "There is something to look at before this request is decided",
    "Read the request again: say of each doubtful signal whether it is concerned, and look at new ones.",
)
ANSWER_NOT_READY: Final = ProblemKind(
    "answer-not-ready",
    409,
    "There is no answer to give here",
    "Read the request: it is not for access, was not granted, is not decided yet, or was long ago.",
)
ORGANISATION_EXISTS: Final = ProblemKind(
    "organisation-exists",
    409,
    "An organisation with this id was registered before",
    "Change the existing organisation, or choose another id.",
)
BODY_TOO_LARGE: Final = ProblemKind(
    "body-too-large", 413, "The body is too large", "Send at most 256 KiB (262,144 bytes) at once."
)
UNSUPPORTED_MEDIA_TYPE: Final = ProblemKind(
    "unsupported-media-type",
    415,
    "The body is of a type that is not taken here",
    "Send `Content-Type: application/json`.",
)
IDEMPOTENCY_MISMATCH: Final = ProblemKind(
    "idempotency-mismatch",
    422,
    "The Idempotency-Key was used for another request",
    "Use a new key for each new request, and the same key only to repeat the same request.",
)
IDEMPOTENCY_RUNNING: Final = ProblemKind(
    "idempotency-running",
    409,
    "The same request is being answered now",
    "Try again after the seconds that `Retry-After` says, with the same Idempotency-Key.",
)
TOO_MANY_REQUESTS: Final = ProblemKind(
    "too-many-requests", 429, "Too many requests", "Wait as long as `Retry-After` says, then try again."
)
INTERNAL_ERROR: Final = ProblemKind(
    "internal-error",
    500,
    "Something went wrong on our side",
    "Try again later; if it stays, report the `instance` of this answer.",
)
UNAVAILABLE: Final = ProblemKind(
    "temporarily-unavailable",
    503,
    "The index is too busy at the moment",
    "Nothing was written: try again after the seconds that `Retry-After` says.",
)
TIMED_OUT: Final = ProblemKind(
    "timed-out",
    504,
    "The answer took too long",
    "Try again with the same Idempotency-Key: what was done is not done twice.",
)

CATALOGUE: Final = {
    kind.code: kind
    for kind in (
        INVALID_REQUEST,
        MALFORMED_JSON,
        UNAUTHORIZED,
        ACCESS_DENIED,
        INSUFFICIENT_SCOPE,
        NOT_FOUND,
        METHOD_NOT_ALLOWED,
        NOT_ACCEPTABLE,
        REFERENCE_IN_USE,
        SIGNAL_ENDED,
        SIGNAL_RESTRICTED,
        CARD_MISSING,
        HISTORY_CLOSED,
        SIGNAL_ERASED,
        REVIEW_CLOSED,
        PRECONDITION_FAILED,
        PRECONDITION_REQUIRED,
        REQUEST_CLOSED,
        REQUEST_UNSETTLED,
        ANSWER_NOT_READY,
        ORGANISATION_EXISTS,
        BODY_TOO_LARGE,
        UNSUPPORTED_MEDIA_TYPE,
        IDEMPOTENCY_MISMATCH,
        IDEMPOTENCY_RUNNING,
        TOO_MANY_REQUESTS,
        INTERNAL_ERROR,
        UNAVAILABLE,
        TIMED_OUT,
    )
}
"""Every kind by its code."""
