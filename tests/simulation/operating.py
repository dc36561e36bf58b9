"""An operator who brings in new key sets while everything else goes on, and what must be true of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Final

from chalicelib.organisations.trail import OperatorTrail
from chalicelib.security.hashing import secret_version_of
from chalicelib.upkeep.keysets import REPORT, SETTLING, KeysetRefused, Keysets, Step
from chalicelib.upkeep.rekeying import Rekeying
from tests.simulation.clients import keys_of
from tests.simulation.quickly import QuickHasher
from tests.simulation.region import Region
from tests.simulation.warm import OPERATOR
from tests.unit.organisations.operators import FakeVersions

COMMANDS: Final = ("begin", "backfill", "verify", "switch", "drop")
_NEXT: Final = {
    Step.BEGUN: ("backfill", "backfill", "verify", "verify", "verify"),
    Step.VERIFIED: ("switch", "switch", "switch", "backfill"),
    Step.SWITCHED: ("drop",),
}
"""What somebody who knows the steps does next, mostly; a backfill may have to be made again."""
WALK: Final = timedelta(hours=1)
WAITS: Final = (timedelta(0), timedelta(0), timedelta(minutes=1), timedelta(minutes=6), SETTLING, SETTLING)
"""What passes before a command in a story: some are given too early."""


@dataclass(slots=True)
class KeysetOperator:
    """Gives one command after the other, each in a process of its own that may stop anywhere.

    ``broken`` says what was not so at the moment a change ended.
    """

    region: Region
    chance: Random
    versions: FakeVersions = field(default_factory=FakeVersions)
    broken: list[str] = field(default_factory=list)
    _at_work: bool = False

    def operate(self, chance: Random) -> str:
        """Some time passes, and a command is given: mostly what comes next, now and then out of order."""
        passed = chance.choice(WAITS)
        self.region.clock.advance(passed)
        any_of_them = chance.choice(COMMANDS) if chance.random() < 0.15 else None
        self._give(chance.getrandbits(32), any_of_them, begins=True)
        return f"after {passed} the operator {any_of_them or 'goes on with the key sets'}"

    def go_on(self) -> None:
        """Do what is left of a change that was begun."""
        if not self.is_done:
            self._give(self.chance.getrandbits(32), None, begins=False)

    @property
    def is_done(self) -> bool:
        """Whether one key set is in use and no change is under way."""
        step = self.region.state.reports.get(REPORT, {}).get("step", Step.NONE)
        return step == Step.NONE and not self._broke_off

    @property
    def _broke_off(self) -> bool:
        """Whether there are more secrets, or key sets, than the one in use: a begin that broke off."""
        return len(self.versions.held) > 1 or len(self.region.in_use) > 1

    def _give(self, seed: int, command: str | None, *, begins: bool) -> None:
        if self._at_work:
            return
        self._at_work = True

        def over(error: BaseException | None) -> None:
            self._at_work = False
            if isinstance(error, KeysetRefused):
                self.region.scheduler.count("keysets refused")

        self.region.scheduler.spawn(
            f"{OPERATOR} {command or 'goes on'}",
            lambda: self._act(Random(seed), command, begins=begins),
            life=WALK,
            over=over,
        )

    def _act(self, chance: Random, command: str | None, *, begins: bool) -> None:
        keysets = self._keysets
        if command is None:
            change = keysets.under_way()
            if change is None and not (begins or self._broke_off):
                return
            command = "begin" if change is None else chance.choice(_NEXT[change.step])
        deed: Callable[[], object] = getattr(self, f"_{command}")
        deed()
        self.region.scheduler.trace(f"the operator did {command}")
        if command == "begin" and chance.random() < 0.5:
            self._backfill()

    def _begin(self) -> None:
        """A version follows on the one in use; what broke off is begun again with the same."""
        written, _ = self.region.storage.settings.keysets()
        first = min(int(secret_version_of(one).removeprefix("v")) for one in written)
        self._keysets.begin(f"v{first + 1}", operator="eva")

    def _backfill(self) -> None:
        self._rekeying.backfill()

    def _verify(self) -> None:
        self._rekeying.verify()

    def _switch(self) -> None:
        self._keysets.switch(operator="eva")
        self.region.scheduler.count("keysets switched")

    def _drop(self) -> None:
        if not self._rekeying.drop(operator="eva").missed:
            self.region.scheduler.count("keysets changed")
            self.region.state.look()
            self.broken += unfindable(self.region)

    @property
    def _keysets(self) -> Keysets:
        storage, clock = self.region.storage, self.region.clock
        trail = OperatorTrail(names=self.region.names, clock=clock)
        return Keysets(storage=storage, versions=self.versions, trail=trail, clock=clock)

    @property
    def _rekeying(self) -> Rekeying:
        return Rekeying(storage=self.region.storage, hasher=QuickHasher(), keysets=self._keysets)


def unfindable(region: Region) -> Iterator[str]:
    """Signals that lack keys, or have others, the moment a change has ended."""
    for one, signal in sorted(region.state.signals.items()):
        if signal.keys != keys_of(signal, region.in_use):
            yield f"{one} is not found as it should be once the old keys are dropped"


def broken_keysets(region: Region, operator: KeysetOperator) -> Iterator[str]:
    """What does not hold of the register and of the secret once a change has ended."""
    yield from _broken_register(region)
    if not operator.is_done:
        yield "a change of key sets does not come to its end"
    if operator.versions.held != {secret_version_of(one) for one in region.in_use}:
        yield f"the secret has versions {sorted(operator.versions.held)} for {region.in_use}"


def _broken_register(region: Region) -> Iterator[str]:
    """Each address that was excluded has its entry under the key set in use, and nothing else is there."""
    wanted = {
        (form, keyset): entry for form, entry in region.state.excluded.items() for keyset in region.in_use
    }
    held = region.state.register
    for form, keyset in sorted(held.keys() - wanted.keys()):
        yield f"{form} is in the register under {keyset}, and should not be"
    for form, keyset in sorted(wanted.keys() - held.keys()):
        yield f"{form} is not in the register under {keyset}"
    for form, keyset in sorted(held.keys() & wanted.keys()):
        if held[form, keyset] != wanted[form, keyset]:
            yield f"{form} is in the register under {keyset} as it was before"
