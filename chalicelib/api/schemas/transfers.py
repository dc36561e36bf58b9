"""Handing over the signals of a professional who leaves (D28)."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Discriminator, Field, Tag

from chalicelib.api.schemas.base import Body
from chalicelib.api.schemas.signals import ProfessionalBody
from chalicelib.api.schemas.text import Reference
from chalicelib.signals.request import ProfessionalCard
from chalicelib.signals.transfer import Transferred

_ID: Final = "(a staff id)"
_CARD: Final = "(a card)"
_LONGEST_CURSOR: Final = 500

Taker = Annotated[
    Annotated[Reference, Tag(_ID)] | Annotated[ProfessionalBody, Tag(_CARD)],
    Discriminator(lambda value: _CARD if isinstance(value, dict | ProfessionalBody) else _ID),
]
"""A staff id of somebody whose card is stored, or a card to store."""


class TransferBody(Body):
    """Who takes over, and where to go on."""

    to: Taker
    cursor: Annotated[
        str | None,
        Field(
            min_length=1, max_length=_LONGEST_CURSOR, description="Of the answer before, until it has none."
        ),
    ] = None


class TransferredBody(Body):
    """What was handed over by this request; with a ``cursor`` there is more, ask again with it."""

    handed_over: Annotated[int, Field(ge=0)]
    cursor: str | None


def taker_of(body: TransferBody) -> str | ProfessionalCard:
    """The use case's taker."""
    return body.to if isinstance(body.to, str) else ProfessionalCard(**dict(body.to))


def transferred_body(done: Transferred) -> TransferredBody:
    """The answer."""
    return TransferredBody(handed_over=done.handed_over, cursor=done.cursor)
