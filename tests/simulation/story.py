"""A story: the steps that a seed makes up."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from tests.simulation.trouble import PROMPT, STILL, WEATHERS, Trouble

ROTATES = 7
"""One story in so many changes key sets, where time may pass: they wait for each other."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happens; its own ``seed`` decides how, so it stays itself when others are left out."""

    what: str
    seed: int
    turns: int


@dataclass(frozen=True, slots=True)
class Story:
    """A run's weather and steps; whether key sets change in it."""

    seed: int
    weather: Trouble
    steps: tuple[Step, ...]
    rotates: bool = False


def story_of(seed: int) -> Story:
    """The story that a seed makes up: 3 to 8 signals and what befalls them; of a negative one, in haste."""
    chance = Random(f"story {seed}")
    if seed < 0:
        return _hasty(seed, chance)
    told = _any(seed, chance)
    return _rotating(told) if seed % ROTATES == ROTATES - 1 and told.weather.sweeps else told


def _hasty(seed: int, chance: Random) -> Story:
    """Signals that meet a rival (odd seeds), or change (even), while they are reconciled."""
    rivals = seed % 2 == 1
    weather, turns = (PROMPT, (5, 10, 20)) if rivals else (STILL, (10, 20, 40, 80))
    begin, deeds = ("rival", ("rival", "match", "match")) if rivals else ("give", ("change", "sweep"))
    more = chance.randint(4, 8) if rivals else chance.randint(12, 30)
    steps = [begin] * (2 if rivals else 3) + chance.choices(deeds, k=more)
    return Story(
        seed,
        weather,
        tuple(Step(what, chance.getrandbits(32), chance.choice(turns)) for what in steps),
    )


def _any(seed: int, chance: Random) -> Story:
    weather = chance.choice(WEATHERS)
    steps = ["give"] * chance.randint(3, 8) + chance.choices(
        list(_WEIGHTS), weights=list(_WEIGHTS.values()), k=chance.randint(3, 24)
    )
    chance.shuffle(steps)
    first = ["give", "give"]
    return Story(
        seed,
        weather,
        tuple(
            Step(what, chance.getrandbits(32), chance.choice((0, 0, 5, 20, 60, 200, 600)))
            for what in (*first, *steps)
        ),
    )


def _rotating(story: Story) -> Story:
    """The same, while an operator changes the key sets and addresses join and leave the register."""
    chance = Random(f"rotating {story.seed}")
    entered = [Step("enter", chance.getrandbits(32), 20) for _ in range(chance.randint(1, 3))]
    steps = [*entered, *story.steps]
    for _ in range(chance.randint(6, 12)):
        deeds = ["operate", *chance.choices(_MEANWHILE, k=chance.choice((0, 0, 1, 2, 3)))]
        chance.shuffle(deeds)
        place = chance.randint(1, len(steps))
        steps[place:place] = [
            Step(what, chance.getrandbits(32), chance.choice((0, 5, 5, 20, 60))) for what in deeds
        ]
    return Story(story.seed, story.weather, tuple(steps), rotates=True)


_MEANWHILE = ("enter", "enter", *["include"] * 4, "change", "change", "give", "close", "renew")
"""What befalls a region close to a step of the operator."""
_WEIGHTS = {
    "change": 4,
    "close": 3,
    "retract": 1,
    "renew": 3,
    "die": 0.5,
    "request": 2,
    "rule": 2.5,
    "transfer": 0.7,
    "exclude": 1,
    "verdict": 3,
    "match": 14,
    "deliver": 14,
    "sweep": 2,
    "expire": 1,
    "jump": 1.5,
    "stop": 0.5,
    "poison": 0.5,
    "lose": 0.5,
}
