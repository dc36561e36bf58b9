"""What ending a signal does to it, however it ends (D34, D35)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from chalicelib.domain.dates import amsterdam_day, archived_until, birthday, over_since
from chalicelib.domain.legal_profile import LegalProfile
from chalicelib.domain.signal import Signal
from chalicelib.signals import life
from chalicelib.signals.life import Keeps, Step, require


def has_ended(signal: Signal) -> bool:
    """Whether the signal is in one of its final states."""
    return life.has_ended(signal.state)


def is_overdue(signal: Signal, today: date) -> bool:
    """Past its last day while the expiry run has yet to come (architecture.md, 10)."""
    return not has_ended(signal) and signal.ends_on < today


def ended(signal: Signal, step: Step, at: datetime) -> Signal:
    """The signal's next revision, ended by a step: no keys any more, so that nothing finds it.

    Its person record goes when the table of its life says that nothing is kept (D35). Raises
    SignalAlreadyEnded, SignalRestricted, and ValueError for a step that ends nothing.
    """
    row = require(signal.state, step)
    if row.target is None or not life.has_ended(row.target):
        raise ValueError(f"{step} ends no signal")
    over = replace(
        signal,
        state=row.target,
        revision=signal.revision + 1,
        ended_at=at,
        keys=frozenset(),
        inform_by=None,
        restricted_by=frozenset(),
    )
    return forgotten(over) if row.keeps is Keeps.NOTHING else over


def forgotten(signal: Signal) -> Signal:
    """The signal out of the archive, without its record and the hashes of its content and youth (D35)."""
    return replace(signal, youth=None, informed=None, digest="", pseudonym=None, archived=None)


def is_of_age(signal: Signal, today: date, legal: LegalProfile) -> bool:
    """Whether the youth may have reached the age limit: then nothing of them stays (D1, D35)."""
    born = signal.youth.birth_date if signal.youth is not None else None
    return born is not None and birthday(born, legal.age_limit) <= today


def expired(signal: Signal, today: date, legal: LegalProfile) -> Signal:
    """An overdue signal, expired as of the end of its last day, whenever the run comes (D7, D35)."""
    over = ended(signal, Step.EXPIRE, over_since(signal.ends_on))
    gone = is_of_age(signal, today, legal) or leaves_nothing(over, today, legal)
    return forgotten(over) if gone else over


def last_day_in_archive(over: Signal, legal: LegalProfile) -> date:
    """Until when a signal that ended may be kept (D35). Raises ValueError for one that has not."""
    if over.ended_at is None:
        raise ValueError("a signal that has not ended is in no archive")
    born = over.youth.birth_date if over.youth is not None else None
    return archived_until(ended=amsterdam_day(over.ended_at), born=born, legal=legal)


def last_day_shown(over: Signal, today: date, legal: LegalProfile) -> date:
    """Until when one that no archive keeps shows that it ended: whoever ended it may ask again (D10).

    Never longer than an archive might keep it; yesterday for what would be gone already. Raises ValueError
    for one that has not ended.
    """
    latest = last_day_in_archive(over, legal)
    shown = amsterdam_day(over.ended_at or over.created_at) + timedelta(days=legal.shown_ended_days)
    return max(min(shown, latest), today - timedelta(days=1))


def leaves_nothing(over: Signal, today: date, legal: LegalProfile) -> bool:
    """Whether nothing stays of a signal that was closed or expired (D35)."""
    return not legal.archive or over.youth is None or last_day_in_archive(over, legal) < today
