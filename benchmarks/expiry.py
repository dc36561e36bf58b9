"""What it costs when signals end by date, and when the archive lets go: ``python -m benchmarks.expiry``.

The function `expire` runs in this process against the tables of an embedded AWS, over signals that are all
due at once, half of them running and half in the archive. Each run gets so much time and no more, and the
next goes on where it stopped. 0 when all that was due has ended.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Final

from benchmarks.growth.seeds import first, plant_signals, signal_about
from benchmarks.in_process import functions_here
from benchmarks.meter import Meter, metering
from benchmarks.page import write_section
from chalicelib.domain.dates import amsterdam_day, over_since
from chalicelib.domain.signal import Archived, Signal, SignalState
from chalicelib.functions.expire import expire
from chalicelib.functions.records import TIME_TO_STOP_MS
from chalicelib.matching import Youth
from chalicelib.signals.daily_run import PAGE as AT_ONCE
from chalicelib.signals.index_keys import keys_for_archive
from infra.functions import FUNCTIONS
from infra.operators.desk import Desk
from infra.places import ROOT

PAGE: Final = ROOT / "docs" / "benchmarks" / "expiry.md"
TITLE: Final = "All due at once"
_HEAD: Final = """# Ending by date, measured

The hourly function `expire` on the embedded AWS of one machine: it ends what is past its last day, writes
what the archive keeps, and lets go of what is past its day there (D34, D35, D38). AWS adds its own distances.
"""
_TEXT: Final = """
{signals:,} running signals and {signals:,} in the archive, all past their day, in runs of {run_seconds:g} s.

| run | ended | left the archive | seconds | longest between two looks at the clock, ms |
|---|---|---|---|---|
{rows}

{rate:.0f} a second; a page of {at_once} takes {page_seconds:.1f} s on average. The function may run for
{limit} s, and begins nothing in the last {stop} of them. A run that stops anywhere loses nothing: what was
ended is ended, and the next run reads the list anew from where it was.

| per signal | |
|---|---|
| DynamoDB requests | {requests:.2f} |
| read units | {reads:.2f} |
| write units | {writes:.2f} |
| KMS calls | {keys:.4f} |
| milliseconds | {milliseconds:.1f} |

In one transaction, whose units count twice, an end writes the row, the archive keys, the work item and the
audit entry, and takes the match keys away; leaving the archive writes the row, the work item, the certificate
and the audit entry, and takes the archive keys away. A run that finds nothing asks for every bucket of both
lists: 416 queries. The load average of the machine was {load:.0f} at the end.
"""
_LIMIT: Final = next(one.timeout for one in FUNCTIONS if one.name == "expire")
_ENDED: Final = ("plannedEnd", "twoYears", "age")


@dataclass(slots=True)
class Watch:
    """Lambda's context for one run: how much time is left, and how long nobody asked."""

    seconds: float
    began: float = field(default_factory=time.monotonic)
    asked: list[float] = field(default_factory=list)

    def get_remaining_time_in_millis(self) -> float:
        """Beyond the time in which nothing new is begun."""
        now = time.monotonic()
        self.asked.append(now)
        return TIME_TO_STOP_MS + 1000 * (self.began + self.seconds - now)

    def longest_silence(self) -> float:
        """Seconds between two looks at the time: what a run may go beyond its time by."""
        pairs = zip(self.asked, self.asked[1:], strict=False)
        return max((later - earlier for earlier, later in pairs), default=0.0)


@dataclass(frozen=True, slots=True)
class Run:
    """One run: what it did, in how many seconds, by which calls."""

    ended: int
    left: int
    seconds: float
    silence: float
    complete: bool
    calls: Meter


def main() -> int:
    """Measure, print, write the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.expiry", description=__doc__)
    parser.add_argument("--signals", type=int, default=10_000, help="that are due, of each of the two kinds")
    parser.add_argument("--seconds", type=float, default=60, help="that each run has")
    parser.add_argument("--no-page", action="store_true", help="leave docs/benchmarks as it is")
    options = parser.parse_args()
    runs = measured(options.signals, options.seconds)
    text = told(options.signals, options.seconds, runs)
    print(text)
    if not options.no_page:
        write_section(TITLE, "python -m benchmarks.expiry", text, PAGE, _HEAD)
    done = sum(run.ended for run in runs), sum(run.left for run in runs)
    return 0 if done == (options.signals, options.signals) else 1


def measured(signals: int, seconds: float) -> list[Run]:
    """Plant them, and run until all is done."""
    runs: list[Run] = []
    with functions_here() as functions:
        plant_signals(functions.desk, due(functions.desk, first(2 * signals, 1)))
        while not runs or not runs[-1].complete:
            runs.append(_run(seconds))
            print(f"{len(runs)}: {runs[-1].ended} ended, {runs[-1].left} left", file=sys.stderr)
    return runs


def due(desk: Desk, known: Sequence[Youth]) -> Iterator[Signal]:
    """The first half past its last day, the other past its last day in the archive."""
    today = amsterdam_day(desk.clock.now())
    written, _ = desk.storage.settings.keysets()
    for place, youth in enumerate(known):
        day = today - timedelta(days=1 + place % 5)
        signal = replace(signal_about(desk, youth, written), ends_on=day)
        if place % 2:
            yield replace(
                signal,
                state=SignalState.CLOSED,
                revision=2,
                ended_at=over_since(day - timedelta(days=1_800)),
                keys=frozenset(),
                archived=Archived(keys_for_archive(youth, desk.hasher, written), day),
            )
        else:
            yield signal


def _run(seconds: float) -> Run:
    watch = Watch(seconds)
    with metering() as calls:
        counts = expire(watch)
    return Run(
        ended=sum(counts.get(reason, 0) for reason in _ENDED),
        left=counts.get("archive", 0),
        seconds=time.monotonic() - watch.began,
        silence=watch.longest_silence(),
        complete=bool(counts["complete"]),
        calls=calls,
    )


def told(signals: int, seconds: float, runs: Sequence[Run]) -> str:
    """The section of the page."""
    whole, both = sum(run.seconds for run in runs), 2 * signals
    calls = Meter([call for run in runs for call in run.calls.calls])
    rows = [
        f"| {place} | {run.ended:,} | {run.left:,} | {run.seconds:.1f} | {1000 * run.silence:.0f} |"
        for place, run in enumerate(runs, start=1)
    ]
    return _TEXT.format(
        signals=signals,
        run_seconds=seconds,
        rows="\n".join(rows),
        rate=both / whole,
        at_once=AT_ONCE,
        page_seconds=AT_ONCE * whole / both,
        limit=_LIMIT,
        stop=TIME_TO_STOP_MS // 1000,
        requests=calls.count("dynamodb") / both,
        reads=calls.reads() / both,
        writes=calls.writes() / both,
        keys=calls.count("kms") / both,
        milliseconds=1000 * whole / both,
        load=os.getloadavg()[0],
    )


if __name__ == "__main__":
    sys.exit(main())
