"""The code with one thing wrong at a time: what the simulation must notice (docs/simulation.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, replace
from datetime import datetime

import chalicelib.matches.former as looking_before
import chalicelib.matches.reconcile as reconciling
import chalicelib.matches.settle as settling
import chalicelib.notices.send as sending
from chalicelib.domain.match import Match, MatchState
from chalicelib.domain.notice import Notice, NoticeState
from chalicelib.domain.signal import IndexKey, Signal
from chalicelib.matches.closure import Closure
from chalicelib.matches.closure_reader import ClosureReader
from chalicelib.matches.match_keys import KeyedSettlement
from chalicelib.matches.plan import Plan, ReconcileReport
from chalicelib.matches.reconcile import MOST_ROUNDS, Reconcile
from chalicelib.matching import AddressForms
from chalicelib.notices.addressee import Addressee
from chalicelib.notices.case import Case
from chalicelib.notices.deliver import Deliver
from chalicelib.notices.letter import compose
from chalicelib.notices.report import DeliveryReport
from chalicelib.notices.send import SendMails
from chalicelib.notices.tidings import Tiding
from chalicelib.ports.errors import AlreadyThere, NameTaken, Stale, StorageBusy
from chalicelib.ports.storage import MatchChange, PendingWork, SignalChange
from chalicelib.upkeep.sweep import Sweep
from tests.fakes.signals import FakeSignals
from tests.fakes.work import FakeLeases, FakeNotices
from tests.simulation.mutants_of_keysets import MUTANTS_OF_KEYSETS
from tests.simulation.mutants_of_lives import MUTANTS_OF_LIVES
from tests.simulation.stores import SteppedMatches, SteppedNotices, SteppedSignals, SteppedState, SteppedWork
from tests.simulation.variant import Variant


class KeysApart(SteppedSignals):
    """Key items are written after the signal, not with it."""

    def _write(self, signal: Signal, since: datetime) -> None:
        SteppedSignals._write(self, replace(signal, keys=frozenset()), since)
        self.state.signals[signal.id] = signal
        self.state.before("signals.keys")
        for key in signal.keys:
            self.state.keys[key].add(signal.id)


class KeysKept(SteppedSignals):
    """What a signal no longer is remains in the index."""

    def change(self, change: SignalChange) -> None:
        """Write the next revision; remove nothing."""
        FakeSignals.change(self, change)
        for key in change.previous.keys:
            self.state.keys[key].add(change.signal.id)


class StaleSignals(SteppedSignals):
    """Eventually consistent reads: now and then what was there before the last write."""

    def __init__(self, state: SteppedState) -> None:
        super().__init__(state=state)
        object.__setattr__(self, "before", {})

    def get_many(self, signal_ids: object) -> dict[str, Signal]:
        """As it is, or as it was."""
        found = SteppedSignals.get_many(self, signal_ids)  # type: ignore[arg-type]
        return {one: self._old(one, signal) for one, signal in found.items()}

    def _old(self, one: str, signal: Signal) -> Signal:
        known: dict[str, list[Signal]] = self.before  # type: ignore[attr-defined]
        seen = known.setdefault(one, [signal])
        if seen[-1] is signal:
            return signal
        seen.append(signal)
        return seen[-2]


class LaggingKeys(SteppedSignals):
    """Keys through an index that shows a new item only at the third look."""

    def __init__(self, state: SteppedState) -> None:
        super().__init__(state=state)
        object.__setattr__(self, "shown", {})

    def holders(self, keys: Iterable[IndexKey]) -> dict[IndexKey, frozenset[str]]:
        """Who held each key two looks ago."""
        found = SteppedSignals.holders(self, keys)
        looks: dict[IndexKey, list[frozenset[str]]] = self.shown  # type: ignore[attr-defined]
        for key, holders in found.items():
            looks.setdefault(key, [frozenset(), frozenset()]).append(holders)
        return {key: looks[key][-3] for key in found}


class Unconditional(SteppedMatches):
    """Creating and rewriting overwrite whatever is there."""

    def commit(self, change: MatchChange) -> None:
        """Write it over."""
        self.state.before("matches.commit")
        held = self.state.matches.get(change.match.id)
        for one in change.notices:
            self.state.notices.pop(one.id, None)
        quiet, self.state.before = self.state.before, lambda _: None
        try:
            SteppedMatches.commit(
                self,
                replace(change, previous_revision=held.revision if held else None),
            )
        finally:
            self.state.before = quiet


class RevisionUnchecked(SteppedMatches):
    """The guard asks only whether a signal is active."""

    def commit(self, change: MatchChange) -> None:
        """Write it if all are active, whatever they have become."""
        self.state.before("matches.commit")
        signals = self.state.signals
        guards = tuple(
            replace(one, revision=signals[one.signal_id].revision)
            for one in change.guards
            if one.signal_id in signals
        )
        quiet, self.state.before = self.state.before, lambda _: None
        try:
            SteppedMatches.commit(self, replace(change, guards=guards))
        finally:
            self.state.before = quiet


class EvidenceUnchecked(SteppedMatches):
    """The guard asks after the two sides, not after whom the match rests on."""

    def commit(self, change: MatchChange) -> None:
        """Write it if both sides are as they were."""
        sides = {side.signal_id for side in change.match.sides}
        guards = tuple(one for one in change.guards if one.signal_id in sides)
        SteppedMatches.commit(self, replace(change, guards=guards))


class ReadOnce(Reconcile):
    """No second reading of the closure after the last write."""

    def _settle_until_quiet(self, signal_id: str, *rest: object) -> int:
        for number in range(1, MOST_ROUNDS + 1):
            try:
                self._round(signal_id, *rest)  # type: ignore[arg-type]
            except (Stale, AlreadyThere, NameTaken):
                continue
            return number
        raise StorageBusy


class OwnPairsOnly(Reconcile):
    """Settles the pairs of the signal itself, not all in its closure."""

    def _plan(self, signal_id: str, now: datetime) -> Plan:
        plan = Reconcile._plan(self, signal_id, now)
        own = tuple(one for one in plan.keyed if one.settlement.match.concerns(signal_id))
        return replace(plan, keyed=own)


class PendingFirst(Reconcile):
    """The work item goes before the work is done."""

    def __call__(self, signal_id: str) -> ReconcileReport:
        """Drop the item, then reconcile."""
        pending = self.storage.work.pending(signal_id)
        if pending is not None:
            self.storage.work.done(pending)
        return Reconcile.__call__(self, signal_id)


class PendingDroppedAnyway(Reconcile):
    """The work item goes even when the work failed."""

    def __call__(self, signal_id: str) -> ReconcileReport:
        """Reconcile, and drop the item whatever came of it."""
        pending = self.storage.work.pending(signal_id)
        try:
            return Reconcile.__call__(self, signal_id)
        finally:
            if pending is not None:
                self.storage.work.done(pending)


class WokenTooEarly(Reconcile):
    """Delivery is woken before the notices are written, and never after."""

    def _write(
        self,
        keyed: KeyedSettlement,
        closure: Closure,
        notices: tuple[Notice, ...],
        tally: object,
        receivers: set[str],
    ) -> None:
        self.storage.notices.wake(sorted({notice.receiver for notice in notices}))
        Reconcile._write(self, keyed, closure, notices, tally, set())  # type: ignore[arg-type]


class DueTooShort(SteppedNotices):
    """The due item goes when sending begins."""

    def save(self, notices: object) -> None:
        """Write notices, and take those being sent for told."""
        FakeNotices.save(self, notices)  # type: ignore[arg-type]
        for notice in notices:  # type: ignore[attr-defined]
            if notice.state is NoticeState.SENDING:
                self.state.due.pop((notice.receiver, notice.id), None)


class LeaseIgnored(FakeLeases):
    """Whoever asks may deliver."""

    def acquire(self, name: str, owner: str, *, now: datetime, until: datetime) -> bool:
        """Always."""
        self.state.before("leases.acquire")
        return True


class MarksFirst(SendMails):
    """A notice counts as sent before its mail leaves."""

    def tell(self, whom: Addressee, tidings: Sequence[Tiding], *, after: datetime | None) -> DeliveryReport:
        """As the code, but for the order."""
        if tidings:
            self.settling.settle([one.notice for one in tidings], NoticeState.SENT)
            mail = sending.render(compose(whom.professional, tidings), self.region)  # type: ignore[attr-defined] # as it is patched
            self.mailer.send(mail)
        return DeliveryReport()


class MarkedBeforeSent(Deliver):
    """Sends so."""

    @property
    def _mails(self) -> SendMails:
        mails = vars(Deliver)["_mails"].fget(self)
        return MarksFirst(**{part.name: getattr(mails, part.name) for part in fields(mails)})


class NeverSentAgain(Deliver):
    """What a crash left SENDING counts as sent."""

    def _ready(self, receiver: str) -> tuple[Notice, ...]:
        ready = Deliver._ready(self, receiver)
        lost = [one for one in ready if one.state is NoticeState.SENDING]
        if lost:
            self.storage.notices.settle([replace(one, state=NoticeState.SENT, due_at=None) for one in lost])
        return tuple(one for one in ready if one.state is not NoticeState.SENDING)


class SweepForgetsNotices(Sweep):
    """The minute function takes up signals alone."""

    def __call__(self) -> object:  # type: ignore[override]
        """Reconcile what is pending."""
        return replace(self, deliver=lambda _: None).reconcile_only()

    def reconcile_only(self) -> object:
        """As the sweep, without delivery."""
        return Sweep.__call__(self)


class SweepStopsAtTheFirst(Sweep):
    """One failure ends the run."""

    def _each(self, items: object, act: Callable[[object], object], failed: object) -> tuple[int, int]:  # type: ignore[override]
        for item in items:  # type: ignore[attr-defined]
            act(item)
        return 0, 0


def _alone(case: Case) -> tuple[tuple[Match, ...], ...]:
    """Every match a group of its own, so that each is told."""
    return tuple((match,) for match in case.matches if match.state is MatchState.ACTIVE)


def _no_looks(notices: object, *_: object) -> object:
    """What is no news is looked at by nobody."""
    return notices


def _nobody(*_: object) -> dict[str, int]:
    """No neighbour is asked again."""
    return {}


def _no_home(*_: object, **__: object) -> frozenset[AddressForms]:
    """Nobody ever lived anywhere."""
    return frozenset()


class DoneAtAnyRevision(SteppedWork):
    """Whoever is done removes the work item, though it asks for more by now."""

    def done(self, work: PendingWork) -> None:
        """Remove it, whatever it says."""
        self.state.before("work.done")
        self.state.pending.pop(work.signal_id, None)
        self.state.after("work.done")


def _same_episode(_: object, current: Match) -> Match:
    return replace(current, state=MatchState.ACTIVE, ended_at=None, end_reason=None)


def _unasked(*_: object) -> None:
    """The own keys need not be readable."""


_settler = settling._Settler

MUTANTS = (
    Variant(name="keys outside the transaction", stores={"signals": KeysApart}),
    Variant(name="ended signals' keys kept", stores={"signals": KeysKept}),
    Variant(name="eventually consistent read of signals", stores={"signals": StaleSignals}),
    Variant(
        name="keys through a lagging index, own keys not asked for",
        stores={"signals": LaggingKeys},
        patches=((ClosureReader, "_require_keys", _unasked),),
    ),
    Variant(name="no condition on create", stores={"matches": Unconditional}),
    Variant(name="no revision in the guard", stores={"matches": RevisionUnchecked}, haste="changes"),
    Variant(name="evidence not guarded", stores={"matches": EvidenceUnchecked}),
    Variant(name="no second reading of the closure", reconcile=ReadOnce, haste="rivals"),
    Variant(name="only own pairs settled", reconcile=OwnPairsOnly),
    Variant(name="pending deleted first", reconcile=PendingFirst),
    Variant(name="pending deleted on failure too", reconcile=PendingDroppedAnyway),
    Variant(name="woken before the notices are written, never after", reconcile=WokenTooEarly),
    Variant(name="due item removed before SENT", stores={"notices": DueTooShort}),
    Variant(name="lease ignored", stores={"leases": LeaseIgnored}),
    Variant(name="marked before sent", deliver=MarkedBeforeSent),
    Variant(name="SENDING taken for SENT after a crash", deliver=NeverSentAgain),
    Variant(name="sweep forgets notices", sweep=SweepForgetsNotices),
    Variant(name="sweep stops at the first failure", sweep=SweepStopsAtTheFirst),
    Variant(name="told without the group", patches=((Case, "_groups", property(_alone)),)),
    Variant(name="what is no news is not looked at", patches=((reconciling, "with_looks", _no_looks),)),
    Variant(name="a family that comes undoes no match", patches=((reconciling, "crowded_out", _nobody),)),
    Variant(name="a family that leaves frees no home", patches=((looking_before, "homes_left", _no_home),)),
    Variant(name="pending deleted at any revision", stores={"work": DoneAtAnyRevision}, haste="changes"),
    Variant(name="episode not raised on return", patches=((_settler, "_returned", _same_episode),)),
    *MUTANTS_OF_LIVES,
    *MUTANTS_OF_KEYSETS,
)
"""Each must be caught; a test runs every one of them."""
