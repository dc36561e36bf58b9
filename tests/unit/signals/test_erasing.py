"""Finishing erasures: what goes, when it may, and what a crash leaves to do (D37, D38)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from chalicelib.domain.audit import IndexItself
from chalicelib.domain.erasure import ErasureGround
from chalicelib.domain.match import EndReason, Match, MatchState
from chalicelib.domain.notice import Notice, NoticeKind, NoticeState, of_measure, reminder
from chalicelib.domain.review import Review, ReviewState, ReviewVerdict
from chalicelib.domain.signal import Signal, SignalState, SignalVerdict
from chalicelib.ports.errors import StorageBusy
from chalicelib.signals import erasing
from chalicelib.signals.erase import EraseSignal
from chalicelib.signals.erasing import PATIENCE, SETTLED_AFTER, ErasingReport, FinishErasures
from tests.builders import NOW, TODAY, make_match, make_review, make_signal
from tests.fakes import FakeNames, FakeStorage, FixedClock
from tests.integration.storage.given import make_notice

pytestmark = pytest.mark.rule("D38")

OWN, OTHER = "lo-s1", "lo-s2"


@dataclass(slots=True)
class Scene:
    """A signal that was erased, and all that still names it."""

    clock: FixedClock = field(default_factory=FixedClock)
    storage: FakeStorage = field(init=False)
    match: Match = field(init=False)
    review: Review = field(init=False)

    def __post_init__(self) -> None:
        self.storage = FakeStorage(self.clock)
        own = make_signal(OWN)
        other = make_signal(OTHER, "ggd", verdicts=frozenset({SignalVerdict(OWN, same=False)}))
        state = self.storage.state
        state.signals |= {OWN: own, OTHER: other}
        self.match = self.ended_match(own, other)
        self.review = self.decided_review(own, other)
        state.matches[self.match.id] = self.match
        state.reviews[self.review.id] = self.review
        EraseSignal(storage=self.storage, names=FakeNames(), clock=self.clock)(
            OWN, ErasureGround.RIGHT, IndexItself()
        )
        state.pending.clear()
        self.clock.advance(SETTLED_AFTER)

    @staticmethod
    def ended_match(own: Signal, other: Signal) -> Match:
        """As the reconcile of the erasure leaves it."""
        return make_match(own, other, state=MatchState.ENDED, ended_at=NOW, end_reason=EndReason.SIGNAL_ENDED)

    @staticmethod
    def decided_review(own: Signal, other: Signal) -> Review:
        """Somebody said that they are two."""
        return replace(
            make_review(own, other),
            state=ReviewState.DECIDED,
            verdict=ReviewVerdict.NOT_SAME,
            decided_by="region",
            decided_at=NOW,
        )

    def notify(self, receiver: str, state: NoticeState, signal_id: str | None = OTHER) -> Notice:
        """A notice about the match, in this state."""
        notice = make_notice(self.match.id, receiver, kind=NoticeKind.ENDED, state=state, signal_id=signal_id)
        self.storage.state.put_new_notice(notice)
        return notice

    def run(self) -> ErasingReport:
        """One run."""
        return FinishErasures(storage=self.storage, clock=self.clock, time_left=lambda: True)()

    def left(self) -> tuple[int, int, int]:
        """How many matches, reviews and notices there are."""
        state = self.storage.state
        return len(state.matches), len(state.reviews), len(state.notices)


@pytest.fixture
def scene() -> Scene:
    """As above."""
    return Scene()


@pytest.mark.rule("D33")
@pytest.mark.parametrize(
    ("kind", "waits"), [(NoticeKind.SIGNAL_ERASED, True), (NoticeKind.SIGNAL_CORRECTED, False)]
)
def test_who_gave_it_hears_first_that_it_was_erased(scene: Scene, kind: NoticeKind, *, waits: bool) -> None:
    """Then that goes too; any other word about it is not worth waiting for."""
    word = of_measure(kind, OWN, "school#p1", 2, scene.clock.now())
    scene.storage.state.put_new_notice(word)

    scene.run()
    assert (word.id in scene.storage.state.notices) is waits
    scene.storage.notices.settle([replace(word, state=NoticeState.SENT, due_at=None)] if waits else [])
    scene.run()

    assert scene.left() == (0, 0, 0)


def test_all_that_names_an_erased_signal_goes(scene: Scene) -> None:
    """A first run removes it, a second one finds nothing and completes the certificate."""
    scene.notify("ggd#p1", NoticeState.SENT)

    assert scene.run() == ErasingReport(waiting=1)
    assert scene.left() == (0, 0, 0)
    assert scene.run() == ErasingReport(completed=1)

    held = scene.storage.erasures.get(OWN)
    assert held is not None
    assert held.completed_at == scene.clock.now()
    assert held.pairs == {scene.match.id, scene.review.id}
    assert {name: held.counts[name] for name in ("matches", "reviews", "verdicts", "notices")} == {
        "matches": 1, "reviews": 1, "verdicts": 1, "notices": 1,
    }  # fmt: skip
    assert scene.run() == ErasingReport()


def test_the_other_side_forgets_the_verdict_and_nothing_else(scene: Scene) -> None:
    """It goes on, at its next revision, and is reconciled."""
    before = scene.storage.state.signals[OTHER]

    scene.run()

    after = scene.storage.state.signals[OTHER]
    assert after == replace(before, revision=before.revision + 1, verdicts=frozenset())
    assert scene.storage.state.pending[OTHER].revision == after.revision


def test_nothing_goes_before_the_reconcile_is_done(scene: Scene) -> None:
    """It still has to end the matches and to tell the others."""
    scene.storage.state.ask(OWN, 2, NOW)

    assert scene.run() == ErasingReport(waiting=1)
    assert scene.left() == (1, 1, 0)


@pytest.mark.parametrize("open_one", ["match", "review"])
def test_nothing_goes_while_a_pair_stands(scene: Scene, open_one: str) -> None:
    """Whatever became of the work item, a match that has not ended is told to nobody as ended."""
    state = scene.storage.state
    if open_one == "match":
        state.matches[scene.match.id] = replace(scene.match, state=MatchState.ACTIVE)
    else:
        state.reviews[scene.review.id] = replace(scene.review, state=ReviewState.OPEN)

    scene.run()

    assert scene.left() == (1, 1, 0)


@pytest.mark.rule("D37")
def test_nothing_goes_before_the_others_were_told(scene: Scene) -> None:
    """But an address that takes no mail does not hold it up for ever."""
    scene.notify("ggd#p1", NoticeState.PENDING)

    scene.run()
    assert scene.left() == (1, 1, 1)

    scene.clock.moment = NOW + PATIENCE
    scene.run()
    assert scene.left() == (0, 0, 0)
    assert scene.storage.state.due == {}


def test_one_that_waits_holds_up_no_other(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many wait: all are looked at while there is time."""
    monkeypatch.setattr(erasing, "MOST_AT_ONCE", 1)
    scene.notify("ggd#p1", NoticeState.PENDING)
    scene.storage.state.signals["lo-s9"] = make_signal("lo-s9", "police")
    EraseSignal(storage=scene.storage, names=FakeNames(), clock=scene.clock)(
        "lo-s9", ErasureGround.RIGHT, IndexItself()
    )
    scene.storage.state.pending.clear()
    scene.clock.advance(SETTLED_AFTER)

    assert scene.run() == ErasingReport(completed=1, waiting=1)


