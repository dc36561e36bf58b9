"""Many signals at once, and what became of each."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from chalicelib.api.schemas.base import Body
from chalicelib.api.schemas.public import ProblemBody
from chalicelib.api.schemas.signals import NewSignalBody, SignalBody
from chalicelib.signals.batch import MOST_SIGNALS


class SignalBatchBody(Body):
    """Signals to give, each by itself."""

    signals: Annotated[list[NewSignalBody], Field(min_length=1, max_length=MOST_SIGNALS)]


class EnvelopeBody(Body):
    """The batch with its lines still unread: a bad line is told of by itself."""

    signals: Annotated[list[Any], Field(min_length=1, max_length=MOST_SIGNALS)]


class SignalResultBody(Body):
    """What became of one line: the signal, or the problem that giving it alone would have answered."""

    status: Annotated[int, Field(description="That giving the signal alone would have answered.")]
    id: Annotated[str | None, Field(description="Of the signal; null when there is none.")]
    signal: SignalBody | None
    problem: ProblemBody | None


class SignalBatchResultBody(Body):
    """One result per line, in the order of the lines."""

    results: list[SignalResultBody]
