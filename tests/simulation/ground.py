"""What a run stands on: rows in memory, or tables."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Protocol

from chalicelib.ports.storage import Storage
from tests.fakes import FixedClock
from tests.simulation.register import ROWED
from tests.simulation.scheduling import Scheduler
from tests.simulation.stores import Parts, SteppedState, SteppedStorage


class Ground(Protocol):
    """The stores of one run, and the rows they hold as the run sees them."""

    storage: Storage
    state: SteppedState

    def stepped(self, scheduler: Scheduler) -> AbstractContextManager[None]:
        """Inside, actors hand over before every operation of the stores."""
        ...


class InMemory:
    """The fakes, which step by themselves."""

    def __init__(self, clock: FixedClock, parts: Parts, *, rotates: bool = False) -> None:
        parts = {**ROWED, **parts} if rotates else parts
        storage = SteppedStorage(clock, parts)
        self.storage: Storage = storage
        self.state = storage.state

    def stepped(self, scheduler: Scheduler) -> AbstractContextManager[None]:
        """Before every read and write, and after every write."""
        self.state.before, self.state.after = scheduler.before, scheduler.after
        return nullcontext()
