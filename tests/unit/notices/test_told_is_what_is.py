"""However reconcile, delivery and failures interleave: in the end what was told is what is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chalicelib.domain.notice import NoticeState
from chalicelib.domain.organisation import receiver_key
from chalicelib.domain.signal import Signal, SignalState
from chalicelib.matching.records import PartialDate, Youth
from chalicelib.notices.deliver import Deliver
from chalicelib.notices.errors import DeliveryUncertain
from chalicelib.notices.settling import LONGEST_WAIT
from chalicelib.ports.errors import DeliveryUnavailable
from tests.builders import make_organisation, make_signal, make_youth
from tests.fakes.world import FakeEvents, FakeMailer
from tests.unit.matches.world import World
from tests.unit.notices.scene import REGION

ORGANISATIONS = ("school", "ggd", "debt")
YOUTHS = tuple(
    make_youth(bsn=bsn, given_names=name, initials=f"{name[0]}.", birth_date=PartialDate(year, 3, 9))
    for bsn, name, year in (
        ("999990342", "Sebastiaan", 2014),
        ("999990019", "Anna", 2016),
        ("999990123", "Ruben", 2011),
    )
)
FAMILIES = ("MATCH", "GEZINSMATCH")


@dataclass(frozen=True, slots=True)
class Word:
    """One card in one mail: on which own case, about whom, of which kind of match, begun or ended."""

    number: str
    counterpart: str
    family: str
    begun: bool


class Crash(BaseException):
    """The process stopped here."""


class Region:
    """Three children of one household, three organisations, and every mail they got."""

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
        youth = YOUTHS[which // len(ORGANISATIONS) % len(YOUTHS)]
        self.world.give(make_signal(signal_id, organisation, number=f"S-{number:04}", youth=youth))

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
        """All an organisation was told, in order."""
        return [
            word
            for mail in self.mailer.sent
            if mail.to == f"p1@{organisation}.example"
            for word in read(mail.text)
        ]


def read(text: str) -> Iterator[Word]:
    """What a mail says, card by card."""
    number, begun, family = "", False, ""
    for line in text.splitlines():
        if line.startswith("Signaalnummer: "):
            number = line.removeprefix("Signaalnummer: ")
        if line.isupper():
            family = "GEZINSMATCH" if "GEZIN" in line else "MATCH"
            begun = line.startswith("NIEUWE")
        if line.startswith("  Organisation "):
            yield Word(number, line.split()[1], family, begun)


STEPS: dict[str, Callable[[Region, int], None]] = {
    "give": Region.give,
    "close": Region.close,
    "reconcile": Region.reconcile,
    "hand out": Region.hand_out,
    "fail": Region.fail,
    "crash": Region.crash,
}


MAY_HAVE_LEFT_THEN_CRASHED = [
    ("fail", 1),
    ("give", 0),
    ("give", 0),
    ("give", 1),
    ("reconcile", 0),
    ("hand out", 1),
    ("close", 0),
    ("crash", 1),
]
"""A mail that may have left is taken for sent, and the delivery that was to say it anew stops before that."""


@pytest.mark.rule("D15")
@pytest.mark.rule("D37")
@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.integers(0, 8)), max_size=30))
@example(MAY_HAVE_LEFT_THEN_CRASHED)
def test_in_the_end_what_was_told_is_what_is(steps: list[tuple[str, int]]) -> None:
    """Who is involved is known to every other; nobody believes in a match that is over."""
    region = Region()

    for step, which in steps:
        STEPS[step](region, which)
    region.settle_down()

    for organisation in ORGANISATIONS:
        for youth in {one.youth for one in region.active() if one.organisation_id == organisation}:
            for family in FAMILIES:
                assert_told_is_what_is(region, organisation, youth, family)


def assert_told_is_what_is(region: Region, organisation: str, youth: Youth | None, family: str) -> None:
    """On each case the last word about everybody is right."""
    others = [one for one in region.active() if one.organisation_id != organisation]
    involved = {one.organisation_id for one in others if (one.youth == youth) is (family == "MATCH")}
    cases = {
        one.number: one.state
        for one in region.state.signals.values()
        if (one.organisation_id, one.youth) == (organisation, youth)
    }
    words = [word for word in region.words(organisation) if word.number in cases and word.family == family]
    last = {word.counterpart: word for word in words}
    assert involved <= {counterpart for counterpart, word in last.items() if word.begun}
    on_case = {(word.number, word.counterpart): word for word in words}
    assert not [
        word
        for word in on_case.values()
        if cases[word.number] is SignalState.ACTIVE and word.begun and word.counterpart not in involved
    ]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["give", "close", "reconcile", "hand out"]), st.integers(0, 8))))
def test_without_failures_nothing_is_told_twice(steps: list[tuple[str, int]]) -> None:
    """Each mail says something new about each case."""
    region = Region()

    for step, which in steps:
        STEPS[step](region, which)
    region.settle_down()

    for organisation in ORGANISATIONS:
        last: dict[tuple[str, str, str], bool] = {}
        for word in region.words(organisation):
            about = (word.number, word.counterpart, word.family)
            assert last.get(about) is not word.begun
            last[about] = word.begun


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.integers(0, 8)), max_size=20))
def test_in_the_end_every_notice_is_settled(steps: list[tuple[str, int]]) -> None:
    """Sent or cancelled; nothing hangs."""
    region = Region()

    for step, which in steps:
        STEPS[step](region, which)
    region.settle_down()

    states = {notice.state for notice in region.state.notices.values()}
    assert states <= {NoticeState.SENT, NoticeState.CANCELLED, NoticeState.OVERTAKEN}
    assert region.state.due == {}
