"""A phase of load: calls for a while, then quiet; what was answered, told, and used."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.inside import Inside
from benchmarks.load.calling import Calls, run
from benchmarks.load.journal import Deed, read_journal
from benchmarks.load.plan import Order
from benchmarks.load.processors import Usage, watching
from benchmarks.stand import Stand

_PATIENCE = 1800.0
_LOOK = 2.0
"""Seconds between two looks at what is left to do: each reads all of it, which is measured too."""


@dataclass(frozen=True, slots=True)
class Phase:
    """What one phase measured.

    Attributes:
        signals: how many were given in it.
        calling: seconds until the last call was answered.
        settled: seconds until all was matched and mailed as well. A notice about a signal that ended
            meanwhile is held for five minutes and then dropped; nobody waits for that.
        usage: of the processors until then.
        called: what went on inside the embedded AWS while it was called.
        caught_up: and after that, until all was done.
    """

    name: str
    calls: list[Calls]
    signals: int
    calling: float
    settled: float
    usage: Usage
    called: Inside
    caught_up: Inside

    @property
    def sustained(self) -> float:
        """Signals a second that were given, matched and told."""
        return self.signals / self.settled

    @property
    def accepted(self) -> float:
        """Signals a second that were given."""
        return self.signals / self.calling

    @property
    def own(self) -> float:
        """Milliseconds of the embedded AWS's own processor time for each signal, with all that came of it."""
        return 1000 * self.usage.emulator / max(1, self.signals)

    @property
    def ours(self) -> float:
        """Milliseconds of our functions' processor time for each signal, with all that came of it."""
        return 1000 * self.usage.functions / max(1, self.signals)

    @property
    def ceiling(self) -> float:
        """Signals a second at which the embedded AWS would be busy all the time, were nothing else slow.

        It can use one processor, or as much more as it was seen to use while it was called.
        """
        return 1000 * max(1.0, self.called.used) / self.own if self.usage.emulator else 0.0


def endure(stand: Stand, name: str, user: str, order: Path, *, users: int, seconds: float) -> Phase:
    """Let users of a class call, and wait until all is done. Raises InfraError when that never comes."""
    journal = Path(Order.read(order).journal)
    before = _given(journal)
    process = stand.emulator.process
    if process is None:
        raise RuntimeError("the embedded AWS has ended")
    with watching(process) as usage:
        start, began = time.monotonic(), time.time()
        calls = run(user, order, users=users, seconds=seconds)
        calling, answered = max(one.seconds for one in calls), time.time()
        stand.workload.wait_until_nothing_is_due(_PATIENCE, _LOOK)
        settled, quiet = time.monotonic() - start, time.time()
    stand.workload.wait_until_done(_PATIENCE, _LOOK)
    return Phase(
        name=name,
        calls=calls,
        signals=_given(journal) - before,
        calling=calling,
        settled=settled,
        usage=usage,
        called=stand.inside(began, answered),
        caught_up=stand.inside(answered, quiet),
    )


def _given(journal: Path) -> int:
    return sum(entry.deed is Deed.GIVEN for entry in read_journal(journal)) if journal.exists() else 0
