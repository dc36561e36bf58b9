"""Going from one legal profile to another: what it would do, and doing it, page by page (decision 24)."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from chalicelib.clock import Clock
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.dates import amsterdam_day
from chalicelib.domain.legal_profile import LegalProfile
from chalicelib.domain.signal import Signal
from chalicelib.matches.profile import profile_of
from chalicelib.ports.errors import Stale, StorageBusy
from chalicelib.ports.sealing import SealBroken
from chalicelib.ports.storage import SignalChange, Storage
from chalicelib.signals.redate import ending_earlier, last_day_under, leaving_earlier
from chalicelib.upkeep.legal_report import LegalReport
from chalicelib.upkeep.progress import PAGE, Progress

ATTEMPTS: Final = 5
RUN: Final = "run#legal"
COUNTED: Final = (
    *("running", "running that end earlier", "running that stay as short"),
    *("archived", "archived that go earlier"),
)
"""What a report counts, however many there are; beside it what matching would do, and what is unreadable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What was done since the walk began.

    ``failed`` names signals that could not be written now, ``missed`` counts those since the walk began: then
    it has to be done again.
    """

    redated: int
    failed: tuple[str, ...]
    missed: int
    complete: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeOfLaw:
    """Looks at, and then writes, what a profile does to the signals that are there.

    Every record is opened, for last days follow birth dates: it is for an operator, no function may.
    """

    storage: Storage
    clock: Clock
    before: LegalProfile
    after: LegalProfile

    def look(self, matches: Callable[[], Mapping[str, int]]) -> LegalReport:
        """Count what would change; ``matches`` counts what matching would do anew. Writes no signal."""
        counts = Counter(dict.fromkeys(COUNTED, 0))
        for signal in self._all(counts):
            earlier = self.redated(signal) is not None
            if signal.archived is not None:
                counts["archived"] += 1
                counts["archived that go earlier"] += earlier
            else:
                counts["running"] += 1
                counts["running that end earlier"] += earlier
                counts["running that stay as short"] += last_day_under(signal, self.after) > signal.ends_on
        if self.changes_matching:
            counts.update({f"matches: {name}": number for name, number in matches().items()})
        return LegalReport(before=self.before, after=self.after, counts=dict(counts), at=self.clock.now())

    def apply(
        self, entry: Callable[[Signal], AuditEntry], *, budget: Callable[[], bool] = lambda: True
    ) -> Applied:
        """Bring last days forward, each signal with an audit entry; goes on where it stopped."""
        walk = _Walk(law=self, entry=entry)
        walk.go_on(budget)
        return Applied(
            redated=walk.progress.counts["redated"],
            failed=tuple(walk.failed),
            missed=walk.progress.counts["missed"],
            complete=walk.progress.complete,
        )

    @property
    def changes_matching(self) -> bool:
        """Whether what matches may be different (D12 to D14)."""
        old, new = self.before, self.after
        return (profile_of(old), old.same_organisation) != (profile_of(new), new.same_organisation)

    def opened(self, signal_id: str) -> Signal | None:
        """A signal with its record, None when it is gone. Raises SealBroken."""
        return self.storage.signals.get(signal_id)

    def redated(self, signal: Signal) -> Signal | None:
        """The signal's next revision with an earlier last day; None when that stays."""
        today = amsterdam_day(self.clock.now())
        wanted = ending_earlier(signal, self.after, today) or leaving_earlier(signal, self.after, today)
        return replace(wanted, revision=signal.revision + 1) if wanted is not None else None

    def _all(self, counts: Counter[str]) -> Iterator[Signal]:
        after: str | None = None
        while True:
            page = self.storage.census.found(limit=PAGE, after=after)
            for sealed in page.items:
                try:
                    signal = self.opened(sealed.id)
                except SealBroken:
                    counts["unreadable"] += 1
                    continue
                if signal is not None:
                    yield signal
            if page.next is None:
                return
            after = page.next


@dataclass(slots=True, kw_only=True)
class _Walk:
    """Over all signals; its place is stored after each page, under the profile that is wanted."""

    law: ChangeOfLaw
    entry: Callable[[Signal], AuditEntry]
    progress: Progress = field(init=False)
    failed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.progress = Progress.resumed(self.law.storage.settings, _run_of(self.law.after))

    def go_on(self, budget: Callable[[], bool]) -> None:
        while not self.progress.complete and budget():
            page = self.law.storage.census.found(limit=PAGE, after=self.progress.cursor)
            for sealed in page.items:
                self.progress.counts["redated"] += self._redated(sealed.id)
            self.progress.reached(page.next)

    def _redated(self, signal_id: str) -> bool:
        """Whether it got another last day; who changes it meanwhile is read again."""
        for _ in range(ATTEMPTS):
            try:
                signal = self.law.opened(signal_id)
                wanted = self.law.redated(signal) if signal is not None else None
                if signal is None or wanted is None:
                    return False
                self._write(signal, wanted)
            except Stale:
                continue
            except (StorageBusy, SealBroken):
                break
            return True
        self.failed.append(signal_id)
        self.progress.counts["missed"] += 1
        return False

    def _write(self, signal: Signal, wanted: Signal) -> None:
        audit, storage = self.entry(signal), self.law.storage
        if signal.archived is not None:
            storage.archive.redate(signal, wanted, audit)
        else:
            storage.signals.change(SignalChange(previous=signal, signal=wanted, released=(), audit=audit))


def _run_of(legal: LegalProfile) -> str:
    """The walk's own name: one under another profile does not go on where this one stopped."""
    return f"{RUN}#{hashlib.sha256(legal.as_text().encode()).hexdigest()[:8]}"
