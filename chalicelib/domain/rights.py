"""A request of the family: access, copy, rectification, objection, erasure, restriction (D31 to D33)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from chalicelib.matching.records import Youth


class RequestKind(StrEnum):
    """What is asked for (D31)."""

    ACCESS = "ACCESS"
    COPY = "COPY"
    RECTIFICATION = "RECTIFICATION"
    OBJECTION = "OBJECTION"
    ERASURE = "ERASURE"
    RESTRICTION = "RESTRICTION"


SHOWING: Final = frozenset({RequestKind.ACCESS, RequestKind.COPY})
"""The kinds that end in an access answer, and change no signal."""


class RequestState(StrEnum):
    """OPEN until it is DECIDED; DONE once all that was decided is carried out."""

    OPEN = "OPEN"
    DECIDED = "DECIDED"
    DONE = "DONE"


class RequesterRole(StrEnum):
    """Who asks; the age of the youth decides who may (D31)."""

    YOUTH = "YOUTH"
    LEGAL_REPRESENTATIVE = "LEGAL_REPRESENTATIVE"


class IdentityCheck(StrEnum):
    """How it was made sure that the requester is who they say."""

    IDENTITY_DOCUMENT = "IDENTITY_DOCUMENT"
    ELECTRONIC_IDENTIFICATION = "ELECTRONIC_IDENTIFICATION"
    KNOWN_IN_PERSON = "KNOWN_IN_PERSON"


@dataclass(frozen=True, slots=True, kw_only=True)
class Requester:
    """Who asks, and how and when that was made sure; nothing else is kept of them."""

    role: RequesterRole
    checked_on: date
    checked_how: IdentityCheck


class Advice(StrEnum):
    """What the reporting professional advises about their own signal (D31)."""

    GRANT = "GRANT"
    REFUSE = "REFUSE"
    NO_OPINION = "NO_OPINION"


class Ground(StrEnum):
    """Why something is not granted, or is advised against; the lawful grounds, and no free text (D33)."""

    NOT_ENTITLED = "NOT_ENTITLED"
    NOTHING_FOUND = "NOTHING_FOUND"
    SIGNAL_JUSTIFIED = "SIGNAL_JUSTIFIED"
    DATA_CORRECT = "DATA_CORRECT"
    SAFETY_OF_YOUTH = "SAFETY_OF_YOUTH"
    RIGHTS_OF_OTHERS = "RIGHTS_OF_OTHERS"
    MANIFESTLY_UNFOUNDED = "MANIFESTLY_UNFOUNDED"
    EXCESSIVE = "EXCESSIVE"


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenAdvice:
    """An advice, who gave it for the organisation of the signal, and when."""

    advice: Advice
    ground: Ground | None
    professional_id: str | None
    at: datetime


class Ruling(StrEnum):
    """What was decided of the whole; WITHDRAWN by the requester."""

    GRANTED = "GRANTED"
    PARTLY = "PARTLY"
    REFUSED = "REFUSED"
    WITHDRAWN = "WITHDRAWN"


class Measure(StrEnum):
    """What a decision brings about for one signal (D33)."""

    SHOWN = "SHOWN"
    WITHHELD = "WITHHELD"
    CORRECTED = "CORRECTED"
    CLOSED = "CLOSED"
    ERASED = "ERASED"
    RESTRICTED = "RESTRICTED"
    KEPT = "KEPT"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestDecision:
    """What was decided, on which ground what is refused, by whom of the handling organisation, and when."""

    ruling: Ruling
    ground: Ground | None
    professional_id: str | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Concerned:
    """A signal that a request may concern.

    Attributes:
        concerns: None while nobody has said whether a doubtful one is about this youth.
        evidence: of a doubtful one, fields and levels by name, never a value (D22).
        to_ask: whether its professional is still to be asked for advice.
        asked_at: when they were; None before that, and when they need not, for it has ended.
        hidden: whether this request hides it from matching (D33).
        measure: None until the request is decided.
        carried_out: whether the measure has been taken.
    """

    signal_id: str
    organisation_id: str
    concerns: bool | None
    evidence: tuple[tuple[str, str], ...] = ()
    to_ask: bool = False
    asked_at: datetime | None = None
    advice: GivenAdvice | None = None
    hidden: bool = False
    measure: Measure | None = None
    carried_out: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRecord:
    """What a request holds of a person, sealed at rest, and gone when the request is done.

    ``corrections`` are what a decision makes of the youth of a signal, by the signal's id.
    """

    youth: Youth
    corrections: tuple[tuple[str, Youth], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsRequest:
    """A request, handled by one organisation with the right to.

    Attributes:
        organisation_id: who handles it; nobody else reads it.
        professional_id: the handler: the organisation's own staff id.
        revision: counts every write; guards concurrent ones.
        received_on: the day (Europe/Amsterdam) from which the term runs.
        due_on: the last day on which it is answered in time.
        whole: whether it is about every signal there is, and not about those alone that were named.
        hides: whether the signals it concerns are hidden from matching while it is decided (D33).
        record: None once the request is done, and when it was left sealed.
        pseudonym: what the trail calls the youth (D39); None once the request is done.
        warned: how often the handler was warned of the term.
        agenda_on: the day on which there is something to be done, by itself.
    """

    id: str
    organisation_id: str
    professional_id: str
    kind: RequestKind
    state: RequestState
    revision: int
    received_on: date
    created_at: datetime
    due_on: date
    requester: Requester
    whole: bool
    hides: bool
    concerned: tuple[Concerned, ...]
    decision: RequestDecision | None
    done_at: datetime | None
    agenda_on: date
    pseudonym: str | None = None
    warned: int = 0
    record: RequestRecord | None = field(default=None, repr=False)

    @property
    def is_open(self) -> bool:
        """Whether there is something left to decide or to carry out."""
        return self.state is not RequestState.DONE

    def about(self, signal_id: str) -> Concerned | None:
        """What it says of a signal."""
        return next((one for one in self.concerned if one.signal_id == signal_id), None)