def test_what_waits_for_the_erased_side_holds_up_nothing(scene: Scene) -> None:
    """Its own professional is told nothing any more, reminders included."""
    scene.notify("school#p1", NoticeState.PENDING, OWN)
    scene.storage.state.put_new_notice(reminder(NoticeKind.END_NEAR, OWN, "school#p1", TODAY, NOW))

    scene.run()

    assert scene.left() == (0, 0, 0)


def test_an_erasure_of_just_now_waits(scene: Scene) -> None:
    """The index of notices may not have them all yet."""
    scene.clock.moment = NOW

    assert scene.run() == ErasingReport(waiting=1)
    assert scene.left() == (1, 1, 0)


def test_a_notice_that_comes_to_light_later_goes_too(scene: Scene) -> None:
    """The certificate knows which pairs there were."""
    scene.run()
    scene.notify("ggd#p1", NoticeState.SENT)

    assert scene.run() == ErasingReport(waiting=1)
    assert scene.left() == (0, 0, 0)
    assert scene.run() == ErasingReport(completed=1)


def test_a_run_without_time_does_nothing(scene: Scene) -> None:
    """The next one does."""
    finish = FinishErasures(storage=scene.storage, clock=scene.clock, time_left=lambda: False)

    assert finish() == ErasingReport()
    assert scene.left() == (1, 1, 0)


@pytest.mark.parametrize(
    "operation",
    ["remove_notices", "take_back_verdicts", "remove_pair", "save"],
)
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_run_that_fails_anywhere_is_made_up_for(scene: Scene, operation: str, when: str) -> None:
    """Whatever was done stays done, and the rest is done by the next."""
    scene.notify("ggd#p1", NoticeState.SENT)
    failing = [f"erasures.{operation}"]

    def fail(name: str) -> None:
        if name in failing:
            failing.remove(name)
            raise StorageBusy

    setattr(scene.storage.state, when, fail)
    assert scene.run() == ErasingReport(failed=1)
    for _ in range(2):
        scene.run()

    held = scene.storage.erasures.get(OWN)
    assert held is not None
    assert held.completed_at is not None
    assert held.pairs == {scene.match.id, scene.review.id}
    assert (held.counts["matches"], held.counts["reviews"]) == (1, 1)
    assert scene.left() == (0, 0, 0)
    assert scene.storage.state.signals[OTHER].verdicts == frozenset()


@pytest.mark.rule("D7")
@pytest.mark.rule("D37")
def test_what_was_renewed_is_named_until_the_end_of_the_other_was_told(scene: Scene) -> None:
    """What was said on the one counts as said on the other: without it the end would go untold."""
    state = scene.storage.state
    state.signals[OWN] = replace(state.signals[OWN], renewed_by="lo-s3")
    heir = make_signal("lo-s3", state=SignalState.RETRACTED, renews=OWN)
    state.signals["lo-s3"] = heir
    state.ask("lo-s3", 2, scene.clock.now())
    later = scene.ended_match(heir, state.signals[OTHER])

    assert scene.run() == ErasingReport(waiting=1)
    assert scene.left() == (1, 1, 0)
    state.pending.clear()
    state.matches[later.id] = later
    state.put_new_notice(make_notice(later.id, "ggd#p1", kind=NoticeKind.ENDED, signal_id=OTHER))
    assert scene.run() == ErasingReport(waiting=1)
    assert scene.left() == (2, 1, 1)

    state.notices.clear()
    scene.run()

    assert scene.left() == (1, 0, 0)
