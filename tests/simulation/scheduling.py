"""Actors that take turns: one runs at a time, and hands over before every read and every write."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from greenlet import greenlet

from chalicelib.ports.errors import StorageBusy
from tests.fakes import FixedClock
from tests.simulation.trouble import Trouble

BURSTS = (1, 1, 1, 2, 3, 5, 8, 20, 60)
"""How many turns an actor may get in a row: short ones interleave, long ones let somebody fall behind."""

TIME_TO_STOP = timedelta(seconds=20)
OUT_OF_TIME = "out of time"
"""Counted when a function that asks for more work is told that its time is over, and when one is stopped."""
PAUSES = tuple(timedelta(milliseconds=one) for one in (0, 1, 20, 100, 400))
"""What passes between two bursts."""


class Crash(BaseException):
    """The process stopped here; nothing of it runs any more."""


@dataclass(slots=True, eq=False)
class Actor:
    """One invocation of a function, or one call of a client.

    ``over`` is called once it has ended: with None, with what it raised, or with Crash.
    """

    name: str
    started: datetime
    life: timedelta
    over: Callable[[BaseException | None], None]
    thread: greenlet = field(init=False)
    dead: bool = False
    struck: int = 0
    parked: str = "start"


@dataclass(slots=True)
class Scheduler:
    """Chooses by a seed who goes on and what goes wrong; the same seed gives the same history."""

    clock: FixedClock
    chance: Random
    trouble: Trouble
    orderly: bool
    trace: Callable[[str], None]
    actors: list[Actor] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    _hub: greenlet = field(default_factory=greenlet.getcurrent)
    _now: Actor | None = None
    _left: int = 0

    def spawn(
        self,
        name: str,
        act: Callable[[], object],
        *,
        life: timedelta,
        over: Callable[[BaseException | None], None] = lambda _: None,
    ) -> None:
        """Start an actor; it runs when its turn comes, and at once to its end when all is orderly."""
        actor = Actor(name, self.clock.now(), life, over)

        def live() -> None:
            error: BaseException | None = None
            try:
                act()
            except Exception as raised:  # noqa: BLE001 - whatever a function raises, its caller hears of it
                error = raised
            except Crash as crash:
                error = crash
            actor.dead = True
            self._now = None
            self.actors.remove(actor)
            self.trace(f"{actor.name} ends{'' if error is None else f' with {type(error).__name__}'}")
            over(error)

        actor.thread = greenlet(live, self._hub)
        self.actors.append(actor)
        if self.orderly:
            self.run_out()

    def run(self, turns: int) -> None:
        """Let actors take so many turns, a burst at a time."""
        while turns > 0 and self.actors:
            actor = self.chance.choice(self.actors)
            burst = min(self.chance.choice(BURSTS), turns)
            self._left = burst - 1
            self._resume(actor)
            turns -= burst - self._left
            self.clock.advance(self.chance.choice(PAUSES))

    def run_out(self) -> None:
        """Let all come to their end."""
        while self.actors:
            self.run(1_000)

    def time_left(self) -> bool:
        """What a function asks before it takes up more work."""
        actor = self._now
        left = actor is None or self.clock.now() - actor.started < actor.life - TIME_TO_STOP
        if not left:
            self.count(OUT_OF_TIME)
        return left

    def is_over(self, actor: Actor) -> bool:
        """Whether an actor has had its time, so that nothing of it runs any more."""
        return self.clock.now() - actor.started > actor.life

    def crash_all(self) -> None:
        """Stop every process where it is."""
        for actor in tuple(self.actors):
            self._kill(actor)

    def before(self, operation: str) -> None:
        """What every operation of the stores calls before it happens. Raises Crash, StorageBusy."""
        actor = self._now
        if actor is None:
            return
        if actor.dead:
            raise Crash
        if self._left:
            self._left -= 1
        else:
            self._hand_over(actor, operation)
        self._strike(actor, operation, "before")

    def _hand_over(self, actor: Actor, operation: str) -> None:
        """Stop before an operation until it is this actor's turn again. Raises Crash."""
        actor.parked = operation
        self._hub.switch()
        if actor.dead:
            raise Crash

    def after(self, operation: str) -> None:
        """What every write calls once it has happened: the answer may get lost, the process stop."""
        if self._now is not None:
            self._strike(self._now, operation, "after")

    def _resume(self, actor: Actor) -> None:
        if self.is_over(actor):
            self.trace(f"{actor.name} runs out of time before {actor.parked}")
            self.count(OUT_OF_TIME)
            self._kill(actor)
            return
        self._now = actor
        actor.thread.switch()
        self._now = None

    def _kill(self, actor: Actor) -> None:
        self.count("crash")
        actor.dead = True
        actor.struck += 1
        self._now = actor
        if actor.parked == "start":
            self.actors.remove(actor)
            actor.over(Crash())
        else:
            actor.thread.switch()
        self._now = None

    def _strike(self, actor: Actor, operation: str, when: str) -> None:
        fault = self.trouble.draw(self.chance)
        if fault is None:
            if when == "before":
                self.trace(f"{actor.name}: {operation}")
            return
        self.count(fault)
        actor.struck += 1
        self.trace(f"{actor.name}: {fault} {when} {operation}")
        if fault == "busy":
            raise StorageBusy("simulated")
        actor.dead = True
        raise Crash

    @property
    def now(self) -> Actor | None:
        """Whose turn it is; None when nobody acts."""
        return self._now

    def count(self, what: str) -> None:
        """Count something that went wrong."""
        self.counts[what] = self.counts.get(what, 0) + 1
