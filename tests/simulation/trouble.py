"""How much goes wrong in a run, from nothing at all to everything at once."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """The weather of a run.

    Attributes:
        name: what a story calls it.
        orderly: every actor runs to its end before the next begins; otherwise all interleave.
        crash: chance per operation that the process stops before it, or after it when it writes.
        busy: chance per operation that it is throttled before, or that its answer gets lost after.
        post: chance per mail or event that it fails.
        disorder: chance that a batch of a stream repeats, reorders or leaves out records.
        streams: whether streams deliver at all; else only the sweep repairs.
        sweeps: whether the sweep runs before the dust settles; else streams alone must be enough.
    """

    name: str
    orderly: bool = False
    crash: float = 0.0
    busy: float = 0.0
    post: float = 0.0
    disorder: float = 0.0
    streams: bool = True
    sweeps: bool = True

    def draw(self, chance: Random) -> str | None:
        """What befalls an operation now: ``crash``, ``busy``, or nothing."""
        drawn = chance.random()
        if drawn < self.crash:
            return "crash"
        return "busy" if drawn < self.crash + self.busy else None


CALM = Trouble(name="calm", orderly=True, sweeps=False)
PROMPT = Trouble(name="prompt", sweeps=False)
CROWDED = Trouble(name="crowded", disorder=0.5)
ROUGH = Trouble(name="rough", crash=0.003, busy=0.01, post=0.2, disorder=0.5)
STORM = Trouble(name="storm", crash=0.02, busy=0.03, post=0.4, disorder=0.8)
STILL = Trouble(name="still", streams=False)
DARK = Trouble(name="dark", crash=0.005, busy=0.01, post=0.2, streams=False)

WEATHERS = (CALM, PROMPT, CROWDED, CROWDED, CROWDED, ROUGH, ROUGH, STORM, DARK)
"""As often as they come: most faults of thought show in a crowd, without any failure."""
