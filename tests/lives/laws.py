"""Which law was in force when, in a life in which it changes; and what it allowed, in words of our own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from chalicelib.domain.dates import amsterdam_day
from chalicelib.domain.legal_profile import DUTCH_DEFAULT, LegalProfile
from chalicelib.domain.signal import Signal
from chalicelib.matching import PartialDate
from chalicelib.signals.ending import has_ended

_DAY = timedelta(days=1)


@dataclass(slots=True)
class Laws:
    """The laws of a life, each from a moment on; ``told`` are its signals as they were looked at last."""

    since: list[tuple[datetime, LegalProfile]] = field(default_factory=list)
    told: dict[str, Signal] = field(default_factory=dict)

    def change(self, at: datetime, law: LegalProfile) -> None:
        """From now on this one."""
        self.since.append((at, law))

    def at(self, moment: datetime) -> LegalProfile:
        """What was in force at a moment."""
        return next((law for since, law in reversed(self.since) if since <= moment), DUTCH_DEFAULT)

    def latest_end(self, signal: Signal) -> date:
        """The last day that a signal may have: by the law when it was given, an earlier one by a later law.

        A law makes nothing end before the day on which it comes. Of the age limits the most lenient counts:
        who turns out to be older was told of the day that there was.
        """
        given, born = amsterdam_day(signal.created_at), _born(signal)
        laws = self._from(signal.created_at, signal.ended_at)
        day = _latest(laws, lambda law: years_after(given, law.longest_years))
        return day if born is None else min(day, turns(born, max(law.age_limit for _, law in laws)) - _DAY)

    def latest_in_archive(self, signal: Signal, ended_at: datetime) -> date:
        """The last day that it may have in the archive."""
        ended, born = amsterdam_day(ended_at), _born(signal)

        def allows(law: LegalProfile) -> date:
            day = years_after(ended, law.archive_years)
            return day if born is None else min(day, turns(born, law.age_limit) - _DAY)

        return _latest(self._from(ended_at, None), allows)

    def informing_days(self, signal: Signal) -> int:
        """Within how many days the family is told: by the law when it was given, or by a later one."""
        return max(law.inform_within_days for _, law in self._from(signal.created_at, None))

    def lengthened(self, signal: Signal) -> str | None:
        """What is wrong when the last day of a signal is later than when it was looked at before."""
        held = self.told.get(signal.id)
        self.told[signal.id] = signal
        if (
            held is None
            or has_ended(signal)
            or signal.ends_on <= held.ends_on
            or _born(signal) != _born(held)
        ):
            return None
        return f"{signal.id} lasts until {signal.ends_on}; its family was told {held.ends_on}"

    def _from(self, moment: datetime, until: datetime | None) -> list[tuple[datetime, LegalProfile]]:
        """What was in force at a moment, and each law that came after it."""
        later = [(at, law) for at, law in self.since if at > moment and (until is None or at < until)]
        return [(moment, self.at(moment)), *later]


def _latest(laws: list[tuple[datetime, LegalProfile]], allows: Callable[[LegalProfile], date]) -> date:
    (_, first), *later = laws
    day = allows(first)
    for since, law in later:
        day = min(day, max(allows(law), amsterdam_day(since) - _DAY))
    return day


def _born(signal: Signal) -> PartialDate | None:
    return signal.youth.birth_date if signal.youth is not None else None


def turns(born: PartialDate, age: int) -> date:
    """The earliest day on which somebody can turn so old; 1 March for who was born on a leap day."""
    day = date(born.year, born.month or 1, born.day or 1)
    turned = years_after(day, age)
    return turned if turned.day == day.day else turned + _DAY


def years_after(day: date, years: int) -> date:
    """So many years later; of a leap day the last of February."""
    leap_day = (day.month, day.day) == (2, 29) and not _is_leap(day.year + years)
    return date(day.year + years, day.month, 28 if leap_day else day.day)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
