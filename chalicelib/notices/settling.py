"""What becomes of notices that are not told now: when they are looked at again, or that they are over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from chalicelib.clock import Clock
from chalicelib.domain.notice import Notice, NoticeState
from chalicelib.notices.report import DeliveryReport
from chalicelib.ports.storage import NoticeStore

FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)


def next_attempt(now: datetime, attempts: int) -> datetime:
    """When to try again after so many failed attempts: 30 s, doubled each time, at most an hour."""
    return now + min(FIRST_WAIT * (1 << min(attempts - 1, 10)), LONGEST_WAIT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settling:
    """Writes notices on, each way with a report of how many there were."""

    notices: NoticeStore
    clock: Clock

    def postpone(self, notices: Sequence[Notice]) -> DeliveryReport:
        """Mail or events were not available: each is tried again, later the oftener it was."""
        now = self.clock.now()
        self.notices.save(
            [replace(notice, due_at=next_attempt(now, max(notice.attempts, 1))) for notice in notices]
        )
        return DeliveryReport(postponed=len(notices))

    def hold(self, notices: Sequence[Notice], wait: timedelta) -> DeliveryReport:
        """Nothing is wrong with them, but something else has to change first."""
        if notices:
            until = self.clock.now() + wait
            self.notices.save([replace(notice, due_at=until) for notice in notices])
        return DeliveryReport(held=len(notices))

    def cancel(self, notices: Sequence[Notice]) -> DeliveryReport:
        """There is nothing left to tell."""
        self.settle(notices, NoticeState.CANCELLED)
        return DeliveryReport(cancelled=len(notices))

    def fail(self, notices: Sequence[Notice]) -> DeliveryReport:
        """Nobody can be told, now or later."""
        self.settle(notices, NoticeState.FAILED)
        return DeliveryReport(failed=len(notices))

    def settle(self, notices: Sequence[Notice], state: NoticeState) -> None:
        """Write that they are over, in this state."""
        if notices:
            self.notices.settle([replace(notice, state=state, due_at=None) for notice in notices])
