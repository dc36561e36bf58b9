"""Another last day for a signal that is there, when the law changes: earlier, or as it was.

The family was told until when a signal lasts, so no change of law makes that later (D2, D30). What would be
over already ends now, and not before: yesterday at the earliest was its last day.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from chalicelib.domain.dates import amsterdam_day, ends_on
from chalicelib.domain.legal_profile import LegalProfile
from chalicelib.domain.signal import Signal
from chalicelib.signals.ending import last_day_in_archive

_DAY = timedelta(days=1)


def last_day_under(signal: Signal, legal: LegalProfile) -> date:
    """The last day of a running signal as a law has it."""
    born = signal.youth.birth_date if signal.youth is not None else None
    given = amsterdam_day(signal.created_at)
    return ends_on(given=given, planned_end=signal.planned_end_date, born=born, legal=legal)


def ending_earlier(signal: Signal, legal: LegalProfile, today: date) -> Signal | None:
    """A running signal with the earlier last day of a law; None when it stays."""
    if signal.ended_at is not None:
        return None
    day = max(last_day_under(signal, legal), today - _DAY)
    return replace(signal, ends_on=day) if day < signal.ends_on else None


def leaving_earlier(signal: Signal, legal: LegalProfile, today: date) -> Signal | None:
    """An archived signal with the earlier last day there of a law (D35); None when it stays."""
    if signal.archived is None:
        return None
    day = last_day_in_archive(signal, legal) if legal.archive else date.min
    day = max(day, today - _DAY)
    if day >= signal.archived.until:
        return None
    return replace(signal, archived=replace(signal.archived, until=day))
