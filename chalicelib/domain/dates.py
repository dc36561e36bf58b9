"""When a signal ends: the earliest of three limits, in Amsterdam days (D1, D7, D34)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from chalicelib.domain.legal_profile import LegalProfile
from chalicelib.matching.records import PartialDate

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def amsterdam_day(moment: datetime) -> date:
    """The Dutch calendar day of a moment. Raises ValueError for a naive datetime."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its offset")
    return moment.astimezone(AMSTERDAM).date()


def utc(moment: datetime) -> datetime:
    """The same moment in UTC. Raises ValueError for a naive datetime."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its offset")
    return moment.astimezone(UTC)


def latest_planned_end(given: date, years: int) -> date:
    """So many years from the day it was given; 29 February gives 28 February (D7)."""
    try:
        return given.replace(year=given.year + years)
    except ValueError:
        return given.replace(year=given.year + years, day=28)


def birthday(born: PartialDate, age: int) -> date:
    """The earliest day on which someone so born turns ``age``.

    Who is born on 29 February turns a year older on 1 March in other years. Of an incomplete date
    the first possible day counts, so that nobody is held beyond the age limit.
    """
    year, month, day = born.year + age, born.month or 1, born.day or 1
    try:
        return date(year, month, day)
    except ValueError:
        return date(year, 3, 1)


def ends_on(*, given: date, planned_end: date, born: PartialDate | None, legal: LegalProfile) -> date:
    """The last day on which a signal is active: the earliest of plan, longest period, and age limit."""
    limits = [planned_end, latest_planned_end(given, legal.longest_years)]
    if born is not None:
        limits.append(birthday(born, legal.age_limit) - timedelta(days=1))
    return min(limits)


def archived_until(*, ended: date, born: PartialDate | None, legal: LegalProfile) -> date:
    """The last day in the archive: so many years after the end, and before the age limit (D35)."""
    limits = [latest_planned_end(ended, legal.archive_years)]
    if born is not None:
        limits.append(birthday(born, legal.age_limit) - timedelta(days=1))
    return min(limits)


def over_since(last_day: date) -> datetime:
    """The moment, in UTC, at which a signal with this last day stopped being active."""
    return datetime.combine(last_day + timedelta(days=1), time(), AMSTERDAM).astimezone(UTC)
