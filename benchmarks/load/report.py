"""The page and the picture of a run of load."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from benchmarks.chart import Chart, Line, Point, svg
from benchmarks.inside import Inside
from benchmarks.load.bare import Floor
from benchmarks.load.phase import Phase
from benchmarks.load.reckoning import Reckoning
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
_FULL: Final = 0.95


@dataclass(frozen=True, slots=True)
class Run:
    """All that was measured; ``given`` and ``mailed`` are moments in seconds since 1970."""

    phases: Sequence[Phase]
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
    yield from _proof(run)
    yield ""
    yield f"Calls that ask nothing of us cost it: {floor.write:.2f} ms to put one small item,"
    yield f"{floor.read:.2f} ms to get it, {floor.function:.2f} ms to invoke a function that does nothing."
    yield f"So a signal of the mix costs it as much as {own / floor.write:.0f} bare puts, and {BAR} signals"
    yield f"a second would need {BAR * own / 1000:.0f} such interpreters."


def _proof(run: Run) -> Iterator[str]:
    """That it is the interpreter of the embedded AWS that everything waits for."""
    yield "That it is the limit, it shows itself, each second of the same run (`infra/emulator/watch.py`)."
    yield "Its threads run one at a time, so it is full near 100% of a processor, a little above where one of"
    yield "them computes outside the interpreter. A thread of it that sleeps for 10 ms and then wants to run"
    yield "comes late by what each of them waits for its turn. The last columns are how many invocations run"
    yield "at once."
    yield ""
    yield "| | seconds | its processor, median second | a thread waits | api | match | deliver |"
    yield "|---|---|---|---|---|---|---|"
    yield _moment("quiet", run.quiet)
    for phase in run.phases:
        yield _moment(f"{phase.name}, while called", phase.called)
        yield _moment(f"{phase.name}, catching up", phase.caught_up)
    yield ""
    yield from map(_verdict, run.phases)


def _verdict(phase: Phase) -> str:
    """What was full while calls came; a run on a busy machine must not pass for a ceiling."""
    usage, while_called = phase.usage, f"While called in the {phase.name}"
    took = f"it took {usage.share:.1f} processors, our functions {usage.functions / usage.elapsed:.1f}"
    if phase.called.used >= _FULL:
        return f"{while_called} its processor was full: **it is the limit, not our functions** ({took})."
    if usage.machine >= _FULL:
        return (
            f"{while_called} all processors were full ({took}): the machine is the limit, below its ceiling."
        )
    return f"{while_called} nothing was full ({took}): the limit is something else."


def _moment(name: str, told: Inside) -> str:
    running = " | ".join(f"{told.at_once(one):.1f}" for one in ("api", "match", "deliver"))
    return f"| {name} | {told.seconds} | {told.used:.0%} | {told.late:.1f} ms | {running} |"


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
