"""Reconcile: make the stored matches around one signal those there should be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime

from chalicelib.clock import Clock
from chalicelib.domain.dates import amsterdam_day
from chalicelib.domain.match import MatchState
from chalicelib.domain.notice import Notice, NoticeKind
from chalicelib.domain.review import ReviewState
from chalicelib.matches.closure import Closure, ClosureTooLarge
from chalicelib.matches.crowding import crowded_out
from chalicelib.matches.decided import DecidePersons
from chalicelib.matches.doubts import ReviewSettlement, review_settlements
from chalicelib.matches.earlier import FindEarlier
from chalicelib.matches.former import FormerNeighbours
from chalicelib.matches.guards import guarded, guards_of
from chalicelib.matches.match_keys import KeyedSettlement, with_match_keys
from chalicelib.matches.news import notices_for, with_looks
from chalicelib.matches.plan import Plan, ReconcileReport, Tally
from chalicelib.matches.settle import Settlement, settlements
from chalicelib.matching import MatchingProfile, Model
from chalicelib.ports.errors import AlreadyThere, NameTaken, Stale, StorageBusy
from chalicelib.ports.sealing import SealBroken
from chalicelib.ports.storage import MatchChange, PendingWork, ReviewChange, Storage
from chalicelib.ports.world import IndexHasher, Names

MOST_ROUNDS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconcile:
    """Settles all pairs in the closure of a signal; harmless to repeat, in any order, at any time.

    Every match is written in one transaction that checks state and revision of each signal it rests
    on; after the last write everything is read again, until nothing is left to change. So whoever
    writes last has seen everything committed before, and what commits later has its own reconcile.
    """

    storage: Storage
    hasher: IndexHasher
    names: Names
    clock: Clock
    model: Model
    profile: MatchingProfile
    stage_code: str
    same_organisation: bool
    supervisor_notices: bool = True
    time_left: Callable[[], bool] = lambda: True

    def __call__(self, signal_id: str) -> ReconcileReport:
        """Reconcile one signal, existing or gone; then wake delivery and drop its work item.

        Raises StorageBusy when it must be tried again (the work item stays), ClosureTooLarge.
        """
        tally = Tally()
        receivers: set[str] = set()
        try:
            rounds, neighbours = self._settle(signal_id, tally, receivers)
            self._settle_all(neighbours, receivers)
        finally:
            self.storage.notices.wake(sorted(receivers))
        return tally.report(signal_id, rounds)

    def _settle(self, signal_id: str, tally: Tally, receivers: set[str]) -> tuple[int, tuple[str, ...]]:
        """Settle what is around one signal, and drop its work item; answers whom to settle as well.

        They are those whom a former self of the signal bore on, or who have a match that its coming undid;
        they have a work item of their own by now.
        """
        pending = self.storage.work.pending(signal_id)
        rounds = self._settle_until_quiet(signal_id, tally, receivers)
        if pending is None:
            return rounds, ()
        neighbours = {**self._former_neighbours(pending, tally), **tally.crowded_out}
        for one, revision in neighbours.items():
            self.storage.work.add_pending(one, revision, self.clock.now())
        self._look_into_archive(tally)
        self.storage.work.done(pending)
        return rounds, tuple(neighbours)

    def _settle_all(self, signal_ids: Iterable[str], receivers: set[str]) -> None:
        """Settle each, and whom they lead to; what cannot be settled now keeps its work item."""
        waiting = list(signal_ids)
        while waiting and self.time_left():
            with suppress(StorageBusy, ClosureTooLarge, SealBroken):
                waiting += self._settle(waiting.pop(), Tally(), receivers)[1]

    def _look_into_archive(self, tally: Tally) -> None:
        """Have a signal that is new know whether there are earlier ones (D36)."""
        if tally.closure is None:
            return
        FindEarlier(self._persons(self.clock.now())).tell(tally.closure, tally.groups)

    def _persons(self, now: datetime) -> DecidePersons:
        return DecidePersons(
            storage=self.storage,
            hasher=self.hasher,
            model=self.model,
            profile=self.profile,
            today=amsterdam_day(now),
        )

    def _former_neighbours(self, pending: PendingWork, tally: Tally) -> dict[str, int]:
        if tally.closure is None:
            return {}
        finder = FormerNeighbours(
            storage=self.storage,
            hasher=self.hasher,
            model=self.model,
            most_families=self.profile.unrelated_youths_per_address if self.profile.address_match else 0,
        )
        return finder.of(tally.closure, self.storage.work.formers(pending))

    def plan(self, signal_id: str) -> Plan:
        """What a reconcile of this signal would write now; writes nothing.

        Raises StorageBusy, ClosureTooLarge.
        """
        return self._plan(signal_id, self.clock.now())

    def _settle_until_quiet(self, signal_id: str, tally: Tally, receivers: set[str]) -> int:
        for round_number in range(1, MOST_ROUNDS + 1):
            if not self.time_left():
                raise StorageBusy("out of time before everything was settled")
            try:
                if not self._round(signal_id, tally, receivers):
                    return round_number
            except (Stale, AlreadyThere, NameTaken):
                continue  # somebody wrote meanwhile: what was read no longer holds, read again
        raise StorageBusy("others kept writing; try again later")

    def _round(self, signal_id: str, tally: Tally, receivers: set[str]) -> bool:
        """One reading and what follows from it; False when there was nothing to change."""
        now = self.clock.now()
        plan = self._plan(signal_id, now)
        tally.closure, tally.groups = plan.closure, plan.decision.groups
        tally.crowded_out = crowded_out(plan.closure, plan.decision)
        tally.possible = len(plan.decision.possible)
        settled = plan.settlements
        notices = notices_for(
            settled,
            plan.closure.matches.values(),
            plan.cases,
            self._supervisors(settled, plan.closure),
            now,
            heirs=plan.closure.heirs(),
        )
        notices = with_looks(notices, settled, plan.cases, now)
        for one in plan.keyed:
            self._write(one, plan.closure, notices.get(one.settlement.match.id, ()), tally, receivers)
        for doubt in plan.doubts:
            self._write_review(doubt, plan.closure)
            tally.reviews += 1
        return bool(plan.keyed or plan.doubts)

    def _plan(self, signal_id: str, now: datetime) -> Plan:
        closure, decision = self._persons(now)(signal_id)
        changes = settlements(
            closure,
            decision,
            stage_code=self.stage_code,
            same_organisation=self.same_organisation,
            now=now,
        )
        groups = {one: group for group in decision.groups for one in group}
        keyed = guarded(closure, with_match_keys(changes, closure.matches, groups, self.names))
        doubts = review_settlements(closure, decision, stage_code=self.stage_code, now=now)
        return Plan(closure=closure, decision=decision, groups=groups, keyed=keyed, doubts=doubts)

    def _write(
        self,
        keyed: KeyedSettlement,
        closure: Closure,
        notices: tuple[Notice, ...],
        tally: Tally,
        receivers: set[str],
    ) -> None:
        match, previous = keyed.settlement.match, keyed.settlement.previous
        change = MatchChange(
            match=match,
            previous_revision=previous.revision if previous is not None else None,
            guards=guards_of(
                closure,
                {side.signal_id for side in match.sides} | match.rests_on,
                active=match.state is MatchState.ACTIVE,
            ),
            notices=notices,
            name=keyed.name,
        )
        with _read_again():
            self.storage.matches.commit(change)
        tally.arisen += keyed.settlement.arises
        tally.ended += keyed.settlement.ends
        tally.rewritten += not (keyed.settlement.arises or keyed.settlement.ends)
        tally.notices += sum(notice.kind is not NoticeKind.LOOK for notice in notices)
        receivers.update(notice.receiver for notice in notices)

    def _write_review(self, doubt: ReviewSettlement, closure: Closure) -> None:
        """Nobody is told: a doubt is the region administrator's alone."""
        review, previous = doubt.review, doubt.previous
        change = ReviewChange(
            review=review,
            previous_revision=previous.revision if previous is not None else None,
            guards=guards_of(closure, review.signal_ids, active=review.state is ReviewState.OPEN),
        )
        with _read_again():
            self.storage.reviews.commit(change)

    def _supervisors(self, changes: Iterable[Settlement], closure: Closure) -> dict[str, frozenset[str]]:
        """Per signal of an arising match the receivers that watch over its municipality (D17)."""
        if not self.supervisor_notices:
            return {}
        signal_ids = {side.signal_id for change in changes if change.arises for side in change.match.sides}
        codes = {one: code for one in signal_ids if (code := _municipality(closure, one)) is not None}
        found = {code: self.storage.organisations.supervisor(code) for code in sorted(set(codes.values()))}
        return {
            one: frozenset({receiver}) for one, code in codes.items() if (receiver := found[code]) is not None
        }


@contextmanager
def _read_again() -> Iterator[None]:
    """Raise Stale for StorageBusy: two reconciles of one family met in a write, or no answer came."""
    try:
        yield
    except StorageBusy as busy:
        raise Stale from busy


def _municipality(closure: Closure, signal_id: str) -> str | None:
    youth = closure.signals[signal_id].youth
    return youth.address.municipality_code if youth is not None and youth.address is not None else None
