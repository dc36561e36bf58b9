"""The endpoint of batches of signals."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any, Final

from chalicelib.api.messages import Request, Response
from chalicelib.api.negotiation import require_json
from chalicelib.api.parsing import read_outline, require_undoubted
from chalicelib.api.pointers import pointer
from chalicelib.api.problems import FieldError, Problem
from chalicelib.api.queries import idempotency_key, require_no_query
from chalicelib.api.schemas.batches import EnvelopeBody, SignalBatchResultBody, SignalResultBody
from chalicelib.api.schemas.public import ProblemBody
from chalicelib.api.schemas.signals import NewSignalBody, signal_body, signal_request
from chalicelib.api.schemas.validation import checked
from chalicelib.api.signals import caller_of
from chalicelib.api.telling import told
from chalicelib.api.usecases import UseCases
from chalicelib.domain.caller import Caller
from chalicelib.signals.batch import Outcome
from chalicelib.signals.request import GivenSignal, SignalRequest

BATCH: Final = "signal-batch"
"""What a batch makes, under the key of its request: nothing that has an id."""


def give_signals(request: Request, cases: UseCases) -> Response:
    """``POST /signal-batches``: 200 with one result per line; one bad line spoils no other (D10).

    The request was counted as one when it came in; the other lines are counted here.
    """
    require_no_query(request)
    key = idempotency_key(request.headers)
    require_json(request)
    lines = checked(EnvelopeBody, read_outline(request.body)).signals
    caller = caller_of(request)
    if len(lines) > 1:
        cases.limits(caller.organisation, len(lines) - 1)
    answer = partial(_answer, caller, lines, key, cases)
    return cases.repeats(caller, key, [BATCH, lines], act=lambda: (BATCH, answer()), again=lambda _: answer())


def _answer(caller: Caller, lines: list[Any], key: str | None, cases: UseCases) -> Response:
    read = {line: _read(content) for line, content in enumerate(lines)}
    requests = {line: found for line, found in read.items() if isinstance(found, SignalRequest)}
    outcomes = cases.give_signals(caller, requests, key)
    outcomes |= {line: found for line, found in read.items() if isinstance(found, Problem)}
    results = [_result(line, outcomes[line], caller, cases) for line in range(len(lines))]
    return Response(status=200, body=SignalBatchResultBody(results=results))


def _result(line: int, outcome: Outcome, caller: Caller, cases: UseCases) -> SignalResultBody:
    if isinstance(outcome, GivenSignal):
        body = signal_body(outcome)
        status = 201 if outcome.created else 200
        return SignalResultBody(status=status, id=body.id, signal=body, problem=None)
    request_id = caller.request_id or ""
    problem = told(outcome, request_id, cases.log)
    content = problem.as_json(request_id, cases.documentation_url)
    if problem.errors:
        content["errors"] = [_of_line(line, error).as_json() for error in problem.errors]
    return SignalResultBody(
        status=problem.kind.status, id=None, signal=None, problem=ProblemBody.model_validate(content)
    )


def _of_line(line: int, error: FieldError) -> FieldError:
    """A broken rule of a line, by its place in the whole body."""
    return replace(error, location=f"{pointer(['signals', line])}{error.location}")


def _read(content: Any) -> SignalRequest | Problem:
    """The request of a line, or what is wrong with its form."""
    try:
        require_undoubted(content)
        return signal_request(checked(NewSignalBody, content))
    except Problem as problem:
        return problem
