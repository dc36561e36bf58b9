"""From POST to mail: ``python -m benchmarks.latency``.

A hundred times a second organisation signals a youth that a first one signalled before. The time runs from
just before the request until both mails lie in the mailbox; all mails must be there, and none twice.
Then ten organisations signal one youth: the tenth signal must give each of the ten one mail.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Final

from benchmarks.bodies import body, numbers
from benchmarks.page import write_section
from benchmarks.stand import Stand, standing
from infra.emulator import read_mailbox

MEDIAN_BAR: Final = 1.5
P95_BAR: Final = 3.0
_TEN: Final = 10


@dataclass(frozen=True, slots=True)
class Series:
    """Seconds from POST to the later of the two mails, per signal; and what was wrong with the mails."""

    seconds: tuple[float, ...]
    missing: int
    double: int

    @property
    def median(self) -> float:
        """Half were faster."""
        return median(self.seconds)

    @property
    def p95(self) -> float:
        """Nineteen of twenty were faster."""
        return quantiles(self.seconds, n=20)[-1]

    @property
    def whole(self) -> bool:
        """All mails are there, none twice."""
        return not (self.missing or self.double)


def main() -> int:
    """Measure, print, write the page; 0 when the bars are met."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.latency", description=__doc__)
    parser.add_argument("--signals", type=int, default=100)
    parser.add_argument("--no-page", action="store_true", help="leave docs/benchmarks as it is")
    options = parser.parse_args()
    with standing() as stand:
        one_by_one = measure(stand, options.signals, "first", "second", together=False)
        together = measure(stand, options.signals, "third", "fourth", together=True)
        tenth = tenth_signal(stand)
    text = told(one_by_one, together, tenth)
    print(text)
    if not options.no_page:
        write_section("From POST to mail", "python -m benchmarks.latency", text)
    fast = one_by_one.median <= MEDIAN_BAR and one_by_one.p95 <= P95_BAR
    return 0 if fast and one_by_one.whole and together.whole and set(tenth.values()) == {1} else 1


def measure(stand: Stand, count: int, first: str, second: str, *, together: bool) -> Series:
    """So many pairs of signals; ``together`` sends the second ones without waiting for mails."""
    one, other = stand.organisation(first), stand.organisation(second)
    bsns = numbers(2 * count)[count if together else 0 :][:count]
    offset = 1000 if together else 0
    for number, bsn in enumerate(bsns, start=offset):
        one.give(body(bsn, number, first))
    stand.workload.wait_until_done()
    started = {}
    for number, bsn in enumerate(bsns, start=offset):
        signal = body(bsn, number, second)
        started[number] = time.time()
        other.give(signal)
        if not together:
            stand.workload.wait_until_done()
    stand.workload.wait_until_done()
    return _series(stand, started, (first, second))


def _series(stand: Stand, started: dict[int, float], organisations: tuple[str, str]) -> Series:
    arrived: dict[str, list[float]] = {}
    for mail in read_mailbox(stand.emulator.mailbox):
        arrived.setdefault(mail.to[0], []).append(mail.sent_at)
    receivers = {number: [f"p{number}@{one}.example" for one in organisations] for number in started}
    counts = Counter(
        {address: len(arrived.get(address, ())) for pair in receivers.values() for address in pair}
    )
    return Series(
        seconds=tuple(
            max(arrived[address][0] for address in pair) - started[number]
            for number, pair in receivers.items()
            if all(address in arrived for address in pair)
        ),
        missing=sum(count == 0 for count in counts.values()),
        double=sum(count > 1 for count in counts.values()),
    )


def tenth_signal(stand: Stand) -> dict[str, int]:
    """Mails per receiver that the tenth signal on one youth gave."""
    bsn = numbers(1000)[-1]
    names = [f"ten-{number}" for number in range(_TEN)]
    ways = {name: stand.organisation(name) for name in names}
    for name in names[:-1]:
        ways[name].give(body(bsn, 5000, name))
        stand.workload.wait_until_done()
    before = Counter(mail.to[0] for mail in read_mailbox(stand.emulator.mailbox))
    ways[names[-1]].give(body(bsn, 5000, names[-1]))
    stand.workload.wait_until_done()
    after = Counter(mail.to[0] for mail in read_mailbox(stand.emulator.mailbox))
    return {name: after[f"p5000@{name}.example"] - before[f"p5000@{name}.example"] for name in names}


def told(one_by_one: Series, together: Series, tenth: dict[str, int]) -> str:
    """The section of the page."""
    count = len(one_by_one.seconds)
    each = "one" if set(tenth.values()) == {1} else "NOT one"
    return f"""| {count} signals, two mails each | median | p95 | longest | missing | twice | bar |
|---|---|---|---|---|---|---|
| one after the other | {_row(one_by_one)} | median ≤ {MEDIAN_BAR} s, p95 ≤ {P95_BAR:.0f} s |
| all at once | {_row(together)} | none missing, none twice |

All at once: a hundred requests in a row, none waits for a mail. There the embedded AWS is the limit, which is
one process; on AWS the functions run side by side.

The tenth signal on one youth: {sum(tenth.values())} mails, {each} to each of the ten.
"""


def _row(series: Series) -> str:
    times = f"{series.median:.2f} s | {series.p95:.2f} s | {max(series.seconds):.2f} s"
    return f"{times} | {series.missing} | {series.double}"


if __name__ == "__main__":
    sys.exit(main())
