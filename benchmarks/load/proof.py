"""What the limit of a run was, and how that shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from benchmarks.inside import Inside
from benchmarks.load.phase import Phase
from benchmarks.load.trial import SHARE, Trial

_FULL: Final = 0.95
_INSIDE: Final = """\
What goes on inside it, each second of the same run (`infra/emulator/watch.py`): its threads run one at a
time, and each change of turns takes a moment in which none runs. A thread that sleeps for 10 ms and then
wants to run comes late by what each of them waits for its turn. The last columns are how many invocations
run at once."""
_TRIED: Final = """\
That it is the limit shows by slowing each part on purpose (`benchmarks/load/trial.py`). With twice as many
callers, one part after the other took {share:.0%} longer, {turns} turns of each. What everything waits for
lets {rest:.0%} through then; what nothing waits for, all. Our functions are slowed in two ways: by computing
longer, which also takes processors from the embedded AWS beside them, and by waiting as long, which is
nothing but slower."""


def told(quiet: Inside, phases: Sequence[Phase], slowed: Phase, trial: Trial | None) -> Iterator[str]:
    """What everything waited for, as lines of the page; ``slowed`` is the phase of the trial."""
    yield _INSIDE
    yield ""
    yield "| | seconds | its processor, median second | a thread waits | api | match | deliver |"
    yield "|---|---|---|---|---|---|---|"
    yield _moment("quiet", quiet)
    for phase in phases:
        yield _moment(f"{phase.name}, while called", phase.called)
        yield _moment(f"{phase.name}, catching up", phase.caught_up)
    yield ""
    if trial is not None:
        yield from _slowed(trial)
        yield ""
    yield _verdict([*phases, slowed], trial)


def _slowed(trial: Trial) -> Iterator[str]:
    """What slowing each part on purpose did to the whole."""
    yield _TRIED.format(share=SHARE, turns=trial.rounds, rest=1 / (1 + SHARE))
    yield ""
    yield "| slowed | calls/s | its requests/s | let through | of the delay came through | its processor |"
    yield "|---|---|---|---|---|---|"
    for name, seen in (
        ("nothing", trial.free),
        ("the embedded AWS", trial.itself),
        ("our functions, computing", trial.functions),
        ("our functions, waiting", trial.waits),
    ):
        yield (
            f"| {name} | {seen.answered['calls']:.1f} | {seen.answered['requests']:.0f} "
            f"| {trial.kept(seen):.0%} | {trial.felt(seen):.2f} | {seen.used:.0%} |"
        )


def _verdict(phases: Sequence[Phase], trial: Trial | None) -> str:
    """A run on a busy machine must not pass for a ceiling."""
    crowded = [phase.name for phase in phases if phase.usage.machine >= _FULL]
    if crowded:
        return (
            f"All processors were full ({', '.join(crowded)}): **the machine is the limit**, not its ceiling."
        )
    if trial is None:
        return "No part was slowed for long enough to show which is the limit."
    if trial.limited:
        return (
            "What slows the embedded AWS slows the whole, and functions that take longer do not: "
            "**it is the limit, not our functions.**"
        )
    return "**No single part is shown to be the limit.**"


def _moment(name: str, told: Inside) -> str:
    running = " | ".join(f"{told.at_once(one):.1f}" for one in ("api", "match", "deliver"))
    return f"| {name} | {told.seconds} | {told.used:.0%} | {told.late:.1f} ms | {running} |"
