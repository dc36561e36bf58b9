"""A new look at many signals, shown before it is done: a new model, a register that changed (D13, D22)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Protocol

from chalicelib.clock import Clock
from chalicelib.domain.dates import amsterdam_day
from chalicelib.domain.review import ReviewState
from chalicelib.domain.signal import Signal
from chalicelib.matches.closure import ClosureTooLarge
from chalicelib.matches.plan import Plan, ReconcileReport
from chalicelib.matching import Explanation
from chalicelib.ports.errors import StorageBusy
from chalicelib.ports.storage import Storage
from chalicelib.upkeep.progress import Progress, running_signals

REPORT: Final = "run#rematch"
"""Before the name of the walk, in the names of the stored reports."""


class Reconciles(Protocol):
    """:class:`chalicelib.matches.reconcile.Reconcile`."""

    def __call__(self, signal_id: str) -> ReconcileReport:
        """Reconcile one signal. Raises StorageBusy, ClosureTooLarge."""
        ...

    def plan(self, signal_id: str) -> Plan:
        """What it would write. Raises StorageBusy, ClosureTooLarge."""
        ...


@dataclass(frozen=True, slots=True, order=True)
class Difference:
    """A match or review that would arise, end or be rewritten; ``rule`` is empty when it is unknown."""

    kind: str
    change: str
    rule: str
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RematchReport:
    """What a walk saw; counts and ids only.

    Attributes:
        signals: how many were looked at.
        differing: how many of them have something to change around them.
        counts: differences by ``KIND change rule``; a match counts once, at the first signal that shows it.
        failed: ids of signals that could not be read now, or hang together with too many.
        complete: whether the whole selection was seen.
    """

    signals: int
    differing: int
    counts: Mapping[str, int]
    failed: tuple[str, ...]
    complete: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Rematch:
    """Plans a reconcile of each signal by the very code that settles matches, and may have it done.

    ``tell`` hears of each difference; ``act`` is called with each signal around which something
    differs, None for a mere look.
    """

    storage: Storage
    reconcile: Reconciles
    clock: Clock
    tell: Callable[[Difference], None] = lambda _: None

    def region(
        self,
        *,
        since: date | None,
        act: Callable[[Signal], None] | None,
        budget: Callable[[], bool] = lambda: True,
    ) -> RematchReport:
        """All active signals, or those given since a day, from where the last such walk stopped.

        A walk that goes on may tell again of matches that the one before it told of.
        """
        name = "#".join((REPORT, "look" if act is None else "apply", since.isoformat() if since else "all"))
        progress = Progress.resumed(self.storage.settings, name)
        look = _Look(rematch=self, act=act, counts=progress.counts)
        for signal in running_signals(self.storage, progress):
            if not budget():
                return look.report(complete=False)
            if since is None or amsterdam_day(signal.created_at) >= since:
                look.at(signal)
        return look.report(complete=True)

    def some(self, signal_ids: Iterable[str], *, act: Callable[[Signal], None] | None) -> RematchReport:
        """These signals, whatever their state; those that do not exist are left out."""
        look = _Look(rematch=self, act=act, counts=Counter())
        for signal in sorted(self.storage.signals.sealed(signal_ids).values(), key=lambda one: one.id):
            look.at(signal)
        return look.report(complete=True)

    def ask(self, signal: Signal) -> None:
        """Leave the reconcile to the functions: the minute function takes it up."""
        self.storage.work.add_pending(signal.id, signal.revision, self.clock.now())


@dataclass(slots=True, kw_only=True)
class _Look:
    rematch: Rematch
    act: Callable[[Signal], None] | None
    counts: Counter[str]
    failed: list[str] = field(default_factory=list)
    told: set[str] = field(default_factory=set)

    def at(self, signal: Signal) -> None:
        """Plan one signal, tell what is new, and have it done when something differs.

        One that cannot be planned now is left to the functions where all is to be done: it may differ.
        """
        self.counts["signals"] += 1
        try:
            found = list(self._differences(self.rematch.reconcile.plan(signal.id)))
            if found and self.act is not None:
                self.act(signal)
        except (StorageBusy, ClosureTooLarge):
            self.failed.append(signal.id)
            if self.act is not None:
                self.rematch.ask(signal)
            return
        self.counts["differing"] += bool(found)
        for one in found:
            if one.id not in self.told:
                self.told.add(one.id)
                self.counts[f"{one.kind} {one.change} {one.rule}".strip()] += 1
                self.rematch.tell(one)

    def report(self, *, complete: bool) -> RematchReport:
        counts = dict(sorted(self.counts.items()))
        return RematchReport(
            signals=counts.pop("signals", 0),
            differing=counts.pop("differing", 0),
            counts=counts,
            failed=tuple(self.failed),
            complete=complete,
        )

    def _differences(self, plan: Plan) -> Iterator[Difference]:
        for one in plan.settlements:
            change = "arises" if one.arises else "ends" if one.ends else "rewritten"
            rule = _rule(one.match.explanation) or self._stored_rule(one.match.id)
            yield Difference(one.match.kind, change, rule, one.match.id)
        for doubt in plan.doubts:
            withdrawn = doubt.review.state is ReviewState.WITHDRAWN
            change = "withdrawn" if withdrawn else "opens" if doubt.previous is None else "rewritten"
            yield Difference("REVIEW", change, _rule(doubt.review.explanation), doubt.review.id)

    def _stored_rule(self, match_id: str) -> str:
        stored = self.rematch.storage.matches.get(match_id)
        return _rule(stored.explanation) if stored is not None else ""


def _rule(explanation: Explanation | None) -> str:
    return str(explanation.rule) if explanation is not None else ""
