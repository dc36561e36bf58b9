"""A small region in memory: give, change and end signals, reconcile, and see what stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from chalicelib.domain.caller import Caller
from chalicelib.domain.match import Match, MatchState, match_id
from chalicelib.domain.notice import NoticeKind
from chalicelib.domain.organisation import Scope
from chalicelib.domain.review import Review, ReviewState, ReviewVerdict, review_id
from chalicelib.domain.signal import Signal, SignalState
from chalicelib.matches.plan import ReconcileReport
from chalicelib.matches.read import ReadMatches
from chalicelib.matches.reconcile import Reconcile
from chalicelib.matching import MatchingProfile, MatchKind, default_model
from chalicelib.ports.sealing import SealBroken
from chalicelib.ports.storage import NewSignal, SignalChange
from chalicelib.reviews.decide import DecideReview
from chalicelib.reviews.seen import SeenReview
from chalicelib.signals.give import GiveSignal
from chalicelib.signals.renew import RenewSignal
from chalicelib.signals.request import RenewalRequest
from tests.builders import STAGE_CODE, WrittenOut, make_audit, make_keys, make_organisation, make_professional
from tests.fakes import FakeNames, FakePseudonyms, FakeStorage, FixedClock
from tests.fakes.signals import FakeSignals

ADMINISTRATOR = Caller(
    organisation=make_organisation("region", scopes=frozenset({Scope.REVIEWS_DECIDE})),
    scopes=frozenset({Scope.REVIEWS_DECIDE}),
    professional_id="admin-1",
)


class OneIsBroken(FakeSignals):
    """The record of the first signal does not open."""

    def get_many(self, signal_ids: Iterable[str]) -> dict[str, Signal]:
        """Those that exist. Raises SealBroken."""
        asked = set(signal_ids)
        if "lo-1" in asked:
            raise SealBroken("lo-1")
        return FakeSignals.get_many(self, asked)


class World:
    """One region; ``storage.state`` shows every row and takes faults."""

    def __init__(self, profile: MatchingProfile | None = None) -> None:
        self.clock = FixedClock()
        self.storage = FakeStorage(self.clock)
        self.names = FakeNames()
        self.reconcile = Reconcile(
            storage=self.storage,
            hasher=WrittenOut(),
            names=self.names,
            clock=self.clock,
            model=default_model(),
            profile=profile or MatchingProfile(),
            stage_code=STAGE_CODE,
            same_organisation=False,
        )

    def give(self, *signals: Signal) -> None:
        """Store signals without reconciling them."""
        for signal in signals:
            self.storage.signals.add(
                NewSignal(
                    signal=signal,
                    names=(),
                    professional=make_professional(signal.organisation_id, signal.professional_id),
                    audit=make_audit(signal.organisation_id, token=self.names.token()),
                )
            )

    def arrive(self, *signals: Signal) -> None:
        """Store signals one after the other, each reconciled."""
        for signal in signals:
            self.give(signal)
            self.reconcile(signal.id)

    def change(self, signal_id: str, change: Callable[[Signal], Signal]) -> None:
        """Write a signal's next revision without reconciling it."""
        previous = self.storage.state.signals[signal_id]
        changed = replace(change(previous), revision=previous.revision + 1)
        active = changed.state is SignalState.ACTIVE and changed.youth is not None
        keys = make_keys(changed.youth) if active and changed.youth is not None else frozenset()
        self.storage.signals.change(
            SignalChange(
                previous=previous,
                signal=replace(changed, keys=keys),
                released=(),
                audit=make_audit(previous.organisation_id, token=self.names.token()),
            )
        )

    def renew(self, signal_id: str) -> Signal:
        """Let a new signal take another's place without reconciling either."""
        previous = self.storage.state.signals[signal_id]
        give = GiveSignal(
            storage=self.storage,
            hasher=WrittenOut(),
            pseudonyms=FakePseudonyms(),
            names=self.names,
            clock=self.clock,
        )
        renew = RenewSignal(
            storage=self.storage, give=give, names=self.names, clock=self.clock, stage_code=STAGE_CODE
        )
        wanted = RenewalRequest(
            planned_end_date=previous.planned_end_date, informed=None, reference=f"{previous.reference}-2"
        )
        return renew(self.caller(previous), signal_id, wanted).signal

    def caller(self, signal: Signal) -> Caller:
        """Whoever gave a signal."""
        organisation = make_organisation(signal.organisation_id)
        return Caller(
            organisation=organisation, scopes=organisation.scopes, professional_id=signal.professional_id
        )

    def seen(self, signal: Signal) -> list[tuple[MatchState, str, str]]:
        """The matches of a signal as its own organisation sees them: state, key and counterpart, sorted."""
        read = ReadMatches(storage=self.storage, names=self.names, clock=self.clock)
        found = read.of_signal(self.caller(signal), signal.id)
        cards = [(one, one.counterpart) for one in found]
        return sorted((one.state, one.match_key, card.email) for one, card in cards if card is not None)

    def end(self, signal_id: str) -> ReconcileReport:
        """Close a signal and reconcile it."""
        self.change(signal_id, lambda signal: replace(signal, state=SignalState.CLOSED))
        return self.reconcile(signal_id)

    def active(self, kind: MatchKind = MatchKind.PERSON) -> set[tuple[str, str]]:
        """The pairs that match now."""
        return {
            (match.sides[0].signal_id, match.sides[1].signal_id)
            for match in self.storage.state.matches.values()
            if match.state is MatchState.ACTIVE and match.kind is kind
        }

    def match(self, one: str, other: str) -> Match:
        """The only match between two signals."""
        found = [m for m in self.storage.state.matches.values() if m.concerns(one) and m.concerns(other)]
        assert len(found) == 1
        return found[0]

    def match_of_kind(self, one: str, other: str, kind: MatchKind) -> Match:
        """The match of this kind between two signals."""
        return self.storage.state.matches[match_id(STAGE_CODE, kind, one, other)]

    def doubtful(self) -> set[tuple[str, str]]:
        """The pairs that a person has to look at now."""
        reviews = self.storage.state.reviews.values()
        return {review.signal_ids for review in reviews if review.state is ReviewState.OPEN}

    def review(self, one: str, other: str) -> Review:
        """The review of two signals."""
        return self.storage.state.reviews[review_id(STAGE_CODE, one, other)]

    def decide(self, one: str, other: str, verdict: ReviewVerdict | None) -> SeenReview:
        """Give a verdict (None: take it back) and do what is pending."""
        decide = DecideReview(storage=self.storage, names=self.names, clock=self.clock)
        review = self.review(one, other).id
        if verdict is None:
            seen = decide.undo(ADMINISTRATOR, review)
        else:
            seen = decide.give(ADMINISTRATOR, review, verdict)
        self.work()
        return seen

    def work(self) -> None:
        """Reconcile whatever is pending, as the stream would make it."""
        for signal_id in sorted(self.storage.state.pending):
            self.reconcile(signal_id)

    def told(self) -> list[tuple[str, NoticeKind]]:
        """Receiver and kind of every notice so far that says something, sorted."""
        notices = self.storage.state.notices.values()
        return sorted((one.receiver, one.kind) for one in notices if one.kind is not NoticeKind.LOOK)
