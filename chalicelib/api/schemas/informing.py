"""Where an organisation still has to inform the family (D30)."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from chalicelib.api.schemas.base import Body, UtcMoment
from chalicelib.domain.signal import InformedPerson, NotYetGround
from chalicelib.signals.uninformed import InformingOverview, Standing, Uninformed


class InformingCountsBody(Body):
    """How many running signals somebody still has to be told of."""

    overdue: Annotated[int, Field(description="The term is past.")]
    open: Annotated[int, Field(description="The term is not past.")]
    postponed: Annotated[int, Field(description="There is a lawful ground for not yet telling.")]


class UninformedBody(Body):
    """An own signal that somebody still has to be told of."""

    signal_id: str
    signal_number: str
    reference: str
    professional_id: Annotated[str, Field(description="The organisation's own staff id.")]
    professional_name: str
    created_at: UtcMoment
    inform_by: Annotated[date, Field(description="The last day of the term.")]
    standing: Standing
    to_inform: Annotated[
        list[InformedPerson], Field(description="Who has to be told, by the age of the youth.")
    ]
    ground: Annotated[NotYetGround | None, Field(description="Why they are not told yet, if postponed.")]


class InformingOverviewBody(Body):
    """Counts, and a page: the oldest term first, postponed ones last; ``Link`` leads to the next."""

    counts: InformingCountsBody
    items: list[UninformedBody]
    unreadable: Annotated[
        list[str],
        Field(description="Ids of signals of this page that cannot be read now, for a reason of ours."),
    ]


def informing_overview(overview: InformingOverview) -> InformingOverviewBody:
    """The overview as it is told."""
    counts = overview.counts
    return InformingOverviewBody(
        counts=InformingCountsBody(overdue=counts.overdue, open=counts.open, postponed=counts.postponed),
        items=[_item(one) for one in overview.items],
        unreadable=list(overview.unreadable),
    )


def _item(one: Uninformed) -> UninformedBody:
    return UninformedBody(
        signal_id=one.signal.id,
        signal_number=one.signal.number,
        reference=one.signal.reference,
        professional_id=one.professional.id,
        professional_name=one.professional.name,
        created_at=one.signal.created_at,
        inform_by=one.by,
        standing=one.standing,
        to_inform=sorted(one.whom),
        ground=one.ground,
    )
