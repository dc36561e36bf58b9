"""However reconcile, delivery and failures interleave: in the end what was told is what is."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.notice import NoticeState
from chalicelib.domain.organisation import receiver_key
from chalicelib.domain.signal import Signal, SignalState
from chalicelib.notices.deliver import LONGEST_WAIT, Deliver
from chalicelib.notices.errors import DeliveryUncertain
from chalicelib.ports.errors import DeliveryUnavailable
from tests.builders import make_organisation, make_signal
from tests.fakes.world import FakeEvents, FakeMailer
from tests.unit.matches.world import World
from tests.unit.notices.scene import REGION

ORGANISATIONS = ("school", "ggd", "debt")
Word = tuple[str, str, str]


class Crash(BaseException):
    """The process stopped here."""


class Region:
    """One youth, three organisations, and every mail as (own number, counterpart, title)."""

    def __init__(self) -> None:
        self.world = World()
        self.state = self.world.storage.state
        self.mailer = FakeMailer()
        self.deliver = Deliver(
            storage=self.world.storage,
            mailer=self.mailer,
            events=FakeEvents(),
            names=self.world.names,
            clock=self.world.clock,
            region=REGION,
        )
        for name in ORGANISATIONS:
            self.state.organisations[name] = make_organisation(name, topic_arn=f"arn:{name}")

    def give(self, which: int) -> None:
        """An organisation signals, whether or not it did before (D7)."""
        number = len(self.state.signals) + 1
        signal_id = f"lo-{number:04}"
        organisation = ORGANISATIONS[which % len(ORGANISATIONS)]
        self.world.give(make_signal(signal_id, organisation, number=f"S-{number:04}"))

    def close(self, which: int) -> None:
        """A signal ends."""
        active = self.active()
        if active:
            self.world.change(
                active[which % len(active)].id, lambda one: replace(one, state=SignalState.CLOSED)
            )

    def reconcile(self, which: int) -> None:
        """The stream reaches the match function."""
        pending = sorted(self.state.pending)
        if pending:
            self.world.reconcile(pending[which % len(pending)])

    def hand_out(self, which: int) -> None:
        """The stream reaches the deliver function, some time later."""
        self.world.clock.advance(timedelta(seconds=40))
        self.deliver(receiver_key(ORGANISATIONS[which % len(ORGANISATIONS)], "p1"))

    def fail(self, which: int) -> None:
        """The next mail does not get through, or nobody knows."""
        self.mailer.failures.append(DeliveryUncertain() if which % 2 else DeliveryUnavailable())

    def crash(self, which: int) -> None:
        """Delivery stops just before it writes something down."""
        operation = ("notices.settle", "notices.save", "audit.append")[which % 3]

        def stop(asked: str) -> None:
            if asked == operation:
                raise Crash

        self.state.before = stop
        try:
            self.hand_out(which)
        except Crash:
            self.world.clock.advance(timedelta(minutes=2))
        finally:
            self.state.before = lambda _: None

    def settle_down(self) -> None:
        """The dust settles: all work is done, and mail works."""
        while self.state.pending:
            self.reconcile(0)
        self.mailer.failures.clear()
        for _ in range(2):
            self.world.clock.advance(LONGEST_WAIT)
            for which in range(len(ORGANISATIONS)):
                self.hand_out(which)

    def active(self) -> list[Signal]:
        """The signals that are active now."""
        return [one for one in self.state.signals.values() if one.state is SignalState.ACTIVE]

    def words(self, organisation: str) -> list[Word]:
        """All an organisation was told, in order: (own number, counterpart, title)."""
        told: list[Word] = []
        for mail in self.mailer.sent:
            if mail.to != f"p1@{organisation}.example":
                continue
            number = title = ""
            for line in mail.text.splitlines():
                number = line.removeprefix("Signaalnummer: ") if line.startswith("Signaalnummer") else number
                title = line if line.isupper() else title
                if line.startswith("  Organisation "):
                    told.append((number, line.split()[1], title))
        return told


STEPS: dict[str, Callable[[Region, int], None]] = {
    "give": Region.give,
    "close": Region.close,
    "reconcile": Region.reconcile,
    "hand out": Region.hand_out,
    "fail": Region.fail,
    "crash": Region.crash,
}


@pytest.mark.rule("D15")
@pytest.mark.rule("D37")
@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.integers(0, 5)), max_size=30))
def test_in_the_end_what_was_told_is_what_is(steps: list[tuple[str, int]]) -> None:
    """Who is involved is known to every other; nobody believes in a match that is over."""
    region = Region()

    for step, which in steps:
        STEPS[step](region, which)
    region.settle_down()

    involved = {signal.organisation_id for signal in region.active()}
    for organisation in involved:
        words = region.words(organisation)
        known = {counterpart for _, counterpart, title in words if title == "NIEUWE MATCH"}
        assert involved - {organisation} <= known
        own = {signal.number for signal in region.active() if signal.organisation_id == organisation}
        last = {(number, counterpart): title for number, counterpart, title in words}
        over = {key for key in last if key[0] in own and key[1] not in involved}
        assert {last[key] for key in over} <= {"MATCH GESTOPT"}
        for counterpart in involved - {organisation}:
            assert [title for _, about, title in words if about == counterpart][-1] == "NIEUWE MATCH"


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["give", "close", "reconcile", "hand out"]), st.integers(0, 5))))
def test_without_failures_nothing_is_told_twice(steps: list[tuple[str, int]]) -> None:
    """Each mail says something new about each case."""
    region = Region()

    for step, which in steps:
        STEPS[step](region, which)
    region.settle_down()

    for organisation in ORGANISATIONS:
        words = region.words(organisation)
        for number in {number for number, _, _ in words}:
            for counterpart in ORGANISATIONS:
                titles = [title for own, about, title in words if (own, about) == (number, counterpart)]
                assert all(one != other for one, other in itertools.pairwise(titles))


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.integers(0, 5)), max_size=20))
def test_in_the_end_every_notice_is_settled(steps: list[tuple[str, int]]) -> None:
    """Sent or cancelled; nothing hangs."""
    region = Region()

    for step, which in steps:
        STEPS[step](region, which)
    region.settle_down()

    states = {notice.state for notice in region.state.notices.values()}
    assert states <= {NoticeState.SENT, NoticeState.CANCELLED}
    assert region.state.due == {}
