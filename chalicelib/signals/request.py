"""What an organisation asks when it gives a signal, and what it sees of its own signals."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Protocol

from chalicelib.domain.organisation import Language, Mailbox, Organisation, Professional
from chalicelib.domain.signal import Informed, Signal
from chalicelib.matching.records import Youth


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfessionalCard:
    """The professional as the request names them; ``id`` is the organisation's own staff id.

    ``language`` is None for that of the organisation; ``site_id`` names one of its sites.
    """

    id: str
    name: str
    function: str | None
    site: str | None
    email: str
    telephone: str | None
    language: Language | None
    site_id: str | None = None

    def at(self, organisation: Organisation, mailbox: Mailbox | None = None) -> Professional:
        """The card of somebody who works there; ``mailbox`` is what is known of an address of theirs."""
        language = self.language or organisation.language
        fields = asdict(self) | {"language": language, "mailbox": mailbox}
        return Professional(organisation_id=organisation.id, **fields)


def as_asked(held: Professional) -> ProfessionalCard:
    """The card as a request would name it."""
    return ProfessionalCard(**{field.name: getattr(held, field.name) for field in fields(ProfessionalCard)})


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalRequest:
    """A signal as it is given; its form has been checked, its meaning not yet."""

    reference: str
    youth: Youth
    professional: ProfessionalCard
    planned_end_date: date
    informed: Informed | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewalRequest:
    """What a renewal says anew (D7): until when, and whether the family was informed of it (D30).

    ``reference`` None keeps that of the signal that is renewed.
    """

    planned_end_date: date
    informed: Informed | None
    reference: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptContent:
    """A signal's content as it is kept, for a change to be merged into.

    ``professional`` is the card of whom the change names, None when there is no such card yet.
    """

    reference: str
    youth: Youth
    professional: ProfessionalCard | None
    planned_end_date: date
    informed: Informed | None


class SignalEdit(Protocol):
    """A change as it was asked for, whatever the form it came in."""

    @property
    def professional_id(self) -> str | None:
        """The professional it names; None when it leaves that as it is."""
        ...

    @property
    def gives_previous_address(self) -> bool:
        """Whether it says itself what the previous address is, if only that there is none."""
        ...

    def applied_to(self, kept: KeptContent) -> SignalRequest:
        """The content as it is to be; raises for what cannot be read, as the interface does."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnSignal:
    """A signal as its own organisation sees it; ``signal.youth`` is None once it ended.

    ``earlier``: whether the archive knew earlier signals when it was given; None until that is known,
    and once it ended (D36).
    """

    signal: Signal
    professional: Professional
    earlier: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenSignal:
    """The answer to giving a signal.

    ``created`` is True for a new signal and for the replay of the request that made it
    (Idempotency-Key: the stored answer), False when an active signal with the same reference and
    content was there already.
    """

    signal: Signal
    professional: Professional
    created: bool
    earlier: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalWithoutCard:
    """As :class:`OwnSignal`, of whose holder only the staff id is known."""

    signal: Signal
    earlier: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnSignals:
    """A page of an organisation's own signals, newest first; ``cursor`` asks for the next page.

    ``without_card`` are those on it whose holder has no card that can be read.
    """

    items: tuple[OwnSignal, ...]
    without_card: tuple[SignalWithoutCard, ...]
    cursor: str | None
