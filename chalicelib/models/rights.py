"""The store of requests, over its table (D31 to D33)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.rights import RightsRequest
from chalicelib.models.audit import append_in
from chalicelib.models.failures import storage_errors
from chalicelib.models.notices import put_new_notice
from chalicelib.models.reads import row_of, rows_of
from chalicelib.models.rights_codec import DONE, OPEN, RightsCodec
from chalicelib.models.rows.rights import RequestRow
from chalicelib.models.tables import Tables
from chalicelib.models.transactions import Transaction
from chalicelib.ports.errors import AlreadyThere, Stale
from chalicelib.ports.parts import Page
from chalicelib.ports.rights import RequestChange
from chalicelib.ports.signals import RequestAsRead


@dataclass(frozen=True, slots=True)
class RightsTable:
    """Requests over their table."""

    tables: Tables
    codec: RightsCodec

    def get(self, request_id: str) -> RightsRequest | None:
        """The request, its record opened."""
        row = row_of(self.tables.requests, request_id)
        return self.codec.request(row) if row is not None else None

    def sealed(self, request_ids: Iterable[str]) -> dict[str, RightsRequest]:
        """Those that exist, by id, their records left sealed."""
        rows = rows_of(self.tables.requests, request_ids)
        return {row.request_id: self.codec.sealed_request(row) for row in rows}

    def page(
        self, organisation_id: str, *, is_open: bool, limit: int, after: str | None
    ) -> Page[RightsRequest]:
        """What an organisation handles, first due first; each is judged as it is stored."""
        places, following = _part(self._handled(f"{organisation_id}#{_which(is_open)}", after), limit)
        ids = [_id_of(place) for place in places]
        held = self.sealed(ids)
        found = (held[one] for one in ids if one in held)
        return Page(tuple(one for one in found if one.is_open is is_open), following)

    def agenda(self, until: date | None, *, is_open: bool, limit: int, after: str | None) -> Page[str]:
        """Ids of requests with something to be done up to a day, first due first."""
        places, following = _part(self._planned(_which(is_open), until, after), limit)
        return Page(tuple(map(_id_of, places)), following)

    def commit(self, change: RequestChange) -> None:
        """Write a request. Raises AlreadyThere (creating, or a notice or the entry), Stale."""
        request, previous = change.request, change.previous_revision
        transaction = Transaction(self.tables.connection)
        if previous is None:
            transaction.put(
                self.codec.row(request),
                RequestRow.request_id.does_not_exist(),
                lambda _: AlreadyThere(request.id),
            )
        else:
            transaction.put(
                self.codec.row(request), RequestRow.revision == previous, lambda _: Stale(request.id)
            )
        for notice in change.notices:
            put_new_notice(transaction, self.tables, notice)
        if change.audit is not None:
            append_in(transaction, self.tables, change.audit)
        for entry in change.also:
            append_in(transaction, self.tables, entry)
        transaction.commit()

    def remove(self, request: RightsRequest, audit: AuditEntry) -> None:
        """Remove a request at the revision that was read. Raises Stale."""
        transaction = Transaction(self.tables.connection)
        transaction.delete(
            self.tables.requests(request.id),
            RequestRow.revision == request.revision,
            lambda _: Stale(request.id),
        )
        append_in(transaction, self.tables, audit)
        transaction.commit()

    def _handled(self, handler: str, after: str | None) -> Iterator[str]:
        later = RequestRow.due_on > after if after is not None else None
        with storage_errors():
            for row in self.tables.requests.by_handler.query(handler, later, page_size=100):
                yield row.due_on

    def _planned(self, which: str, until: date | None, after: str | None) -> Iterator[str]:
        end = (until + timedelta(days=1)).isoformat() if until is not None else "~"
        between = RequestRow.agenda_on.between(f"{after or ''}\0" if after else "0", end)
        with storage_errors():
            for row in self.tables.requests.by_agenda.query(which, between, page_size=100):
                yield row.agenda_on


def require_request(transaction: Transaction, tables: Tables, as_read: RequestAsRead) -> None:
    """Require a request to be at the revision that was read; else Stale."""
    transaction.check(
        tables.requests,
        as_read.request_id,
        RequestRow.revision == as_read.revision,
        lambda _: Stale(as_read.request_id),
    )


def _part(places: Iterator[str], limit: int) -> tuple[list[str], str | None]:
    """So many places, and where the next part starts."""
    found = list(islice(places, limit + 1))
    return found[:limit], found[limit - 1] if len(found) > limit else None


def _which(is_open: bool) -> str:  # noqa: FBT001 - the one of two lists
    return OPEN if is_open else DONE


def _id_of(place: str) -> str:
    return place.partition("#")[2]
