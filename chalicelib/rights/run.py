"""The hourly run over requests: it finishes them, warns handlers, and lets old ones go (D31, D38)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Final

from chalicelib.clock import Clock
from chalicelib.domain.audit import Act, IndexItself
from chalicelib.domain.dates import amsterdam_day
from chalicelib.domain.legal_profile import LegalProfile
from chalicelib.domain.notice import Notice
from chalicelib.domain.rights import RequestState, RightsRequest
from chalicelib.ports.errors import AlreadyThere, Stale
from chalicelib.ports.storage import RequestChange, Storage
from chalicelib.ports.world import Names
from chalicelib.rights.agenda import planned
from chalicelib.rights.asking import term_near
from chalicelib.rights.carry_out import CarryOut

PAGE: Final = 100
LEASE: Final = "job#requests"
_LEASE_LASTS: Final = timedelta(minutes=16)
"""Longer than a function can run, as that of the expiry run."""


@dataclass(frozen=True, slots=True)
class AgendaReport:
    """What a run did; counts only. ``silent`` are warnings that nobody could get: there is no card."""

    carried: int = 0
    warned: int = 0
    silent: int = 0
    removed: int = 0
    failed: int = 0

    def __add__(self, other: AgendaReport) -> AgendaReport:
        """The sums."""
        mine, theirs = asdict(self), asdict(other)
        return AgendaReport(**{name: mine[name] + theirs[name] for name in mine})


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkOffAgenda:
    """Works off what is due for requests; stopping anywhere and running again does no harm."""

    storage: Storage
    carry_out: CarryOut
    names: Names
    clock: Clock
    legal: LegalProfile

    def __call__(self, *, budget: Callable[[], bool]) -> AgendaReport:
        """Do what is due while ``budget`` says there is time; nothing while another run is busy.

        A request that fails is counted and does not stop the others.
        """
        now, owner = self.clock.now(), self.names.token()
        if not self.storage.leases.acquire(LEASE, owner, now=now, until=now + _LEASE_LASTS):
            return AgendaReport()
        try:
            return self._run(amsterdam_day(now), budget)
        finally:
            self.storage.leases.release(LEASE, owner)

    def _run(self, today: date, budget: Callable[[], bool]) -> AgendaReport:
        report = AgendaReport()
        for is_open, work in ((True, self._work), (False, self._remove)):
            for request_id in self._due(today, is_open=is_open):
                if not budget():
                    return report
                report += self._safely(work, request_id, today)
        return report

    def _due(self, today: date, *, is_open: bool) -> Iterator[str]:
        after: str | None = None
        while True:
            page = self.storage.rights.agenda(today, is_open=is_open, limit=PAGE, after=after)
            yield from page.items
            if page.next is None:
                return
            after = page.next

    def _safely(
        self, work: Callable[[RightsRequest, date], AgendaReport], request_id: str, today: date
    ) -> AgendaReport:
        try:
            request = self.storage.rights.get(request_id)
            if request is None or request.agenda_on > today:
                return AgendaReport()
            return work(request, today)
        except (Stale, AlreadyThere):
            return AgendaReport()  # somebody else is at it
        except Exception:  # noqa: BLE001 - whatever is wrong with one request, the others are due too
            return AgendaReport(failed=1)

    def _work(self, request: RightsRequest, today: date) -> AgendaReport:
        carried = self.carry_out(request)
        report = AgendaReport(carried=int(carried.revision > request.revision))
        if carried.state is RequestState.OPEN and self._is_term_near(carried, today):
            return report + self._warn(carried, today)
        if carried.revision == request.revision:
            self._write(replace(carried, revision=carried.revision + 1), carried, today, ())
        return report

    def _is_term_near(self, request: RightsRequest, today: date) -> bool:
        first = request.due_on - timedelta(days=self.legal.warn_before_answer_days)
        return today >= (first if request.warned == 0 else request.agenda_on)

    def _warn(self, request: RightsRequest, today: date) -> AgendaReport:
        """Have the handler told; the notice and that it was given are one write."""
        card = self.storage.organisations.professional(request.organisation_id, request.professional_id)
        notices = (term_near(request, self.clock.now()),) if card is not None else ()
        warned = replace(request, warned=request.warned + 1, revision=request.revision + 1)
        self._write(warned, request, today, notices)
        self.storage.notices.wake({notice.receiver for notice in notices})
        return AgendaReport(warned=len(notices), silent=1 - len(notices))

    def _write(
        self, after: RightsRequest, before: RightsRequest, today: date, notices: tuple[Notice, ...]
    ) -> None:
        self.storage.rights.commit(
            RequestChange(
                request=planned(after, today, self.legal),
                previous_revision=before.revision,
                audit=None,
                notices=notices,
            )
        )

    def _remove(self, request: RightsRequest, _: date) -> AgendaReport:
        """The trail is kept as long, so what was decided can be told until then."""
        entry = IndexItself().entry(
            Act.REQUEST_REMOVED, request.id, at=self.clock.now(), token=self.names.token()
        )
        self.storage.rights.remove(request, entry)
        return AgendaReport(removed=1)
