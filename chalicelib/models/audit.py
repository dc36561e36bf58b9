"""The audit trail: entries are added under a condition, never touched again, and go by themselves (D39)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import islice
from typing import Any, Final

from pynamodb.exceptions import PutError
from pynamodb.pagination import ResultIterator

from chalicelib.clock import Clock
from chalicelib.domain.audit import ALWAYS, Act, AuditEntry, Outcome, Period
from chalicelib.domain.dates import latest_planned_end, utc
from chalicelib.models.failures import refused, storage_errors
from chalicelib.models.moments import moment_of, stored
from chalicelib.models.rows.region import AuditRow
from chalicelib.models.tables import Tables
from chalicelib.models.transactions import Transaction
from chalicelib.ports.errors import AlreadyThere
from chalicelib.ports.storage import Page

_FIRST: Final = "0"
_LAST: Final = "~"
"""Sort before and after every entry id, which begins with a year."""
_NEXT: Final = "!"
"""Behind an entry id: sorts after that one, and before every other that does."""

_Query = Callable[..., ResultIterator[AuditRow]]


@dataclass(frozen=True, slots=True)
class AuditTable:
    """The audit store over its table."""

    tables: Tables
    clock: Clock

    def append(self, entry: AuditEntry) -> None:
        """Add an entry. Raises AlreadyThere."""
        try:
            with storage_errors():
                _row(self.tables, entry).save(AuditRow.entry_id.does_not_exist())
        except PutError as error:
            if refused(error):
                raise AlreadyThere(entry.id) from error
            raise

    def of_organisation(
        self, organisation_id: str, *, limit: int, after: str | None = None, period: Period = ALWAYS
    ) -> Page[AuditEntry]:
        """What was done for an organisation, oldest first; ``after`` is the last id of the page before."""
        query = partial(self.tables.audit.query, organisation_id, consistent_read=True)
        return self._page(query, limit, after, period)

    def of_resource(
        self, resource: str, *, limit: int, after: str | None = None, period: Period = ALWAYS
    ) -> Page[AuditEntry]:
        """What was done to one thing, oldest first; by an index, so what was written just now may lack."""
        return self._page(partial(self.tables.audit.by_resource.query, resource), limit, after, period)

    def of_youth(
        self, pseudonym: str, *, limit: int, after: str | None = None, period: Period = ALWAYS
    ) -> Page[AuditEntry]:
        """What was done about one youth, oldest first; by an index, as ``of_resource``."""
        return self._page(partial(self.tables.audit.by_youth.query, pseudonym), limit, after, period)

    def _page(self, query: _Query, limit: int, after: str | None, period: Period) -> Page[AuditEntry]:
        """Entries past their time are not shown, whether they were swept up or not."""
        first = max(_start(period.since), f"{after}{_NEXT}" if after is not None else _FIRST)
        last = _start(period.until, _LAST)
        if first > last:
            return Page((), None)
        now = self.clock.now()
        with storage_errors():
            rows = query(AuditRow.entry_id.between(first, last), page_size=limit + 1)
            kept = (row for row in rows if row.expires_at > now)
            found = [_entry(row) for row in islice(kept, limit + 1)]
        return Page(tuple(found[:limit]), found[limit - 1].id if len(found) > limit else None)


def append_in(transaction: Transaction, tables: Tables, entry: AuditEntry) -> None:
    """Add an entry together with what it tells of; else AlreadyThere."""
    transaction.put(_row(tables, entry), AuditRow.entry_id.does_not_exist(), lambda _: AlreadyThere(entry.id))


def kept_until(at: datetime, years: int) -> datetime:
    """When an entry of this moment goes: as many years later; of 29 February on the 28th."""
    moment = utc(at)
    return datetime.combine(latest_planned_end(moment.date(), years), moment.timetz())


def _start(moment: datetime | None, otherwise: str = _FIRST) -> str:
    """What sorts before every entry of this moment, and after all of earlier ones."""
    return stored(moment) if moment is not None else otherwise


def _row(tables: Tables, entry: AuditEntry) -> AuditRow:
    return tables.audit(
        entry.organisation_id,
        entry.id,
        professional_id=entry.professional_id,
        act=entry.act.value,
        resource=entry.resource,
        at=stored(entry.at),
        outcome=entry.outcome.value,
        request_id=entry.request_id,
        token_id=entry.token_id,
        youth=entry.youth,
        expires_at=kept_until(entry.at, tables.audit_years),
    )


def _entry(row: Any) -> AuditEntry:
    return AuditEntry(
        id=row.entry_id,
        organisation_id=row.organisation_id,
        professional_id=row.professional_id,
        act=Act(row.act),
        resource=row.resource,
        at=moment_of(row.at),
        outcome=Outcome(row.outcome),
        request_id=row.request_id,
        token_id=row.token_id,
        youth=row.youth,
    )
