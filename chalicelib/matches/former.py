"""Whom a signal bore on before it changed or ended, found by what it said then.

A match may rest on a signal that is none of its sides, and a doubt may be raised by one. When that
signal changes or ends before matches of its own are written, nothing that is stored leads from it to
them. What it said until its last reconcile does. So it does to those at an address that one family too
many kept from being one home (D13): when that family leaves, they may be.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from chalicelib.domain.signal import SignalState
from chalicelib.matches.closure import Closure
from chalicelib.matching import FoldedYouth, Model, Outcome, Youth, compare, fold, homes_left, looked_up_keys
from chalicelib.ports.sealing import SealBroken
from chalicelib.ports.storage import Storage
from chalicelib.ports.world import IndexHasher


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerNeighbours:
    """Finds the signals that a former self of a signal went with.

    ``most_families``: with more at one address it counts for nobody; 0 when addresses never count.
    """

    storage: Storage
    hasher: IndexHasher
    model: Model
    most_families: int

    def of(self, closure: Closure, formers: Iterable[Youth]) -> dict[str, int]:
        """Ids and revisions of those that were not settled with the subject of this closure.

        ``formers`` are what the subject said before; what it says itself while it is active no more is
        one of them. A neighbour whose record cannot be opened is named unseen: its own reconcile waits
        until it can, the subject's need not.
        """
        near: dict[str, int] = {}
        for youth in sorted({*formers, *_silent(closure)}, key=repr):
            mine = fold(youth)
            holders = self._holders(closure, mine) - closure.core - near.keys()
            staying = [closure.folded[one] for one in closure.core & closure.folded.keys()]
            near.update(self._near(mine, staying, sorted(holders)))
        return near

    def _holders(self, closure: Closure, mine: FoldedYouth) -> set[str]:
        _, keysets = self.storage.settings.keysets()
        keys = self.hasher.hashed(looked_up_keys(mine), keysets)
        closure.holders.update(self.storage.signals.holders(keys - closure.holders.keys()))
        return set().union(*(closure.holders[key] for key in keys)) - {closure.subject}

    def _near(
        self, mine: FoldedYouth, staying: Sequence[FoldedYouth], others: Sequence[str]
    ) -> dict[str, int]:
        if not others:
            return {}
        try:
            found = self.storage.signals.get_many(others)
        except SealBroken:
            return self._near_one_by_one(mine, staying, others)
        folded = {
            one: fold(signal.youth)
            for one, signal in found.items()
            if signal.state is SignalState.ACTIVE and signal.youth is not None
        }
        left = homes_left(mine, (*staying, *folded.values()), most_families=self.most_families)
        return {
            one: found[one].revision
            for one, theirs in folded.items()
            if not left.isdisjoint(theirs.addresses)
            or compare(mine, theirs, self.model).person is not Outcome.NO
        }

    def _near_one_by_one(
        self, mine: FoldedYouth, staying: Sequence[FoldedYouth], others: Sequence[str]
    ) -> dict[str, int]:
        if len(others) == 1:
            return {one: unseen.revision for one, unseen in self.storage.signals.sealed(others).items()}
        return {name: number for one in others for name, number in self._near(mine, staying, (one,)).items()}


def _silent(closure: Closure) -> set[Youth]:
    """What the subject says of its youth although it is not active."""
    signal = closure.signals.get(closure.subject)
    if signal is None or signal.youth is None or closure.subject in closure.folded:
        return set()
    return {signal.youth}
