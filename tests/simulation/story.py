"""A story: the steps that a seed makes up, and what each of them does to the region."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from chalicelib.domain.dates import amsterdam_day
from chalicelib.domain.review import ReviewState, ReviewVerdict
from chalicelib.domain.signal import Signal, SignalState
from chalicelib.matching import Youth
from chalicelib.signals.ending import has_ended
from tests.simulation.clients import Clients
from tests.simulation.families import ADDRESSES, CHILDREN, written
from tests.simulation.region import PROFESSIONALS, Region
from tests.simulation.trouble import PROMPT, STILL, WEATHERS, Trouble

LATER = date(2027, 7, 31)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happens; its own ``seed`` decides how, so it stays itself when others are left out."""

    what: str
    seed: int
    turns: int


@dataclass(frozen=True, slots=True)
class Story:
    """A run's weather and steps."""

    seed: int
    weather: Trouble
    steps: tuple[Step, ...]


def story_of(seed: int) -> Story:
    """The story that a seed makes up: 3 to 8 signals and what befalls them; of a negative one, in haste."""
    chance = Random(f"story {seed}")
    return _hasty(seed, chance) if seed < 0 else _any(seed, chance)


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


@dataclass(slots=True)
class Teller:
    """Plays steps in a region, and says of each what it did."""

    region: Region
    clients: Clients
    focus: int = 0
    given: int = 0

    def play(self, step: Step) -> str:
        """Do what a step says; answers a line of the story."""
        chance = Random(step.seed)
        return _DEEDS[step.what](self, chance)

    def give(self, chance: Random) -> str:
        """An organisation signals; mostly about the same child, sometimes not for long."""
        organisation, professional = chance.choice(PROFESSIONALS)
        child = CHILDREN[0] if chance.random() < 0.5 else chance.choice(CHILDREN)
        youth = written(child, chance, with_bsn=organisation != "police")
        today = amsterdam_day(self.region.clock.now())
        until = today + timedelta(days=chance.randint(0, 3)) if chance.random() < 0.25 else LATER
        self.given += 1
        self.clients.give(self.given, organisation, professional, youth, until)
        return (
            f"{professional}@{organisation} gives ref-{self.given} about {child.name}"
            f" until {until} as {_shown(youth)}"
        )

    def rival(self, chance: Random) -> str:
        """An organisation signals about one child, under one of two numbers or none: which are one youth?"""
        organisation, professional = chance.choice(PROFESSIONALS)
        bsn = None if organisation == "police" else chance.choice(CHILDREN[:2]).youth.bsn
        youth = replace(CHILDREN[0].youth, bsn=bsn)
        self.given += 1
        self.clients.give(self.given, organisation, professional, youth, LATER)
        return f"{professional}@{organisation} gives ref-{self.given} as {_shown(youth)}"

    def change(self, chance: Random) -> str:
        """What is known of a youth changes: another address, a BSN, a name."""
        child = chance.choice(CHILDREN)

        def rewrite(signal: Signal) -> Signal:
            with_bsn = signal.organisation_id != "police"
            about = next((one for one in CHILDREN if one.youth.birth_date == _born(signal)), child)
            return replace(signal, youth=written(about, Random(seed), with_bsn=with_bsn))

        seed = chance.getrandbits(32)
        return self._on_some(chance, "changes what it knows", lambda one: self.clients.change(one, rewrite))

    def close(self, chance: Random) -> str:
        """The risk is gone."""
        return self._on_some(chance, "closes", lambda one: self.clients.end(one, SignalState.CLOSED))

    def renew(self, chance: Random) -> str:
        """A new signal takes its place, mostly for long."""
        today = amsterdam_day(self.region.clock.now())
        until = today + timedelta(days=chance.randint(0, 3)) if chance.random() < 0.25 else LATER
        return self._on_some(chance, f"is renewed until {until}", lambda one: self.clients.renew(one, until))

    def die(self, chance: Random) -> str:
        """The youth of a signal died, and somebody confirms it."""
        return self._on_some(chance, "is about a youth who died", self.clients.die)

    def retract(self, chance: Random) -> str:
        """It was wrongly made."""
        return self._on_some(chance, "retracts", lambda one: self.clients.end(one, SignalState.RETRACTED))

    def restrict(self, chance: Random) -> str:
        """A right is being decided (D33), or has been."""

        def turn(signal: Signal) -> Signal:
            free = signal.state is SignalState.RESTRICTED
            return replace(signal, state=SignalState.ACTIVE if free else SignalState.RESTRICTED)

        return self._on_some(
            chance, "is restricted, or free again", lambda one: self.clients.change(one, turn)
        )

    def verdict(self, chance: Random) -> str:
        """A person decides a doubtful pair, or takes it back."""
        verdict = chance.choice((ReviewVerdict.SAME, ReviewVerdict.NOT_SAME, None))
        drawn = chance.random()
        reviews = [
            one
            for _, one in sorted(self.region.state.reviews.items())
            if one.state is not ReviewState.WITHDRAWN
        ]
        if not reviews:
            return "there is nothing to review"
        review = reviews[int(drawn * len(reviews))]
        self.clients.decide(review, verdict)
        return f"a person says of {' and '.join(review.signal_ids)}: {verdict or 'nothing after all'}"

    def exclude(self, chance: Random) -> str:
        """An address turns out to be an institution's."""
        address = chance.choice(ADDRESSES)
        if self._prompt:
            return "nobody excludes an address, for that waits for the sweep"
        self.clients.exclude(address)
        return f"an operator excludes {address.street} {address.house_number}"

    def match(self, chance: Random) -> str:
        """The stream of signals reaches the match function."""
        batch = self._batch(chance, self.region.state.changed)
        self.region.spawn_match(batch)
        return f"the stream hands over signals {batch}"

    def deliver(self, chance: Random) -> str:
        """The stream of the outbox reaches the deliver function."""
        batch = self._batch(chance, self.region.state.woken)
        self.region.spawn_deliver(batch)
        return f"the stream wakes delivery to {batch}"

    def sweep(self, chance: Random) -> str:
        """A minute, or three, later."""
        if self._prompt:
            return "no sweep comes"
        self.region.clock.advance(timedelta(minutes=chance.choice((1, 3))))
        self.region.spawn_sweep()
        return "a minute has passed: the sweep"

    def expire(self, chance: Random) -> str:
        """The schedule of expiry."""
        self.region.spawn_expire()
        return "the expiry run"

    def jump(self, chance: Random) -> str:
        """Time passes while everything stands still; what was running runs out of time."""
        if self._prompt:
            return "no time passes"
        by = chance.choice((timedelta(minutes=4), timedelta(hours=5), timedelta(days=1), timedelta(days=3)))
        self.region.clock.advance(by)
        return f"{by} pass"

    def stop(self, chance: Random) -> str:
        """Every process stops where it is."""
        if self._prompt:
            return "every process goes on"
        self.region.scheduler.crash_all()
        return "every process stops"

    def poison(self, chance: Random) -> str:
        """A record that nobody can open, until it is mended."""

        def spoil(signal: Signal) -> None:
            self.region.state.broken.add(signal.id)

        return "" if self._prompt else self._on_some(chance, "cannot be opened any more", spoil)

    def lose(self, chance: Random) -> str:
        """Streams lose what they hold."""
        if self._prompt:
            return ""
        self.region.state.changed.clear()
        self.region.state.woken.clear()
        return "the streams lose all they hold"

    @property
    def _prompt(self) -> bool:
        """Whether nothing may happen that only the sweep can mend."""
        return not self.region.scheduler.trouble.sweeps

    def _on_some(self, chance: Random, says: str, act: Callable[[Signal], None]) -> str:
        drawn = chance.random()
        open_ones = [one for _, one in sorted(self.region.state.signals.items()) if not has_ended(one)]
        if not open_ones:
            return f"nobody {says}"
        signal = open_ones[int(drawn * len(open_ones))]
        act(signal)
        return f"{signal.id} ({signal.organisation_id}, {signal.reference}) {says}"

    def _batch(self, chance: Random, stream: deque[str]) -> list[str]:
        """Some of what a stream holds; in disorder out of order, or handed over again later."""
        held = list(stream)
        if not held or not self.region.scheduler.trouble.streams:
            return []
        size = chance.randint(1, len(held))
        if chance.random() >= self.region.scheduler.trouble.disorder:
            for _ in range(size):
                stream.popleft()
            return held[:size]
        batch = chance.sample(held, size)
        if chance.random() < 0.5:
            for one in batch:
                stream.remove(one)
        return batch


def _born(signal: Signal) -> object:
    return signal.youth.birth_date if signal.youth is not None else None


def _shown(youth: Youth) -> str:
    born, home = youth.birth_date, youth.address
    shown = (
        youth.bsn,
        youth.given_names,
        youth.surname,
        f"{born.day}-{born.month}-{born.year}" if born is not None else None,
        home.postal_code if home is not None else None,
    )
    return ", ".join(one or "-" for one in shown)


_WEIGHTS = {
    "change": 4,
    "close": 3,
    "retract": 1,
    "renew": 3,
    "die": 0.5,
    "restrict": 3,
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
_DEEDS: dict[str, Callable[[Teller, Random], str]] = {
    "give": Teller.give,
    "rival": Teller.rival,
    "change": Teller.change,
    "close": Teller.close,
    "retract": Teller.retract,
    "renew": Teller.renew,
    "die": Teller.die,
    "restrict": Teller.restrict,
    "verdict": Teller.verdict,
    "exclude": Teller.exclude,
    "match": Teller.match,
    "deliver": Teller.deliver,
    "sweep": Teller.sweep,
    "expire": Teller.expire,
    "jump": Teller.jump,
    "stop": Teller.stop,
    "poison": Teller.poison,
    "lose": Teller.lose,
}
