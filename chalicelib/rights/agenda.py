"""When there is something to do for a request by itself: a warning, a step, or its going (D31, D38)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from chalicelib.domain.dates import amsterdam_day, latest_planned_end
from chalicelib.domain.legal_profile import LegalProfile
from chalicelib.domain.rights import Concerned, Measure, RequestState, RightsRequest

WARN_AGAIN: Final = timedelta(days=7)
"""How often the handler is warned of a request that is overdue."""

LOOK_AGAIN: Final = timedelta(days=28)
"""How often a granted restriction is looked at: once nothing that it hides is left, it is done."""


def planned(request: RightsRequest, today: date, legal: LegalProfile) -> RightsRequest:
    """The request with the day on which there is something to do for it next."""
    return replace(request, agenda_on=_next(request, today, legal))


def is_unfinished(request: RightsRequest) -> bool:
    """Whether there is a step that only has to be taken."""
    if request.state is RequestState.DECIDED:
        return request.record is not None or not all(one.carried_out for one in request.concerned)
    is_open = request.state is RequestState.OPEN
    return is_open and any(one.to_ask or needs_hiding(request, one) for one in involved(request))


def needs_hiding(request: RightsRequest, one: Concerned) -> bool:
    """Whether a signal is hidden and should not be, or should be and is not."""
    return one.hidden is not (request.hides and bool(one.concerns))


def may_be_hidden(request: RightsRequest, one: Concerned) -> bool:
    """Whether a request hides a signal, or is about to, whether or not that was noted."""
    return one.hidden or request.hides or one.measure is Measure.RESTRICTED


def involved(request: RightsRequest) -> tuple[Concerned, ...]:
    """The signals that a step may be about: those concerned, and those hidden still."""
    return tuple(one for one in request.concerned if one.concerns or one.hidden)


def due_on(received_on: date, legal: LegalProfile) -> date:
    """The last day on which a request is answered in time."""
    return received_on + timedelta(days=legal.answer_within_days)


def _next(request: RightsRequest, today: date, legal: LegalProfile) -> date:
    if request.done_at is not None:
        return latest_planned_end(amsterdam_day(request.done_at), legal.audit_years)
    if is_unfinished(request):
        return today
    if request.state is RequestState.DECIDED:
        return today + LOOK_AGAIN
    if request.warned == 0:
        return request.due_on - timedelta(days=legal.warn_before_answer_days)
    if request.warned == 1:
        return request.due_on + timedelta(days=1)
    return today + WARN_AGAIN
