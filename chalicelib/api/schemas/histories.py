"""Who gave earlier signals about a youth: contact cards and dates, never why (D36)."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from chalicelib.api.schemas.base import WITHOUT_CARD, Body, KnownOrganisation, UtcMoment
from chalicelib.api.schemas.matches import CounterpartBody, counterpart_body
from chalicelib.signals.open_history import OpenedHistory


class EarlierSignalBody(Body):
    """A signal that ended before this one was given."""

    given_by: Annotated[CounterpartBody, Field(description="The contact card as it is now.")]
    given_on: date
    ended_on: date


class EarlierSignalWithoutCardBody(Body):
    """A signal that ended before, of whose professional no card can be shown."""

    organisation: KnownOrganisation
    given_on: date
    ended_on: date


class HistoryBody(Body):
    """What the archive shows once, the latest to end first."""

    opened_at: UtcMoment
    items: list[EarlierSignalBody]
    without_card: Annotated[list[EarlierSignalWithoutCardBody], Field(description=WITHOUT_CARD)]


def history_body(opened: OpenedHistory) -> HistoryBody:
    """What an opening showed."""
    return HistoryBody(
        opened_at=opened.opened_at,
        items=[
            EarlierSignalBody(
                given_by=counterpart_body(one.card), given_on=one.given_on, ended_on=one.ended_on
            )
            for one in opened.items
            if one.card is not None
        ],
        without_card=[
            EarlierSignalWithoutCardBody(
                organisation=one.organisation, given_on=one.given_on, ended_on=one.ended_on
            )
            for one in opened.items
            if one.card is None
        ],
    )
