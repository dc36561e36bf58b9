"""Reading the audit trail, which is in the trail itself (D39)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from chalicelib.clock import Clock
from chalicelib.domain.audit import Act, AuditEntry, Period
from chalicelib.domain.caller import Caller
from chalicelib.domain.errors import OrganisationNotFound
from chalicelib.domain.organisation import Scope
from chalicelib.ports.storage import Page, Storage
from chalicelib.ports.world import Names
from chalicelib.security.cursors import Cursors

RESOURCE: Final = "audit-entries"
"""What the trail calls itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailQuestion:
    """What is asked of the trail: at least one of the first three; None leaves open.

    ``youth`` is a pseudonym as entries carry it.
    """

    organisation_id: str | None = None
    resource: str | None = None
    youth: str | None = None
    since: datetime | None = None
    until: datetime | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        """The question as a cursor is bound to it."""
        moments = (one.isoformat() if one is not None else "" for one in (self.since, self.until))
        return (self.organisation_id or "", self.resource or "", self.youth or "", *moments)


@dataclass(frozen=True, slots=True)
class TrailEntries:
    """A page of the trail; ``cursor`` starts the next, None at the end."""

    items: tuple[AuditEntry, ...]
    cursor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTrail:
    """Shows the region's administrator the trail, and any other organisation its own part of it."""

    storage: Storage
    cursors: Cursors
    names: Names
    clock: Clock

    def __call__(
        self, caller: Caller, question: TrailQuestion, *, limit: int, cursor: str | None
    ) -> TrailEntries:
        """Oldest first; a page may be short, even empty, and still have a next.

        Raises OrganisationNotFound for another organisation's part, CursorRefused, StorageBusy. The entry
        of this read is about the youth that was asked for, if one was.
        """
        only = _visible_to(caller, question.organisation_id)
        bound_to = (RESOURCE, caller.organisation.id, *question.texts)
        after = None if cursor is None else self.cursors.opened(cursor, bound_to)
        page = self._page(question, only, limit, after)
        self._log(caller, question)
        return TrailEntries(
            items=tuple(entry for entry in page.items if _fits(entry, question, only)),
            cursor=None if page.next is None else self.cursors.signed(page.next, bound_to),
        )

    def _page(
        self, question: TrailQuestion, only: str | None, limit: int, after: str | None
    ) -> Page[AuditEntry]:
        period, trail = Period(question.since, question.until), self.storage.audit
        if question.youth is not None:
            return trail.of_youth(question.youth, limit=limit, after=after, period=period)
        if question.resource is not None:
            return trail.of_resource(question.resource, limit=limit, after=after, period=period)
        if only is None:
            raise ValueError("of everything at once there is no list")
        return trail.of_organisation(only, limit=limit, after=after, period=period)

    def _log(self, caller: Caller, question: TrailQuestion) -> None:
        now, token = self.clock.now(), self.names.token()
        entry = caller.entry(Act.TRAIL_READ, RESOURCE, at=now, token=token, youth=question.youth)
        self.storage.audit.append(entry)


def _visible_to(caller: Caller, asked: str | None) -> str | None:
    """The one organisation whose entries may be shown; None for all. Raises OrganisationNotFound."""
    own = caller.organisation.id
    if Scope.ORGANISATIONS_MANAGE in caller.organisation.scopes:
        return asked
    if asked not in {None, own}:
        raise OrganisationNotFound
    return own


def _fits(entry: AuditEntry, question: TrailQuestion, only: str | None) -> bool:
    return (
        only in {None, entry.organisation_id}
        and question.resource in {None, entry.resource}
        and question.youth in {None, entry.youth}
    )
