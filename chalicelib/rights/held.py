"""What is held in one signal, as the family may see it (D32); what is never shown is named, without it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from chalicelib.domain.signal import Informed, Signal, SignalState
from chalicelib.matching.records import Address, Youth
from chalicelib.rights.names import Person
from chalicelib.rights.recipients import Recipient
from chalicelib.rights.trail import Look


class NotShown(StrEnum):
    """What a signal holds and no answer shows: it serves to recognise the youth, and nothing else.

    BSN (D4), PARENTS (D20), SECRET_ADDRESS (D21).
    """

    BSN = "BSN"
    PARENTS = "PARENTS"
    SECRET_ADDRESS = "SECRET_ADDRESS"  # noqa: S105 - the name of a kind of data


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldSignal:
    """A signal of an access answer.

    Attributes:
        youth: without number, parents and secret addresses.
        until: the last day on which it is active, or of one that ended is kept.
        recipients: who was told of it, by whom it was told and when.
        looks: who looked at it, or did something with it, oldest first.
    """

    number: str
    state: SignalState
    reference: str
    source: Person
    given_at: datetime
    planned_end: date
    ended_at: datetime | None
    until: date
    youth: Youth
    not_shown: tuple[NotShown, ...]
    informed: Informed | None
    recipients: tuple[Recipient, ...]
    looks: tuple[Look, ...]


def as_held(
    signal: Signal, *, source: Person, recipients: tuple[Recipient, ...], looks: tuple[Look, ...]
) -> HeldSignal:
    """The signal as it is shown. Raises LookupError for one whose person record is gone."""
    if signal.youth is None:
        raise LookupError("of a signal without its person record nothing is held about a youth")
    return HeldSignal(
        number=signal.number,
        state=signal.state,
        reference=signal.reference,
        source=source,
        given_at=signal.created_at,
        planned_end=signal.planned_end_date,
        ended_at=signal.ended_at,
        until=signal.archived.until if signal.archived is not None else signal.ends_on,
        youth=_shown(signal.youth),
        not_shown=tuple(_not_shown(signal.youth)),
        informed=signal.informed,
        recipients=recipients,
        looks=looks,
    )


def _shown(youth: Youth) -> Youth:
    return replace(
        youth,
        bsn=None,
        parents=(),
        address=_open(youth.address),
        previous_address=_open(youth.previous_address),
    )


def _open(address: Address | None) -> Address | None:
    return None if address is None or address.secret else address


def _not_shown(youth: Youth) -> Iterator[NotShown]:
    if youth.bsn is not None:
        yield NotShown.BSN
    if youth.parents:
        yield NotShown.PARENTS
    if any(one is not None and one.secret for one in (youth.address, youth.previous_address)):
        yield NotShown.SECRET_ADDRESS
