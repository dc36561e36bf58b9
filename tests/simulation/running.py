"""One run: a story is played, the dust settles, and every promise is checked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random

import chalicelib.signals.transfer as transferring
import chalicelib.upkeep.progress as walking
from chalicelib.domain.history import History
from chalicelib.domain.match import Match
from chalicelib.matching import MatchingProfile
from chalicelib.ports.storage import Storage
from chalicelib.upkeep import rekeying
from tests.fakes import FixedClock
from tests.simulation.clients import Clients, overdue
from tests.simulation.ground import Ground, InMemory
from tests.simulation.handover import Handovers
from tests.simulation.history import over_in_archive, untold
from tests.simulation.names import ShuffledNames
from tests.simulation.office import Office
from tests.simulation.operating import KeysetOperator, broken_keysets
from tests.simulation.post import Post
from tests.simulation.promises import (
    broken_promises,
    due_looks,
    held_up,
    never_taken_up,
    unsettled,
    untrue,
)
from tests.simulation.quickly import QUICKLY
from tests.simulation.region import Region
from tests.simulation.rights import unfinished
from tests.simulation.scheduling import Scheduler
from tests.simulation.story import Story, story_of
from tests.simulation.telling import Teller
from tests.simulation.told import told_more_than_once
from tests.simulation.trouble import CROWDED
from tests.simulation.variant import AS_IT_SHIPS, Variant
from tests.simulation.warm import WarmInstances, WarmSettings, warmed

MOST_TURNS = 2_000
POISONED_ROUNDS = 24
MOST_ROUNDS = 60
"""Rounds of sweeping after which the dust must have settled: about a day."""


SMALL_PAGES = Variant(name="small pages", patches=((transferring, "PAGE", 2),))
"""So that few signals take several."""


SMALL_WALKS = Variant(
    name="small pages of walks too",
    patches=(*SMALL_PAGES.patches, (walking, "PAGE", 2), (rekeying, "PAGE", 40)),
)


def _pages_of(story: Story) -> Variant:
    return SMALL_WALKS if story.rotates else SMALL_PAGES


@dataclass(slots=True)
class Outcome:
    """What came of a run: the promises that were broken, the story, and counts of what went wrong."""

    seed: int
    weather: str
    broken: list[str] = field(default_factory=list)
    story: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)


def run(
    seed: int,
    variant: Variant = AS_IT_SHIPS,
    *,
    without: frozenset[int] = frozenset(),
    trace: Callable[[str], None] = lambda _: None,
    ground: Callable[[FixedClock], Ground] | None = None,
) -> Outcome:
    """Play the story of a seed, save the steps in ``without``; the same arguments, the same run.

    It stands on the fakes, or on another ``ground``.
    """
    story, clock = story_of(seed), FixedClock()
    stands_on = InMemory(clock, variant.stores, rotates=story.rotates) if ground is None else ground(clock)
    with QUICKLY.in_place(), _pages_of(story).in_place(), variant.in_place():
        return Run(story, variant, trace, clock, stands_on).play(without)


class Run:
    """The parts of one run, put together."""

    def __init__(
        self, story: Story, variant: Variant, trace: Callable[[str], None], clock: FixedClock, ground: Ground
    ) -> None:
        self.story, self.trace, self.ground = story, trace, ground
        self.calm = story.weather.orderly
        self.chance = Random(f"run {story.seed}")
        self.outcome = Outcome(story.seed, story.weather.name)
        self.scheduler = Scheduler(clock, self.chance, story.weather, self.calm, trace)
        self.scheduler.counts = self.outcome.counts
        self.state = ground.state
        self.post = Post(self.scheduler, self.state, self.chance)
        self.region = Region(
            storage=self._storage(),
            state=self.state,
            clock=clock,
            scheduler=self.scheduler,
            post=self.post,
            names=ShuffledNames(Random(f"names {story.seed}")),
            variant=variant,
            profile=_profile_of(story.seed),
            rotates=story.rotates,
        )
        self.region.found()
        self.state.lags = lambda: not self.calm and self.chance.random() < 0.1
        self.state.witness = self._witness
        self.state.told = self._told
        self.clients = Clients(self.region)
        self.handovers = Handovers(self.region, self.clients)
        self.operator = KeysetOperator(self.region, Random(f"operator {story.seed}"))
        self.teller = Teller(
            self.region, self.clients, Office(self.region, self.clients), self.handovers, self.operator
        )

    def play(self, without: frozenset[int]) -> Outcome:
        """The whole run."""
        with self.ground.stepped(self.scheduler):
            self._tell(without)
            self._check()
        return self.outcome

    def _storage(self) -> Storage:
        """The stores; where key sets change, as functions that remember them for a while see them."""
        if not self.story.rotates:
            return self.ground.storage
        instances = WarmInstances(self.scheduler, Random(f"instances {self.story.seed}"))
        return warmed(
            self.ground.storage, WarmSettings(self.ground.storage.settings, self.scheduler.clock, instances)
        )

    def _tell(self, without: frozenset[int]) -> None:
        for place, step in enumerate(self.story.steps):
            if place not in without:
                self.state.look()
                line = f"{place:2} {self.region.clock.now():%d %H:%M:%S}  {self.teller.play(step)}"
                self.outcome.story.append(line)
                self.trace(line)
                self._go_on(step.turns)
        self.trace("the dust settles")

    def _check(self) -> None:
        if self.calm:
            self._settle_calmly()
        else:
            self._settle()
        self.outcome.broken += self.post.broken
        if not self.outcome.broken:
            self.state.look()
            self.outcome.broken += broken_promises(self.region, self.handovers)
            self.outcome.broken += self.operator.broken
            if self.story.rotates:
                self.outcome.broken += broken_keysets(self.region, self.operator)

    def _witness(self, match: Match) -> None:
        self.outcome.broken += [f"{one} ({match.id})" for one in untrue(self.state, match)]

    def _told(self, history: History) -> None:
        """Where several things go on at once, what was read may be another by now."""
        if self.calm:
            self.outcome.broken += untold(self.region, history)

    def _go_on(self, turns: int) -> None:
        if self.calm:
            self._drain()
        else:
            self.scheduler.run(turns)
            self.clients.try_again(self.chance)

    def _drain(self) -> None:
        """Streams alone, in order, until they are empty."""
        self.state.look()
        if self._is_run_due:
            self.region.spawn_expire()
        for _ in range(200):
            if self.state.changed:
                self.region.spawn_match([self.state.changed.popleft()])
            elif self.state.woken:
                self.region.spawn_deliver([self.state.woken.popleft()])
            else:
                return

    def _settle_calmly(self) -> None:
        """Nothing failed, so streams and the expiry run must have been enough."""
        self._drain()
        self.state.look()
        self.outcome.broken += unsettled(self.region)
        self.outcome.broken += told_more_than_once(self.region)

    def _settle(self) -> None:
        """All goes on a while as it did; then nothing fails any more, and what is poisoned is mended last."""
        if not self.story.weather.sweeps:
            self._drain_all()
            self.state.look()
            self.outcome.broken += never_taken_up(self.region)
        for _ in range(3):
            self._round(timedelta(minutes=3))
        self.scheduler.trouble = replace(CROWDED, disorder=0.0)
        if not self.story.weather.streams:
            self.state.changed.clear()
            self.state.woken.clear()
        if self.state.broken:
            self._rounds(POISONED_ROUNDS)
            self.outcome.broken += held_up(self.region)
            self.state.broken.clear()
        self._rounds(MOST_ROUNDS)
        self.outcome.broken += unsettled(self.region)
        self.outcome.broken += ["a client never got an answer"] * len(self.clients.waiting)

    def _rounds(self, most: int) -> None:
        for number in range(most):
            self._round(timedelta(minutes=3 if number % 2 else 125))
            if self.operator.is_done and not (
                self.clients.waiting or self.state.changed or unsettled(self.region)
            ):
                return

    def _drain_all(self) -> None:
        """Streams alone, everything at once, until they are empty."""
        for _ in range(MOST_TURNS):
            if not (self.clients.waiting or self.state.changed or self.state.woken or self.scheduler.actors):
                return
            self.clients.try_again()
            self._hand_over()
            self.scheduler.run(self.chance.choice((2, 10, 40)))

    def _round(self, passing: timedelta) -> None:
        self.clients.try_again()
        self.operator.go_on()
        if self.scheduler.trouble.streams:
            self._hand_over()
        self.scheduler.run_out()
        self.region.clock.advance(passing)
        self.region.spawn_sweep()
        self.state.look()
        if self._is_run_due:
            self.region.spawn_expire()
        self.scheduler.run_out()
        self.state.look()

    @property
    def _is_run_due(self) -> bool:
        """Whether the hourly run has something to do."""
        return bool(
            overdue(self.region)
            or over_in_archive(self.region)
            or unfinished(self.region)
            or due_looks(self.region)
        )

    def _hand_over(self) -> None:
        while self.state.changed:
            self.region.spawn_match([self.state.changed.popleft()])
        while self.state.woken:
            self.region.spawn_deliver([self.state.woken.popleft()])


def _profile_of(seed: int) -> MatchingProfile:
    """Addresses never count in one region of five; in another few families make an address a crowded one."""
    if seed % 5 == 1:
        return MatchingProfile(unrelated_youths_per_address=2, families_of_one_home=1)
    return MatchingProfile(address_match=seed % 5 != 0)
