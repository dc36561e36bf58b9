"""Every error of a use case has its answer, and every answer its place in the catalogue."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from chalicelib.api.catalogue import CATALOGUE
from chalicelib.api.problems import FieldError, InvalidRequest, Problem
from chalicelib.api.refusals import problem_of
from chalicelib.domain.errors import (
    AddressRefused,
    AnswerNotReady,
    CardMissing,
    CursorRefused,
    DeathReportNotFound,
    ErasureNotFound,
    ExclusionNotFound,
    FieldProblem,
    HistoryClosed,
    IdempotencyMismatch,
    IdempotencyRunning,
    KeysRevised,
    MatchNotFound,
    OrganisationExists,
    OrganisationNotFound,
    OrganisationRefused,
    OrganisationRevised,
    OrganisationSuspended,
    ProfessionalExists,
    ProfessionalNotFound,
    ProfessionalRevised,
    ReferenceInUse,
    Refused,
    RequestClosed,
    RequestNotFound,
    RequestRefused,
    RequestRevised,
    RequestUnsettled,
    ReviewClosed,
    ReviewNotFound,
    ReviewRevised,
    SignalAlreadyEnded,
    SignalErased,
    SignalNotFound,
    SignalRefused,
    SignalRestricted,
    SignalRevised,
    SiteExists,
    SiteNotFound,
    SiteRevised,
    UseCaseError,
    WhyClosed,
)
from chalicelib.domain.signal import SignalState
from chalicelib.ports.errors import Stale, StorageBusy

FIELD = FieldProblem("/youth/bsn", "bsn-required", "Required.")
ANSWERS: dict[Exception, tuple[int, str]] = {
    Refused((FIELD,)): (400, "invalid-request"),
    SignalRefused((FIELD,)): (400, "invalid-request"),
    OrganisationRefused((FIELD,)): (400, "invalid-request"),
    AddressRefused((FIELD,)): (400, "invalid-request"),
    SignalNotFound(): (404, "not-found"),
    SignalErased(): (410, "signal-erased"),
    ErasureNotFound(): (404, "not-found"),
    SignalAlreadyEnded(SignalState.CLOSED): (409, "signal-already-ended"),
    SignalRestricted(SignalState.RESTRICTED): (409, "signal-restricted"),
    SignalRevised(): (412, "precondition-failed"),
    SiteNotFound(): (404, "not-found"),
    SiteExists(): (428, "precondition-required"),
    SiteRevised(): (412, "precondition-failed"),
    ReferenceInUse(): (409, "reference-in-use"),
    IdempotencyMismatch(): (422, "idempotency-mismatch"),
    IdempotencyRunning(): (409, "idempotency-running"),
    DeathReportNotFound(): (404, "not-found"),
    MatchNotFound(): (404, "not-found"),
    CursorRefused(): (400, "invalid-request"),
    ReviewNotFound(): (404, "not-found"),
    CardMissing(): (409, "card-missing"),
    HistoryClosed(WhyClosed.OPENED): (409, "history-closed"),
    ReviewClosed(): (409, "review-closed"),
    ReviewRevised(): (412, "precondition-failed"),
    KeysRevised(): (412, "precondition-failed"),
    ProfessionalNotFound(): (404, "not-found"),
    ProfessionalExists(): (428, "precondition-required"),
    ProfessionalRevised(): (412, "precondition-failed"),
    ExclusionNotFound(): (404, "not-found"),
    RequestRefused((FIELD,)): (400, "invalid-request"),
    RequestNotFound(): (404, "not-found"),
    RequestRevised(): (412, "precondition-failed"),
    RequestClosed(): (409, "request-closed"),
    RequestUnsettled(): (409, "request-unsettled"),
    AnswerNotReady(): (409, "answer-not-ready"),
    OrganisationNotFound(): (404, "not-found"),
    OrganisationSuspended(): (403, "access-denied"),
    OrganisationRevised(): (412, "precondition-failed"),
    OrganisationExists(): (409, "organisation-exists"),
    StorageBusy(): (503, "temporarily-unavailable"),
}


def subclasses(kind: type[Exception]) -> Iterator[type[Exception]]:
    """All that derive from it."""
    for derived in kind.__subclasses__():
        yield derived
        yield from subclasses(derived)


@pytest.mark.parametrize(("error", "answer"), ANSWERS.items(), ids=lambda one: type(one).__name__)
def test_an_error_of_a_use_case_has_its_answer(error: Exception, answer: tuple[int, str]) -> None:
    """Status and code of each."""
    problem = problem_of(error)

    assert problem is not None
    assert (problem.kind.status, problem.kind.code) == answer


def test_no_error_of_a_use_case_is_left_out() -> None:
    """Whoever adds an error must say how it is answered."""
    assert set(subclasses(UseCaseError)) <= {type(error) for error in ANSWERS}


def test_broken_rules_keep_their_places() -> None:
    """A rule of the domain is told as a rule of form is."""
    problem = problem_of(SignalRefused((FIELD,)))

    assert problem is not None
    assert problem.errors == (FieldError("body", "/youth/bsn", "bsn-required", "Required."),)


@pytest.mark.parametrize("error", [Stale(), KeyError("x"), RuntimeError()])
def test_what_is_unexpected_has_no_answer_of_its_own(error: Exception) -> None:
    """It becomes a 500 that says nothing."""
    assert problem_of(error) is None


def test_every_kind_is_in_the_catalogue_once_with_its_documentation() -> None:
    """Codes are stable addresses: kebab-case, unique, each with a title and advice."""
    for code, kind in CATALOGUE.items():
        assert kind.code == code
        assert code.replace("-", "").isalpha()
        assert 400 <= kind.status < 600
        assert kind.title
        assert kind.advice.endswith(".")
        assert kind.type_url("https://docs.example/") == f"https://docs.example/problems/{code}"


def test_problems_are_told_in_the_order_of_their_places() -> None:
    """The same mistakes give the same answer, whatever order they were found in."""
    first, second = FieldError("body", "/a", "x", "X."), FieldError("query", "/a", "x", "X.")

    assert InvalidRequest([second, first]).errors == InvalidRequest([first, second]).errors == (first, second)


def test_a_problem_without_lines_has_no_list_of_them() -> None:
    """``errors`` stands only where there are any."""
    told = Problem(CATALOGUE["not-found"]).as_json("id", "https://docs.example")

    assert told == {
        "type": "https://docs.example/problems/not-found",
        "title": "There is nothing here for this organisation",
        "status": 404,
        "detail": CATALOGUE["not-found"].advice,
        "instance": "urn:uuid:id",
    }
