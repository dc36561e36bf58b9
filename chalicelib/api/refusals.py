"""Use cases' errors as problems: the one table, complete by test."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from chalicelib.api import catalogue
from chalicelib.api.problems import (
    RETRY_AFTER_SECONDS,
    FieldError,
    InvalidRequest,
    Problem,
    Unavailable,
)
from chalicelib.domain import errors
from chalicelib.domain.errors import Refused, WhyClosed
from chalicelib.ports.errors import StorageBusy


def problem_of(error: Exception) -> Problem | None:
    """The problem that tells of a use case's error; None when the error is unexpected here."""
    for kind in type(error).__mro__:
        if kind in _TABLE:
            return _TABLE[kind](error)
    return None


def _refused(error: Refused) -> Problem:
    return InvalidRequest(
        FieldError("body", problem.pointer, problem.code, problem.detail) for problem in error.problems
    )


def _already_ended(error: errors.SignalAlreadyEnded) -> Problem:
    return Problem(catalogue.SIGNAL_ENDED, f"The signal is {error.state} already.")


_WHY_CLOSED: Final = {
    WhyClosed.NOT_THEIRS: "Only the professional who gave the signal opens them: see `Professional-Id`.",
    WhyClosed.TOO_LATE: "They open shortly after the signal was given, and that time is over.",
    WhyClosed.NOT_KNOWN_YET: "Whether there are any is not known yet: `earlierSignals` will tell.",
    WhyClosed.NOTHING: "There are none: `earlierSignals` is false.",
    WhyClosed.OPENED: "They were opened for this signal before, and open once.",
}


def _history_closed(error: errors.HistoryClosed) -> Problem:
    return Problem(catalogue.HISTORY_CLOSED, _WHY_CLOSED[error.why])


def _cursor_refused(_: Exception) -> Problem:
    line = FieldError(
        "query", "/cursor", "invalid-cursor", "Not a cursor that this list gave with these filters."
    )
    return InvalidRequest([line])


def _running(_: Exception) -> Problem:
    return Problem(catalogue.IDEMPOTENCY_RUNNING, headers={"Retry-After": str(RETRY_AFTER_SECONDS)})


def _plainly(kind: catalogue.ProblemKind) -> Callable[[Exception], Problem]:
    return lambda _: Problem(kind)


_TABLE: Final[dict[type[BaseException], Callable[[Any], Problem]]] = {
    errors.Refused: _refused,
    errors.SignalNotFound: _plainly(catalogue.NOT_FOUND),
    errors.SignalErased: _plainly(catalogue.SIGNAL_ERASED),
    errors.SignalAlreadyEnded: _already_ended,
    errors.SignalRestricted: _plainly(catalogue.SIGNAL_RESTRICTED),
    errors.SignalRevised: _plainly(catalogue.PRECONDITION_FAILED),
    errors.CardMissing: _plainly(catalogue.CARD_MISSING),
    errors.HistoryClosed: _history_closed,
    errors.ReferenceInUse: _plainly(catalogue.REFERENCE_IN_USE),
    errors.IdempotencyMismatch: _plainly(catalogue.IDEMPOTENCY_MISMATCH),
    errors.IdempotencyRunning: _running,
    errors.DeathReportNotFound: _plainly(catalogue.NOT_FOUND),
    errors.MatchNotFound: _plainly(catalogue.NOT_FOUND),
    errors.CursorRefused: _cursor_refused,
    errors.ReviewNotFound: _plainly(catalogue.NOT_FOUND),
    errors.ReviewClosed: _plainly(catalogue.REVIEW_CLOSED),
    errors.ReviewRevised: _plainly(catalogue.PRECONDITION_FAILED),
    errors.KeysRevised: _plainly(catalogue.PRECONDITION_FAILED),
    errors.ProfessionalNotFound: _plainly(catalogue.NOT_FOUND),
    errors.ProfessionalExists: _plainly(catalogue.PRECONDITION_REQUIRED),
    errors.ProfessionalRevised: _plainly(catalogue.PRECONDITION_FAILED),
    errors.SiteNotFound: _plainly(catalogue.NOT_FOUND),
    errors.SiteExists: _plainly(catalogue.PRECONDITION_REQUIRED),
    errors.SiteRevised: _plainly(catalogue.PRECONDITION_FAILED),
    errors.ExclusionNotFound: _plainly(catalogue.NOT_FOUND),
    errors.RequestNotFound: _plainly(catalogue.NOT_FOUND),
    errors.RequestRevised: _plainly(catalogue.PRECONDITION_FAILED),
    errors.RequestClosed: _plainly(catalogue.REQUEST_CLOSED),
    errors.RequestUnsettled: _plainly(catalogue.REQUEST_UNSETTLED),
    errors.AnswerNotReady: _plainly(catalogue.ANSWER_NOT_READY),
    errors.ErasureNotFound: _plainly(catalogue.NOT_FOUND),
    errors.OrganisationNotFound: _plainly(catalogue.NOT_FOUND),
    errors.OrganisationSuspended: _plainly(catalogue.ACCESS_DENIED),
    errors.OrganisationRevised: _plainly(catalogue.PRECONDITION_FAILED),
    errors.OrganisationExists: _plainly(catalogue.ORGANISATION_EXISTS),
    StorageBusy: lambda _: Unavailable(),
}
