"""Lists of signals from the secondary indexes, each row of which is read again from the base table."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Final

from pynamodb.expressions.condition import Condition

from chalicelib.domain.signal import Signal, SignalState
from chalicelib.models.buckets import EXPIRY_BUCKETS
from chalicelib.models.failures import storage_errors
from chalicelib.models.reads import rows_of
from chalicelib.models.rows.signals import SignalRow
from chalicelib.models.signal_codec import SignalCodec, expiry_bucket
from chalicelib.models.tables import Tables
from chalicelib.ports.storage import Page

MOST_INDEX_ROWS: Final = 2_000
"""Read for one page at most; a page with a rare filter may be short and still have a next one."""

MONTHS_BACK: Final = 25
"""How long a run may have been away: no signal lasts longer than two years (D7)."""


@dataclass(frozen=True, slots=True)
class OrganisationList:
    """An organisation's signals, newest first."""

    tables: Tables
    codec: SignalCodec

    def page(
        self,
        organisation_id: str,
        *,
        states: Collection[SignalState],
        reference: str | None,
        limit: int,
        after: str | None,
    ) -> Page[Signal]:
        """A page of those in one of ``states``, all when there is none; their records stay sealed.

        The index may lag, so each signal's state is judged again as it is stored.
        """
        places: list[str] = []
        last_read: str | None = None
        seen = 0
        for row in self._index_rows(organisation_id, after):
            fits = (not states or row.state in states) and reference in {None, row.reference}
            if seen == MOST_INDEX_ROWS or (fits and len(places) == limit):
                break
            seen, last_read = seen + 1, row.created_at
            if fits:
                places.append(row.created_at)
        else:
            last_read = None
        return Page(self._signals(places, states), last_read)

    def _index_rows(self, organisation_id: str, after: str | None) -> Iterator[SignalRow]:
        earlier = SignalRow.created_at < after if after is not None else None
        with storage_errors():
            yield from self.tables.signals.by_organisation.query(
                organisation_id, earlier, scan_index_forward=False, page_size=100
            )

    def _signals(self, places: list[str], states: Collection[SignalState]) -> tuple[Signal, ...]:
        ids = [place.partition("#")[2] for place in places]
        rows = {row.signal_id: row for row in rows_of(self.tables.signals, ids)}
        found = (self.codec.sealed_signal(rows[one]) for one in ids if one in rows)
        return tuple(signal for signal in found if not states or signal.state in states)


InBucket = Callable[[str], Iterable[str]]
"""The places ``<ISO date>#<id>`` in a bucket of an index by last day, in order."""


def overdue(tables: Tables, today: date, *, limit: int, after: str | None) -> Page[str]:
    """Ids of signals that have not ended and whose last day is before today, by month and bucket."""
    before = SignalRow.ends_on < today.isoformat()
    this_month = _month(today)
    months = range(this_month - MONTHS_BACK, this_month + 1)
    return _page(_places(_ends(tables, before), months, after), limit)


def over_in_archive(tables: Tables, today: date, *, limit: int, after: str | None) -> Page[str]:
    """Ids of signals whose last day in the archive is before today, by month and bucket."""
    before, index = SignalRow.archived_until < today.isoformat(), tables.signals.by_archive_day
    months = range(_month(today) - MONTHS_BACK, _month(today) + 1)

    def places(bucket: str) -> Iterator[str]:
        return (row.archived_until for row in index.query(bucket, before))

    return _page(_places(places, months, after), limit)


def ending(tables: Tables, first: date, last: date, *, limit: int, after: str | None) -> Page[str]:
    """Ids of signals that have not ended and whose last day lies in between, both included."""
    between = SignalRow.ends_on.between(first.isoformat(), (last + timedelta(days=1)).isoformat())
    months = range(_month(first), _month(last) + 1)
    return _page(_places(_ends(tables, between), months, after), limit)


def _ends(tables: Tables, wanted: Condition) -> InBucket:
    return lambda bucket: (row.ends_on for row in tables.signals.by_end_date.query(bucket, wanted))


def _page(places: Iterator[str], limit: int) -> Page[str]:
    found = list(islice(places, limit + 1))
    ids = tuple(place.partition("#")[2] for place in found[:limit])
    return Page(ids, found[limit - 1] if len(found) > limit else None)


def _places(places: InBucket, months: Iterable[int], after: str | None) -> Iterator[str]:
    start = _bucket_of_place(after) if after is not None else ""
    for bucket in _buckets(months):
        if bucket < start:
            continue
        with storage_errors():
            for place in places(bucket):
                if after is None or bucket > start or place > after:
                    yield place


def _bucket_of_place(place: str) -> str:
    day, _, signal_id = place.partition("#")
    return expiry_bucket(date.fromisoformat(day), signal_id)


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _buckets(months: Iterable[int]) -> Iterator[str]:
    for month in months:
        for bucket in range(EXPIRY_BUCKETS):
            yield f"{month // 12:04}-{month % 12 + 1:02}#{bucket}"
