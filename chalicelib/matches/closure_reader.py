"""Reading the closure of a signal, all of it consistently."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from chalicelib.domain.match import MatchState
from chalicelib.domain.review import ReviewState
from chalicelib.domain.signal import IndexKey
from chalicelib.matches.closure import Closure, ClosureTooLarge
from chalicelib.matches.opened import opened
from chalicelib.matching import (
    Basis,
    FoldedYouth,
    MatchKind,
    Model,
    Outcome,
    compare,
    fold,
    looked_up_keys,
    ordered,
)
from chalicelib.ports.errors import StorageBusy
from chalicelib.ports.storage import Storage
from chalicelib.ports.world import IndexHasher

LARGEST_CLOSURE = 400


@dataclass(frozen=True, slots=True)
class Visit:
    """What one signal leads to: by evidence, a stored match that is active, an open review, a verdict."""

    persons: frozenset[str]
    households: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosureReader:
    """Walks from a signal along person edges, once along household edges, and along persons again.

    A household match rests on the evidence of both groups and is never transitive, so one step
    between groups is enough.
    """

    storage: Storage
    hasher: IndexHasher
    model: Model
    today: date
    address_match: bool

    def read(self, signal_id: str) -> Closure:
        """The closure of a signal, which may be ended or gone.

        What shares a stored match with the signal is walked as the signal itself is, so that matches
        that rested on its evidence are settled too.

        Each key is asked for once: what is written under it later has a reconcile of its own.

        Raises StorageBusy when a key item of the signal cannot be read yet, ClosureTooLarge.
        """
        closure = Closure(signal_id)
        self._load(closure, (signal_id,))
        self._require_keys(closure, signal_id)
        seeds = {signal_id} | self._stored_partners(closure, signal_id, *MatchKind)
        neighbours = self._walk(closure, seeds)
        closure.core = frozenset(closure.walked)
        self._walk(closure, neighbours - closure.walked)
        return closure

    def _walk(self, closure: Closure, seeds: Iterable[str]) -> set[str]:
        """Walk person edges from the seeds; return the household neighbours of all walked."""
        frontier = set(seeds)
        neighbours: set[str] = set()
        while frontier:
            if len(closure.walked) + len(frontier) > LARGEST_CLOSURE:
                raise ClosureTooLarge
            self._load(closure, frontier)
            following: set[str] = set()
            for one in sorted(frontier):
                closure.walked.add(one)
                visit = self._visit(closure, one)
                following |= visit.persons
                neighbours |= visit.households
            frontier = following - closure.walked
        return neighbours

    def _visit(self, closure: Closure, signal_id: str) -> Visit:
        persons = self._stored_partners(closure, signal_id, MatchKind.PERSON)
        persons |= _in_review_with(closure, signal_id) | _same_by_verdict(closure, signal_id)
        persons |= _succession(closure, signal_id)
        households = self._stored_partners(closure, signal_id, MatchKind.HOUSEHOLD)
        mine = closure.folded.get(signal_id)
        if mine is None:
            return Visit(frozenset(persons), frozenset(households))
        self._look_up_register(closure, mine)
        for other in self._candidates(closure, signal_id):
            theirs = closure.folded.get(other)
            if theirs is None:
                continue
            comparison = compare(mine, theirs, self.model)
            closure.compared[ordered(signal_id, other)] = comparison.evidence
            if comparison.person is not Outcome.NO:
                persons.add(other)
            if comparison.household and not self._only_excluded(closure, comparison.household, mine, theirs):
                households.add(other)
        return Visit(frozenset(persons), frozenset(households))

    def _stored_partners(self, closure: Closure, signal_id: str, *kinds: MatchKind) -> set[str]:
        """Those who share a stored active match of these kinds with the signal."""
        if signal_id not in closure.listed:
            closure.listed.add(signal_id)
            links = self.storage.matches.links_of(signal_id)
            closure.matches.update({match.id: match for match in links.matches})
            closure.reviews.update({review.id: review for review in links.reviews})
        return {
            match.other_side(signal_id).signal_id
            for match in closure.matches.values()
            if match.state is MatchState.ACTIVE and match.kind in kinds and match.concerns(signal_id)
        }

    def _candidates(self, closure: Closure, signal_id: str) -> list[str]:
        keys = self._lookups(closure, signal_id)
        closure.holders.update(self.storage.signals.holders(keys - closure.holders.keys()))
        found = sorted(frozenset().union(*(closure.holders[key] for key in keys)) - {signal_id})
        self._load(closure, found)
        return found

    def _lookups(self, closure: Closure, signal_id: str) -> frozenset[IndexKey]:
        """The keys under which others who may be related are found, in each key set it is found in itself."""
        keysets = sorted({key.keyset for key in closure.signals[signal_id].keys})
        return self.hasher.hashed(looked_up_keys(closure.folded[signal_id]), keysets)

    def _require_keys(self, closure: Closure, signal_id: str) -> None:
        """The key items of the signal's current revision must be readable.

        Those that are looked up anyway tell: a revision's items are written in one transaction.
        """
        if signal_id in closure.folded:
            keys = self._lookups(closure, signal_id)
            closure.holders.update(self.storage.signals.holders(keys))
            if any(signal_id not in closure.holders[key] for key in keys & closure.signals[signal_id].keys):
                raise StorageBusy("a key item of the signal cannot be read yet")

    def _load(self, closure: Closure, signal_ids: Iterable[str]) -> None:
        wanted = [one for one in signal_ids if one not in closure.signals]
        if not wanted:
            return
        found = opened(self.storage.signals, wanted, self.today, subject=closure.subject)
        closure.signals.update(found)
        for one, signal in found.items():
            if signal.is_active(self.today) and signal.youth is not None:
                closure.folded[one] = fold(signal.youth)

    def _look_up_register(self, closure: Closure, youth: FoldedYouth) -> None:
        forms = {form for address in youth.addresses for form in (address.number, address.exact)}
        unknown = forms - closure.checked
        if unknown:
            closure.checked |= unknown
            closure.excluded |= self.storage.exclusions.excluded(unknown, self.today)

    def _only_excluded(
        self, closure: Closure, basis: frozenset[Basis], mine: FoldedYouth, theirs: FoldedYouth
    ) -> bool:
        """Whether all that the two share is an address that makes no match (D13)."""
        if basis != frozenset({Basis.SHARED_ADDRESS}):
            return False
        if not self.address_match:
            return True
        shared = {address.number for address in mine.addresses} & {
            address.number for address in theirs.addresses
        }
        return bool(shared) and all(
            address.number in closure.excluded or address.exact in closure.excluded
            for address in mine.addresses
            if address.number in shared
        )


def _in_review_with(closure: Closure, signal_id: str) -> set[str]:
    """Those who share an open review with the signal."""
    return {
        review.other(signal_id)
        for review in closure.reviews.values()
        if review.state is ReviewState.OPEN and signal_id in review.signal_ids
    }


def _succession(closure: Closure, signal_id: str) -> set[str]:
    """Who took its place, and whose place it took, as far back as matches may still have to be taken over.

    An ended signal that has any matches, or reviews, was reconciled, and took over what there was.
    """
    signal = closure.signals.get(signal_id)
    if signal is None:
        return set()
    linked = any(match.concerns(signal_id) for match in closure.matches.values())
    linked |= any(signal_id in review.signal_ids for review in closure.reviews.values())
    before = signal.renews if signal_id in closure.folded or not linked else None
    return {one for one in (before, signal.renewed_by) if one is not None}


def _same_by_verdict(closure: Closure, signal_id: str) -> set[str]:
    """Those of whom a person said that they are about the same youth."""
    signal = closure.signals.get(signal_id)
    return {verdict.other_id for verdict in signal.verdicts if verdict.same} if signal is not None else set()
