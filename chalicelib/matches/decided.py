"""The persons around a signal, read and decided: what matches rest on, and what the archive is asked by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chalicelib.matches.closure import Closure
from chalicelib.matches.closure_reader import ClosureReader
from chalicelib.matching import Decision, MatchingProfile, Model, decide
from chalicelib.ports.storage import Storage
from chalicelib.ports.world import IndexHasher


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidePersons:
    """Reads the closure of a signal as it is today, and decides it."""

    storage: Storage
    hasher: IndexHasher
    model: Model
    profile: MatchingProfile
    today: date

    def __call__(self, signal_id: str) -> tuple[Closure, Decision]:
        """The closure and its decision; writes nothing. Raises StorageBusy, ClosureTooLarge."""
        reader = ClosureReader(
            storage=self.storage,
            hasher=self.hasher,
            model=self.model,
            today=self.today,
            address_match=self.profile.address_match,
        )
        closure = reader.read(signal_id)
        decision = decide(
            closure.records(),
            verdicts=closure.verdicts(),
            excluded=frozenset(closure.excluded),
            around=closure.around(),
            compared=closure.compared,
            model=self.model,
            profile=self.profile,
        )
        return closure, decision
