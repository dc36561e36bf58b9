"""Functions that stay warm: each remembers the key sets a while, as the settings over their table do."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from random import Random
from typing import Any, Final

from chalicelib.models.settings import KEPT, Keysets
from chalicelib.ports.region import KeysetsInUse
from chalicelib.ports.storage import SettingStore, Storage
from tests.fakes import FixedClock
from tests.simulation.scheduling import Actor, Scheduler

INSTANCES: Final = 3
"""Warm functions among which invocations are divided; they read the key sets at moments of their own."""
OPERATOR: Final = "operator"
"""What the name of an actor begins with whose process is its own."""


@dataclass(slots=True)
class WarmInstances:
    """Says in which process whoever acts now runs: a command in a new one, all else in a warm one."""

    scheduler: Scheduler
    chance: Random
    _homes: dict[Actor, Hashable] = field(default_factory=dict)

    def __call__(self) -> Hashable:
        """The process; None when nobody acts, and the simulation itself asks."""
        actor = self.scheduler.now
        if actor is None:
            return None
        if actor not in self._homes:
            own = actor.name.startswith(OPERATOR)
            self._homes[actor] = actor if own else self.chance.randrange(INSTANCES)
        return self._homes[actor]


@dataclass(slots=True)
class WarmSettings:
    """Settings of which every process remembers the key sets for as long as a function does."""

    settings: SettingStore
    clock: FixedClock
    instances: WarmInstances
    _known: dict[Hashable, tuple[Keysets, datetime]] = field(default_factory=dict)

    def keysets(self) -> Keysets:
        """Those this process remembers, or those there are."""
        process = self.instances()
        known = self._known.get(process)
        if process is None or known is None or self.clock.now() - known[1] >= KEPT:
            stored = self.keysets_in_use()
            return stored.written, stored.read
        return known[0]

    def keysets_in_use(self) -> KeysetsInUse:
        """Those there are, which this process remembers."""
        now, stored = self.clock.now(), self.settings.keysets_in_use()
        self._known[self.instances()] = (stored.written, stored.read), now
        return stored

    def put_keysets(
        self, written: tuple[str, ...], read: tuple[str, ...], *, previous: tuple[str, ...]
    ) -> None:
        """Replace them, and remember it."""
        self.settings.put_keysets(written, read, previous=previous)
        self._known[self.instances()] = (tuple(sorted(written)), tuple(sorted(read))), self.clock.now()

    def report(self, name: str) -> Mapping[str, str | int] | None:
        """A stored report."""
        return self.settings.report(name)

    def put_report(self, name: str, report: Mapping[str, str | int]) -> None:
        """Create or replace a report."""
        self.settings.put_report(name, report)


def warmed(storage: Storage, settings: WarmSettings) -> Storage:
    """The same stores, which ask for the key sets as warm functions do."""
    stores: dict[str, Any] = {one.name: getattr(storage, one.name) for one in fields(Storage)}
    exclusions = replace(stores["exclusions"], settings=settings)
    return Storage(**{**stores, "settings": settings, "exclusions": exclusions})
