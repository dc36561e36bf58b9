"""Random lives of signals over years: whatever happens to them, no limit is passed and nothing is orphaned.

The region is the simulation's, in memory and undisturbed; here time is what tries it: days, months and
years pass between what people do, over leap days, nights on which the clock moves, and 23rd birthdays.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random
from typing import Final

from chalicelib.domain.audit import IndexItself
from chalicelib.domain.dates import amsterdam_day, ends_on
from chalicelib.domain.erasure import ErasureGround
from chalicelib.domain.errors import UseCaseError
from chalicelib.domain.legal_profile import DUTCH_DEFAULT
from chalicelib.domain.signal import Signal, SignalState
from chalicelib.matches.decided import DecidePersons
from chalicelib.matches.earlier import FindEarlier
from chalicelib.matching import default_model
from chalicelib.ports.errors import StorageError
from chalicelib.signals.erase import EraseSignal
from chalicelib.signals.erasing import SETTLED_AFTER, FinishErasures
from chalicelib.signals.open_history import OpenHistory
from tests.fakes import FakePseudonyms, FixedClock
from tests.lives.limits import broken_limits, left_of_erased
from tests.signal_requests import make_caller
from tests.simulation.families import CHILDREN, written
from tests.simulation.ground import InMemory
from tests.simulation.promises import broken_promises
from tests.simulation.quickly import QUICKLY, QuickHasher
from tests.simulation.region import API, PROFESSIONALS
from tests.simulation.running import Outcome, Run
from tests.simulation.story import Step, Story
from tests.simulation.telling import Teller
from tests.simulation.trouble import Trouble
from tests.simulation.variant import AS_IT_SHIPS

QUIET: Final = Trouble(name="years", orderly=True)
_PASSING: Final = (1, 1, 7, 27, 28, 90, 180, 365, 366, 731, 1_096, 1_826, 1_827)
"""Days; a leap year, two years and five among them."""
MOST_LOOKS: Final = 6
"""After which an erasure has been finished, when nothing fails."""
_AFTER_ALL: Final = timedelta(days=366 * 24)
"""By then nobody of the story is under 23."""
_WEIGHTS: Final = {
    "give": 30,
    "change": 8,
    "close": 12,
    "retract": 4,
    "request": 3,
    "rule": 4,
    "transfer": 1,
    "verdict": 3,
    "open": 8,
    "erase": 3,
    "die": 1,
    "exclude": 1,
    "pass_time": 22,
    "run": 10,
    "finish": 4,
}


def life_of(seed: int) -> Story:
    """The life that a seed makes up: 10 to 40 things that happen."""
    chance = Random(f"life {seed}")
    deeds = chance.choices(list(_WEIGHTS), weights=list(_WEIGHTS.values()), k=chance.randint(10, 40))
    return Story(seed, QUIET, tuple(Step(what, chance.getrandbits(32), 0) for what in ("give", *deeds)))


def live(seed: int, *, without: frozenset[int] = frozenset()) -> Outcome:
    """Play the life of a seed, save the steps in ``without``; what it broke, and its story."""
    clock = FixedClock()
    with QUICKLY.in_place():
        life = Life(life_of(seed), AS_IT_SHIPS, lambda _: None, clock, InMemory(clock, {}))
        life.chronicler = Chronicler(
            life.region,
            life.clients,
            life.teller.office,
            life.handovers,
            broken=life.outcome.broken,
            drain=life.drain,
        )
        life.teller = life.chronicler
        return life.play(without)


@dataclass(slots=True)
class Chronicler(Teller):
    """Plays what happens in a life; an error that no caller should see is a broken promise."""

    broken: list[str] = field(default_factory=list)
    drain: Callable[[], None] = lambda: None

    def play(self, step: Step) -> str:
        """Do what a step says, at a time of day of its own; answers a line of the story."""
        chance = Random(step.seed)
        self.region.clock.advance(timedelta(minutes=chance.randint(0, 1_440)))
        deed: Callable[[Random], str] = getattr(self, step.what)
        line = deed(chance)
        self.broken += broken_limits(self.region)
        return line

    def give(self, chance: Random) -> str:
        """An organisation signals, for a day or for two years, about a child or a grown-up."""
        organisation, professional = chance.choice(PROFESSIONALS)
        child = CHILDREN[0] if chance.random() < 0.4 else chance.choice(CHILDREN)
        youth = written(child, chance, with_bsn=organisation != "police")
        until = amsterdam_day(self.region.clock.now()) + timedelta(days=chance.choice((0, 1, 60, 365, 730)))
        self.given += 1
        self.clients.give(self.given, organisation, professional, youth, until)
        return f"{professional}@{organisation} gives ref-{self.given} about {child.name} until {until}"

    def change(self, chance: Random) -> str:
        """A youth is written down otherwise, and the last day follows the birth date (D5)."""
        child, seed = chance.choice(CHILDREN), chance.getrandbits(32)

        def rewrite(signal: Signal) -> Signal:
            youth = written(child, Random(seed), with_bsn=signal.organisation_id != "police")
            last_day = ends_on(
                given=amsterdam_day(signal.created_at),
                planned_end=signal.planned_end_date,
                born=youth.birth_date,
                legal=DUTCH_DEFAULT,
            )
            if last_day < amsterdam_day(self.region.clock.now()):
                return signal
            return replace(signal, youth=youth, ends_on=last_day)

        return self._on_some(chance, "changes what it knows", lambda one: self.clients.change(one, rewrite))

    def open(self, chance: Random) -> str:
        """Somebody opens the archive."""
        signal = self._some(chance, {SignalState.ACTIVE})
        if signal is None:
            return "nobody opens the archive"
        caller = make_caller(self.region.state.organisations[signal.organisation_id])
        act = replace(caller, professional_id=signal.professional_id)
        self._do("open", lambda: self._opening(act, signal.id, None))
        return f"{signal.id} has its history opened"

    def erase(self, chance: Random) -> str:
        """A right is granted."""
        return self._erase(chance, ErasureGround.RIGHT)

    def die(self, chance: Random) -> str:
        """A youth dies: of this signal nothing stays."""
        return self._erase(chance, ErasureGround.DEATH)

    def pass_time(self, chance: Random) -> str:
        """Days, months or years; what was erased is finished before, as it is each minute."""
        for _ in range(MOST_LOOKS):
            self.finish(chance)
            self.drain()
            if all(one.completed_at for one in self.region.state.erasures.values()):
                break
        days = chance.choice(_PASSING)
        self.region.clock.advance(timedelta(days=days))
        return f"{days} days pass"

    def run(self, _: Random) -> str:
        """The hourly run."""
        self.region.spawn_expire()
        return "the hourly run"

    def finish(self, _: Random) -> str:
        """What names erased signals goes."""
        self.region.clock.advance(2 * SETTLED_AFTER)
        finish = FinishErasures(storage=self.region.storage, clock=self.region.clock, time_left=lambda: True)
        self._do("finish", finish)
        return "erasures are finished"

    def _erase(self, chance: Random, ground: ErasureGround) -> str:
        signal = self._some(chance, set(SignalState) - {SignalState.ERASED})
        if signal is None:
            return "there is nothing to erase"
        erase = EraseSignal(storage=self.region.storage, names=self.region.names, clock=self.region.clock)
        self._do("erase", lambda: erase(signal.id, ground, IndexItself()))
        return f"{signal.id}, {signal.state}, is erased: {ground}"

    def _some(self, chance: Random, states: set[SignalState]) -> Signal | None:
        held = [one for _, one in sorted(self.region.state.signals.items()) if one.state in states]
        return chance.choice(held) if held else None

    @property
    def _opening(self) -> OpenHistory:
        region = self.region
        persons = DecidePersons(
            storage=region.storage,
            hasher=QuickHasher(),
            model=default_model(),
            profile=region.profile,
            today=amsterdam_day(region.clock.now()),
        )
        return OpenHistory(
            storage=region.storage,
            find=FindEarlier(persons).about_youth_of,
            pseudonyms=FakePseudonyms(),
            names=region.names,
            clock=region.clock,
        )

    def _do(self, name: str, act: Callable[[], object]) -> None:
        def over(error: BaseException | None) -> None:
            if error is not None and not isinstance(error, UseCaseError | StorageError):
                self.broken.append(f"{name} raised {error!r}")

        self.region.scheduler.spawn(name, act, life=API, over=over)


class Life(Run):
    """A story without trouble, and what has to be left of it in the end: nothing."""

    chronicler: Chronicler

    def _check(self) -> None:
        """First as it stands, then when everybody has come of age."""
        self._settle_down()
        self.outcome.broken += broken_promises(self.region, self.handovers)
        self.outcome.broken += broken_limits(self.region)
        self.region.clock.advance(_AFTER_ALL)
        self._settle_down()
        self.outcome.broken += broken_promises(self.region, self.handovers)
        self.outcome.broken += left_of_erased(self.region, grown_up=True)

    def drain(self) -> None:
        """All that streams bring about."""
        self._drain()

    def _settle_down(self) -> None:
        """The hourly run, streams, the sweep and the end of erasures, until nothing changes any more."""
        for look in range(4 * MOST_LOOKS):
            self.region.spawn_expire()
            self.drain()
            self.chronicler.finish(self.chance)
            self.region.clock.advance(2 * SETTLED_AFTER)
            self.region.spawn_sweep()
            self.drain()
            if look >= MOST_LOOKS and all(one.completed_at for one in self.state.erasures.values()):
                return  # a day may have turned meanwhile, and let go of one more
