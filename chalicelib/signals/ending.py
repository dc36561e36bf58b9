"""What ending a signal does to it, however it ends (D34, D35)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from chalicelib.domain.audit import SYSTEM, Act, AuditEntry
from chalicelib.domain.dates import birthday, over_since
from chalicelib.domain.legal_profile import LegalProfile
from chalicelib.domain.signal import Signal, SignalState
from chalicelib.ports.storage import SignalChange
from chalicelib.signals.unique_names import reference_of

OPEN_STATES = frozenset({SignalState.ACTIVE, SignalState.RESTRICTED})
"""The states that a signal can still end from (D8)."""


def has_ended(signal: Signal) -> bool:
    """Whether the signal is in one of its final states."""
    return signal.state not in OPEN_STATES


def is_overdue(signal: Signal, today: date) -> bool:
    """Past its last day while the expiry run has yet to come (architecture.md, 10)."""
    return not has_ended(signal) and signal.ends_on < today


def ended(signal: Signal, state: SignalState, at: datetime) -> Signal:
    """The signal's next revision, ended: no keys any more, so that nothing finds it."""
    return replace(signal, state=state, revision=signal.revision + 1, ended_at=at, keys=frozenset())


def forgotten(signal: Signal) -> Signal:
    """The signal without its person record and without the hash of its content (D35)."""
    return replace(signal, youth=None, informed=None, digest="")


def is_of_age(signal: Signal, today: date, legal: LegalProfile) -> bool:
    """Whether the youth may have reached the age limit: then nothing of them stays (D1, D35)."""
    born = signal.youth.birth_date if signal.youth is not None else None
    return born is not None and birthday(born, legal.age_limit) <= today


def expired(signal: Signal, today: date, legal: LegalProfile) -> Signal:
    """An overdue signal, expired as of the end of its last day, whenever the run comes (D7, D35)."""
    over = ended(signal, SignalState.EXPIRED, over_since(signal.ends_on))
    return forgotten(over) if is_of_age(signal, today, legal) else over


def expiry(signal: Signal, today: date, legal: LegalProfile, *, now: datetime, token: str) -> SignalChange:
    """All that expiring an overdue signal writes; an act of the index itself (D39)."""
    audit = AuditEntry.of(
        Act.SIGNAL_EXPIRED, signal.id, organisation_id=SYSTEM, professional_id=None, at=now, token=token
    )
    return SignalChange(
        previous=signal, signal=expired(signal, today, legal), released=(reference_of(signal),), audit=audit
    )
