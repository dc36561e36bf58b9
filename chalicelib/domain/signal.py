"""A signal: "I am involved with this child", never why (D3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from chalicelib.matching.records import Youth


class SignalState(StrEnum):
    """The states of D8; only an ACTIVE signal matches."""

    ACTIVE = "ACTIVE"
    RESTRICTED = "RESTRICTED"
    CLOSED = "CLOSED"
    RETRACTED = "RETRACTED"
    EXPIRED = "EXPIRED"
    ERASED = "ERASED"


class InformedPerson(StrEnum):
    """Who was told of the signal (D30)."""

    LEGAL_REPRESENTATIVE = "LEGAL_REPRESENTATIVE"
    YOUTH = "YOUTH"


class InformedHow(StrEnum):
    """How they were told (D30)."""

    CONVERSATION = "CONVERSATION"
    TELEPHONE = "TELEPHONE"
    LETTER = "LETTER"
    EMAIL = "EMAIL"


class NotYetGround(StrEnum):
    """Why the law lets somebody not be informed yet: there is no field for a reason beside these (D3, D30).

    SAFETY_OF_YOUTH and SAFETY_OF_OTHERS: telling would endanger them (UAVG, article 41, 1, i).
    CRIMINAL_INVESTIGATION: telling would hinder one (UAVG, article 41, 1, d). CANNOT_BE_REACHED: it
    proves impossible (GDPR, article 14, 5, b).
    """

    SAFETY_OF_YOUTH = "SAFETY_OF_YOUTH"
    SAFETY_OF_OTHERS = "SAFETY_OF_OTHERS"
    CRIMINAL_INVESTIGATION = "CRIMINAL_INVESTIGATION"
    CANNOT_BE_REACHED = "CANNOT_BE_REACHED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Informed:
    """What is recorded of informing the family (D30).

    Attributes:
        whom: who was told; nobody, while ``on`` and ``how`` are None.
        on: the day on which the last of them was told.
        not_yet: why the others are not told yet, None without a ground.
    """

    whom: frozenset[InformedPerson]
    on: date | None
    how: InformedHow | None
    not_yet: NotYetGround | None = None


class IndexKey(NamedTuple):
    """A hashed match key: all that the index knows of a person.

    ``family`` names what was hashed, ``keyset`` the fold and secret version it was hashed under.
    """

    family: str
    keyset: str
    hashed: bytes


@dataclass(frozen=True, slots=True)
class Archived:
    """That an ended signal is in the archive (D35): its keys there, and the last day on which it is.

    Without a record and keys it is in none: the day is the last on which it shows that it ended.
    """

    keys: frozenset[IndexKey]
    until: date


@dataclass(frozen=True, slots=True, order=True)
class SignalVerdict:
    """A person's word on this signal and another: about the ``same`` youth, or not."""

    other_id: str
    same: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """A signal with the person it is about, opened from its seal.

    Attributes:
        id: opaque, random, starts with the stage's code.
        number: what people write down, ``S-7KQ4-M2XD``.
        professional_id: the organisation's own staff id; the card is a row of its own.
        revision: counts every change, from 1; guards every write that rests on the signal.
        created_at: aware, UTC.
        ends_on: last day (Europe/Amsterdam) on which it is active: see ``dates.ends_on`` (D1, D7).
        digest: keyed hash of the request's content, to tell a repeat from another signal (D10).
        keys: under which it can be found as a candidate; empty once it has ended.
        inform_by: the last day on which the family has to be told of it; None when nobody is left to be
            told, and once it has ended (D30).
        youth: None once the person record is gone.
        pseudonym: keyed hash of the youth's BSN, else of this signal, for the trail (D39); None once
            the person record is gone for good.
        verdicts: what people decided about this signal and others; the others hold the same word, so
            that who reads a signal knows all of it, and every guard by revision covers it.
        archived: once it was closed or expired, until its last day.
        restricted_by: the requests that hide it from matching while they are decided (D33); it is
            RESTRICTED as long as there is one.
        renews: the id of the signal whose place this one took (D7).
        renewed_by: the id of the one that took this one's place; it ended by that.
    """

    id: str
    number: str
    organisation_id: str
    professional_id: str
    reference: str
    state: SignalState
    revision: int
    created_at: datetime
    planned_end_date: date
    ends_on: date
    ended_at: datetime | None
    digest: str
    keys: frozenset[IndexKey]
    informed: Informed | None
    youth: Youth | None
    pseudonym: str | None = None
    verdicts: frozenset[SignalVerdict] = frozenset()
    inform_by: date | None = None
    archived: Archived | None = None
    restricted_by: frozenset[str] = frozenset()
    renews: str | None = None
    renewed_by: str | None = None

    def is_active(self, today: date) -> bool:
        """State ACTIVE and not past its last day, whatever the expiry run has done (D8)."""
        return self.state is SignalState.ACTIVE and today <= self.ends_on

    @property
    def found_by(self) -> frozenset[IndexKey]:
        """Every key by which it is found: among the active, or in the archive."""
        return self.keys if self.archived is None else self.archived.keys

    def is_archived(self, today: date) -> bool:
        """In the archive and not past its last day there, whatever the run has done (D35)."""
        return self.archived is not None and today <= self.archived.until
