"""Random lives of signals over years: whatever happens to them, no limit is passed and nothing is orphaned.

The region is the simulation's, in memory and undisturbed; here time is what tries it: days, months and
years pass between what people do, over leap days, nights on which the clock moves, and 23rd birthdays.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from random import Random
from typing import Final

from chalicelib.domain.legal_profile import DUTCH_DEFAULT, LegalProfile
from chalicelib.domain.match import EndReason, Match
from chalicelib.signals.erasing import SETTLED_AFTER
from tests.fakes import FixedClock
from tests.lives.families import Families
from tests.lives.laws import Laws
from tests.lives.limits import broken_limits, left_of_erased
from tests.lives.rights import broken_rights, broken_terms
from tests.simulation.ground import InMemory
from tests.simulation.promises import broken_promises
from tests.simulation.quickly import QUICKLY
from tests.simulation.running import Outcome, Run
from tests.simulation.story import Step, Story
from tests.simulation.told import brought_together
from tests.simulation.trouble import Trouble
from tests.simulation.variant import AS_IT_SHIPS

QUIET: Final = Trouble(name="years", orderly=True)
_PASSING: Final = (1, 1, 7, 20, 27, 28, 90, 180, 365, 366, 731, 1_096, 1_826, 1_827)
"""Days; a leap year, two years and five among them."""
MOST_LOOKS: Final = 6
"""After which an erasure has been finished, when nothing fails."""
_AFTER_ALL: Final = timedelta(days=366 * 26)
"""By then nobody of the story is under any age limit, and every request is forgotten."""
_WEIGHTS: Final = {
    "give": 26,
    "change": 8,
    "shorten": 2,
    "inform": 5,
    "renew": 10,
    "transfer": 2,
    "close": 9,
    "retract": 4,
    "ask": 8,
    "settle": 3,
    "advise": 2,
    "hide": 3,
    "decide": 8,
    "verdict": 3,
    "open": 6,
    "erase": 2,
    "die": 1.5,
    "confirm": 2,
    "exclude": 1,
    "legislate": 4,
    "pass_time": 20,
    "run": 6,
    "finish": 3,
}
_OTHER_LAWS: Final[tuple[dict[str, object], ...]] = (
    {},
    {"longest_years": 1},
    {"longest_years": 3},
    {"age_limit": 21},
    {"age_limit": 25},
    {"archive_years": 2},
    {"archive_years": 7},
    {"archive": False},
    {"longest_years": 1, "archive_years": 1, "age_limit": 20},
    {"inform_within_days": 14, "remind_before_inform_days": 3},
    {"answer_within_days": 14, "warn_before_answer_days": 5},
    {"opening_within_days": 7},
)


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
            life.operator,
            broken=life.outcome.broken,
            drain=life.drain,
        )
        life.chronicler.desk.open()
        life.teller = life.chronicler
        return life.play(without)


@dataclass(slots=True)
class Chronicler(Families):
    """Plays what happens in a life, the passing of time and of laws too."""

    drain: Callable[[], None] = lambda: None
    laws: Laws = field(default_factory=Laws)

    def play(self, step: Step) -> str:
        """Do what a step says, at a time of day of its own; answers a line of the story."""
        chance = Random(step.seed)
        self.region.clock.advance(timedelta(minutes=chance.randint(0, 1_440)))
        deed: Callable[[Random], str] = getattr(self, step.what)
        line = deed(chance)
        self.broken += broken_limits(self.region, self.laws)
        return line

    def legislate(self, chance: Random) -> str:
        """The law changes, in the middle of lives: a report, a review, and last days follow."""
        after = LegalProfile.of({"name": "another law", **chance.choice(_OTHER_LAWS)})
        self.run(chance)
        self.drain()
        if after == self.region.legal:
            return "the law stays"

        def act() -> None:
            said, done = self.desk.legislate(after)
            if said != done:
                self.broken.append(f"the report said {said} signals, and it were {done}")
            self.laws.change(self.region.clock.now(), after)

        self._do("legislate", act)
        return f"another law: {shown(after)}"

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
        """The hourly run; after it nobody has forgotten a term."""
        self.desk.spawn_hour()
        self.broken += broken_terms(self.region)
        return "the hourly run"

    def finish(self, _: Random) -> str:
        """What names erased signals goes."""
        self.region.clock.advance(2 * SETTLED_AFTER)
        self._do("finish", self.desk.finish)
        return "erasures are finished"


def shown(legal: LegalProfile) -> str:
    """What is different from Dutch law."""
    old, new = asdict(DUTCH_DEFAULT), asdict(legal)
    differing = (f"{one} {new[one]}" for one in new if one != "name" and new[one] != old[one])
    return ", ".join(differing) or "as it was"


class Life(Run):
    """A story without trouble, and what has to be left of it in the end: nothing."""

    chronicler: Chronicler

    def _go_on(self, turns: int) -> None:
        """All that a step brings about, and then all that has to hold whatever comes next."""
        self._drain()
        if self.state.pending:
            self.region.clock.advance(2 * SETTLED_AFTER)
            self.region.spawn_sweep()
            self._drain()
        self._look()

    def _check(self) -> None:
        """First as it stands, then when everybody has come of age."""
        self._settle_down()
        self._look()
        self.outcome.broken += left_of_erased(self.region, grown_up=False)
        self.chronicler.withdraw_all()
        self.region.clock.advance(_AFTER_ALL)
        self._settle_down()
        self._look()
        self.outcome.broken += left_of_erased(self.region, grown_up=True)

    def _witness(self, match: Match) -> None:
        """Two youths that turned out to be one: nobody was told of an end, also once the match is erased."""
        super()._witness(match)
        if match.end_reason is EndReason.SAME_PERSON or match.episode > 1:
            self.state.merged[match.id] = match

    def drain(self) -> None:
        """All that streams bring about."""
        self._drain()

    def _look(self) -> None:
        self.state.supervised |= brought_together(self.state)  # heard is heard, also once a match is erased
        self.outcome.broken += broken_promises(self.region, self.handovers)
        self.outcome.broken += broken_limits(self.region, self.chronicler.laws)
        self.outcome.broken += broken_rights(self.region, self.chronicler.filed)

    def _settle_down(self) -> None:
        """The hourly run, streams, the sweep and the end of erasures, until nothing changes any more."""
        for look in range(4 * MOST_LOOKS):
            self.chronicler.desk.spawn_hour()
            self.drain()
            self.chronicler.finish(self.chance)
            self.region.clock.advance(2 * SETTLED_AFTER)
            self.region.spawn_sweep()
            self.drain()
            if look >= MOST_LOOKS and all(one.completed_at for one in self.state.erasures.values()):
                return  # a day may have turned meanwhile, and let go of one more
