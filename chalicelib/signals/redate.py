"""Other days for a signal that is there, when it or the law changes: by law earlier, or as they were.

The family was told until when a signal lasts, so no change of law makes that later (D2, D30). What would be
over already ends now, and not before: yesterday at the earliest was its last day.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from chalicelib.domain.dates import amsterdam_day, ends_on
from chalicelib.domain.informing import inform_by
from chalicelib.domain.legal_profile import LegalProfile
from chalicelib.domain.signal import Informed, Signal
from chalicelib.matching.records import PartialDate
from chalicelib.signals.ending import last_day_in_archive

_DAY = timedelta(days=1)


def last_day_under(signal: Signal, legal: LegalProfile) -> date:
    """The last day of a running signal as a law has it."""
    return _last_day(signal, signal.youth.birth_date if signal.youth is not None else None, legal)


def last_day_of(signal: Signal, legal: LegalProfile, *, planned_end: date, born: PartialDate | None) -> date:
    """The last day of a running signal that is written down otherwise.

    One that an earlier law had end sooner stays as short: another word on it is no new law (D7).
    """
    changed = replace(signal, planned_end_date=planned_end)
    day = _last_day(changed, born, legal)
    return min(day, signal.ends_on) if signal.ends_on < last_day_under(signal, legal) else day


def informing_term(
    signal: Signal, informed: Informed | None, born: PartialDate | None, today: date, legal: LegalProfile
) -> date | None:
    """By when the family has to be told of it; a term that was named once stays the term (D30)."""
    by = inform_by(informed, born, given=amsterdam_day(signal.created_at), today=today, legal=legal)
    return by if by is None else signal.inform_by or by


def ending_earlier(signal: Signal, legal: LegalProfile, today: date) -> Signal | None:
    """A running signal with the earlier last day of a law; None when it stays."""
    if signal.ended_at is not None:
        return None
    day = max(last_day_under(signal, legal), today - _DAY)
    return replace(signal, ends_on=day) if day < signal.ends_on else None


def leaving_earlier(signal: Signal, legal: LegalProfile, today: date) -> Signal | None:
    """An archived signal with the earlier last day there of a law (D35); None when it stays.

    One of which nothing is kept but that it ended goes on its day, which no other law makes another.
    """
    if signal.archived is None or signal.youth is None:
        return None
    day = last_day_in_archive(signal, legal) if legal.archive else date.min
    day = max(day, today - _DAY)
    if day >= signal.archived.until:
        return None
    return replace(signal, archived=replace(signal.archived, until=day))


def _last_day(signal: Signal, born: PartialDate | None, legal: LegalProfile) -> date:
    given = amsterdam_day(signal.created_at)
    return ends_on(given=given, planned_end=signal.planned_end_date, born=born, legal=legal)
