"""The page and the picture of a run of load."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from benchmarks.chart import Chart, Line, Point, svg
from benchmarks.inside import Inside
from benchmarks.load import proof
from benchmarks.load.bare import Floor
from benchmarks.load.phase import Phase
from benchmarks.load.reckoning import Reckoning
from benchmarks.load.trial import Trial
from benchmarks.page import write_section
from infra.places import ROOT

PAGE: Final = ROOT / "docs" / "benchmarks" / "load.md"
PICTURE: Final = PAGE.with_name("load.svg")
TITLE: Final = "A school's bulk delivery, then a steady mix"
HEAD: Final = """# Load and growth, measured

The functions on the embedded AWS of one machine, under load and with a growing index. Each section is written
by the command it names.
"""
BAR: Final = 100
_SLOT: Final = 10.0


@dataclass(frozen=True, slots=True)
class Run:
    """All that was measured; ``given`` and ``mailed`` are moments in seconds since 1970.

    Attributes:
        phases: with nothing slowed.
        slowed: the phase of the trial.
    """

    phases: Sequence[Phase]
    slowed: Phase
    trial: Trial | None
    floor: Floor
    quiet: Inside
    reckoning: Reckoning
    given: Sequence[float]
    mailed: Sequence[float]


def write(run: Run) -> None:
    """The section of the page, and its picture."""
    PICTURE.write_text(svg(picture(run)), encoding="utf-8")
    text = f"{told(run)}\n\n![Signals given and mails sent, a second]({PICTURE.name})"
    write_section(TITLE, "python -m benchmarks.load", text, PAGE, HEAD)


def told(run: Run) -> str:
    """What was measured, as text."""
    return "\n".join([*_calls(run), "", *_throughput(run), "", *_limit(run), "", *_losses(run.reckoning)])


def picture(run: Run) -> Chart:
    """Signals given and mails sent over time."""
    start = min([*run.given, *run.mailed], default=0.0)
    lines = [Line("signals given", _rates(run.given, start)), Line("mails sent", _rates(run.mailed, start))]
    return Chart("Signals given and mails sent", "seconds since the first", "a second", lines)


def _calls(run: Run) -> Iterator[str]:
    yield "| | calls | failed | calls/s | median | p95 | p99 |"
    yield "|---|---|---|---|---|---|---|"
    for phase in run.phases:
        for call in phase.calls:
            times = " | ".join(f"{call.percentile(share):,.0f} ms" for share in (0.5, 0.95, 0.99))
            yield f"| {phase.name}: {call.name} | {call.count} | {call.failed} | {call.rate:.1f} | {times} |"


def _throughput(run: Run) -> Iterator[str]:
    yield "| | signals | given | given, matched and told |"
    yield "|---|---|---|---|"
    for phase in run.phases:
        within = f"{phase.accepted:.1f}/s | {phase.sustained:.1f}/s, all quiet after {phase.settled:.0f} s"
        yield f"| {phase.name} | {phase.signals} | {within} |"


def _limit(run: Run) -> Iterator[str]:
    floor, own = run.floor, run.phases[-1].own
    yield f"The bar is {BAR} signals a second on the embedded AWS, or its measured ceiling. It is one"
    yield "interpreter, so it can use one processor, or the little more it was seen to use below. What it"
    yield "takes of that for each signal, with all that comes of it (other calls, matches, mails), is its"
    yield "ceiling however fast our functions are:"
    yield ""
    yield "| | its own time a signal | its ceiling | our functions' time a signal | it used | machine busy |"
    yield "|---|---|---|---|---|---|"
    for phase in run.phases:
        yield (
            f"| {phase.name} | {phase.own:.0f} ms | **{phase.ceiling:.1f} signals/s** | {phase.ours:.0f} ms "
            f"| {phase.usage.share:.0%} of its processor | {phase.usage.machine:.0%} of all |"
        )
    yield ""
    yield "The ceiling counts processor time, not time on the clock: on a machine that is busy with other"
    yield "things the rates above stay below it."
    yield ""
    yield from proof.told(run.quiet, run.phases, run.slowed, run.trial)
    yield ""
    yield f"Calls that ask nothing of us cost it: {floor.write:.2f} ms to put one small item,"
    yield f"{floor.read:.2f} ms to get it, {floor.function:.2f} ms to invoke a function that does nothing."
    yield f"So a signal of the mix costs it as much as {own / floor.write:.0f} bare puts, and {BAR} signals"
    yield f"a second would need {BAR * own / 1000:.0f} such interpreters."


def _losses(reckoning: Reckoning) -> Iterator[str]:
    yield f"Reckoned up at the end, over {reckoning.signals} signals: {reckoning.matches} matches had to"
    yield f"stand, each told to both sides ({reckoning.mails} in all)."
    yield ""
    yield "| lost matches | needless matches | sides not told | told twice | calls of which nobody knows |"
    yield "|---|---|---|---|---|"
    figures = (reckoning.lost, reckoning.needless, reckoning.untold, reckoning.twice, reckoning.unsure)
    yield f"| {' | '.join(map(str, figures))} |"


def _rates(moments: Sequence[float], start: float) -> list[Point]:
    slots = Counter(int((moment - start) // _SLOT) for moment in moments)
    return [((slot + 0.5) * _SLOT, slots[slot] / _SLOT) for slot in range(max(slots, default=-1) + 1)]
