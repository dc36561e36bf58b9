"""Renewing: a new signal that takes another's place (D7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from chalicelib.domain.audit import Act
from chalicelib.domain.dates import AMSTERDAM, amsterdam_day
from chalicelib.domain.errors import (
    ReferenceInUse,
    SignalAlreadyEnded,
    SignalNotFound,
    SignalRefused,
    SignalRestricted,
)
from chalicelib.domain.review import ReviewState, ReviewVerdict, review_id
from chalicelib.domain.signal import Informed, InformedHow, InformedPerson, Signal, SignalState, SignalVerdict
from chalicelib.matching import PartialDate
from chalicelib.ports.errors import Stale, StorageBusy
from chalicelib.ports.storage import UniqueName
from chalicelib.signals.request import GivenSignal, RenewalRequest
from tests.builders import STAGE_CODE, make_organisation, make_review, make_signal, make_youth
from tests.signal_requests import Region, make_caller, make_request

NEXT_YEAR = date(2028, 7, 31)
SUMMER = datetime(2027, 7, 15, 8, 0, tzinfo=UTC)
TOLD_AGAIN = Informed(
    whom=frozenset({InformedPerson.LEGAL_REPRESENTATIVE}), on=date(2027, 7, 14), how=InformedHow.TELEPHONE
)


def make_renewal(**changes: object) -> RenewalRequest:
    """For another school year; the family was told of it."""
    asked = RenewalRequest(planned_end_date=NEXT_YEAR, informed=TOLD_AGAIN, reference=None)
    return replace(asked, **changes)  # type: ignore[arg-type] # parts of the request


def with_signal() -> tuple[Region, Signal]:
    """A region in the summer of 2027, with a signal that was given in November."""
    region = Region()
    signal = region.give().signal
    region.clock.moment = SUMMER
    return region, signal


def stored(region: Region, signal_id: str) -> Signal:
    """A signal as it is now."""
    return region.storage.state.signals[signal_id]


@pytest.mark.rule("D7")
def test_a_renewal_is_a_new_signal_about_the_same_youth() -> None:
    """Another id, number and period; the youth, the professional and the reference stay."""
    region, before = with_signal()

    answer = region.renewing(make_caller(), before.id, make_renewal())

    new = answer.signal
    assert answer == GivenSignal(signal=new, professional=answer.professional, created=True)
    assert {new.id, new.number}.isdisjoint({before.id, before.number})
    assert new == replace(
        before,
        id=new.id,
        number=new.number,
        created_at=SUMMER,
        planned_end_date=NEXT_YEAR,
        ends_on=NEXT_YEAR,
        digest=new.digest,
        informed=TOLD_AGAIN,
        inform_by=new.inform_by,
        renews=before.id,
    )
    assert stored(region, new.id) == new


@pytest.mark.rule("D7")
@pytest.mark.rule("D35")
def test_the_signal_that_was_renewed_is_closed_and_its_record_went_over() -> None:
    """Nothing finds it, it holds nothing of the youth, and it says who took its place."""
    region, before = with_signal()

    new = region.renewing(make_caller(), before.id, make_renewal()).signal

    assert stored(region, before.id) == replace(
        before,
        state=SignalState.CLOSED,
        revision=2,
        ended_at=SUMMER,
        digest="",
        keys=frozenset(),
        informed=None,
        inform_by=None,
        youth=None,
        pseudonym=None,
        renewed_by=new.id,
    )
    assert {one for holders in region.storage.state.keys.values() for one in holders} == {new.id}
    assert set(region.storage.state.pending) == {before.id, new.id}


@pytest.mark.rule("D30")
def test_a_renewal_is_informed_of_anew() -> None:
    """What was said of the signal before says nothing of this one: there is a term again."""
    region, before = with_signal()

    new = region.renewing(make_caller(), before.id, make_renewal(informed=None)).signal

    assert (before.informed is not None, new.informed) == (True, None)
    assert new.inform_by == amsterdam_day(SUMMER) + timedelta(days=28)


def test_the_reference_goes_from_hand_to_hand() -> None:
    """It is the new signal's at once; another one leaves the old one free."""
    region, before = with_signal()
    name = f"reference#school#{before.reference}"

    kept = region.renewing(make_caller(), before.id, make_renewal()).signal
    assert region.storage.state.names[name].target == kept.id

    other = region.renewing(make_caller(), kept.id, make_renewal(reference="LVS-2")).signal
    assert name not in region.storage.state.names
    assert region.storage.state.names["reference#school#LVS-2"].target == other.id


def test_a_reference_in_use_is_refused_and_nothing_is_written() -> None:
    """The signal goes on."""
    region, before = with_signal()
    region.storage.state.names["reference#school#TAKEN"] = UniqueName(
        name="reference#school#TAKEN", target="lo-other", digest="x"
    )

    with pytest.raises(ReferenceInUse):
        region.renewing(make_caller(), before.id, make_renewal(reference="TAKEN"))

    assert stored(region, before.id) == before


def test_asking_the_same_again_answers_the_same_signal() -> None:
    """Not as created; it is written down as read."""
    region, before = with_signal()
    first = region.renewing(make_caller(), before.id, make_renewal())

    again = region.renewing(make_caller(), before.id, make_renewal())

    assert again == replace(first, created=False)
    assert [entry.act for entry in region.storage.state.audit.values()] == [
        Act.SIGNAL_GIVEN,
        Act.SIGNAL_RENEWED,
        Act.SIGNAL_GIVEN,
        Act.SIGNAL_READ,
    ]


def test_a_signal_is_renewed_once() -> None:
    """Otherwise than before is another renewal, which there is not."""
    region, before = with_signal()
    region.renewing(make_caller(), before.id, make_renewal())

    with pytest.raises(SignalAlreadyEnded) as raised:
        region.renewing(make_caller(), before.id, make_renewal(planned_end_date=date(2028, 1, 1)))

    assert raised.value.state is SignalState.CLOSED


@pytest.mark.rule("D33")
def test_what_a_right_is_being_decided_about_is_not_renewed() -> None:
    """Else the renewal would match."""
    region, before = with_signal()
    region.storage.state.signals[before.id] = replace(before, state=SignalState.RESTRICTED)

    with pytest.raises(SignalRestricted):
        region.renewing(make_caller(), before.id, make_renewal())


def test_what_has_ended_is_not_renewed() -> None:
    """Closed, or past its last day while the run has yet to come: then a signal is given."""
    region, before = with_signal()
    region.clock.moment = datetime(2027, 8, 1, 8, 0, tzinfo=UTC)
    with pytest.raises(SignalAlreadyEnded) as overdue:
        region.renewing(make_caller(), before.id, make_renewal())
    region.clock.moment = SUMMER
    region.ending.close(make_caller(), before.id)
    with pytest.raises(SignalAlreadyEnded) as closed:
        region.renewing(make_caller(), before.id, make_renewal())

    assert (overdue.value.state, closed.value.state) == (SignalState.EXPIRED, SignalState.CLOSED)


def test_another_organisations_signal_is_not_there() -> None:
    """As in every operation."""
    region, before = with_signal()

    with pytest.raises(SignalNotFound):
        region.renewing(make_caller(make_organisation("ggd")), before.id, make_renewal())


@pytest.mark.rule("D7")
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"planned_end_date": date(2027, 7, 14)}, "end-in-past"),
        ({"planned_end_date": date(2029, 7, 16)}, "end-too-late"),
        ({"informed": replace(TOLD_AGAIN, on=date(2027, 7, 16))}, "informed-in-future"),
        ({"reference": "999990342"}, "holds-bsn"),
    ],
)
def test_a_renewal_keeps_the_rules_of_a_signal(changes: dict[str, object], code: str) -> None:
    """Two years from now at most, informed in the past, and no number in the reference."""
    region, before = with_signal()

    with pytest.raises(SignalRefused) as refused:
        region.renewing(make_caller(), before.id, make_renewal(**changes))

    assert [problem.code for problem in refused.value.problems] == [code]
    assert stored(region, before.id) == before


def test_what_people_decided_goes_for_the_new_signal() -> None:
    """On both sides, with the review in which it can be undone."""
    region, before = with_signal()
    other = make_signal("lo-other", "ggd", verdicts=frozenset({SignalVerdict(before.id, same=False)}))
    closed = make_signal("lo-closed", "ggd", state=SignalState.CLOSED)
    words = frozenset({SignalVerdict("lo-other", same=False), SignalVerdict("lo-closed", same=True)})
    before = replace(before, verdicts=words)
    held = make_review(before, other, state=ReviewState.DECIDED, verdict=ReviewVerdict.NOT_SAME)
    state = region.storage.state
    state.signals.update({one.id: one for one in (before, other, closed)})
    state.reviews[held.id] = held

    new = region.renewing(make_caller(), before.id, make_renewal()).signal

    assert new.verdicts == frozenset({SignalVerdict("lo-other", same=False)})
    assert stored(region, "lo-other") == replace(
        other, revision=2, verdicts=frozenset({SignalVerdict(new.id, same=False)})
    )
    taken_over = state.reviews[review_id(STAGE_CODE, new.id, "lo-other")]
    assert (taken_over.verdict, set(taken_over.signal_ids), taken_over.explanation) == (
        ReviewVerdict.NOT_SAME,
        {new.id, "lo-other"},
        held.explanation,
    )
    assert set(state.pending) == {before.id, new.id, "lo-other"}


def test_a_write_whose_answer_got_lost_is_known_as_ours() -> None:
    """The store refuses the second try, for the first arrived."""
    region, before = with_signal()
    faults = iter([Stale("lost")])

    def lose_the_answer(operation: str) -> None:
        fault = next(faults, None) if operation == "signals.renew" else None
        if fault is not None:
            raise fault

    region.storage.state.after = lose_the_answer

    answer = region.renewing(make_caller(), before.id, make_renewal())

    assert answer.created
    assert stored(region, before.id).renewed_by == answer.signal.id


def test_a_signal_that_keeps_changing_is_left_as_it_is() -> None:
    """The caller tries again later."""
    region, before = with_signal()

    def always_stale(operation: str) -> None:
        if operation == "signals.renew":
            raise Stale("somebody else")

    region.storage.state.before = always_stale

    with pytest.raises(StorageBusy):
        region.renewing(make_caller(), before.id, make_renewal())


@pytest.mark.rule("D7")
@pytest.mark.rule("D1")
@settings(max_examples=200, deadline=None)
@drawn(
    minutes=st.integers(0, 800 * 24 * 60),
    ahead=st.integers(0, 740),
    age=st.integers(0, 22),
    born=st.dates(date(2003, 12, 1), date(2004, 3, 2)),
)
def test_a_renewal_never_lasts_longer_than_two_years_nor_past_the_23rd_birthday(
    minutes: int, ahead: int, age: int, born: date
) -> None:
    """Whenever it is asked: 29 February, the nights on which the clock changes, the eve of a birthday."""
    birth = PartialDate(born.year + age, born.month, min(born.day, 28) if age % 4 else born.day)
    region = Region()
    region.clock.moment = datetime(2023, 2, 27, 22, 30, tzinfo=UTC) + timedelta(minutes=minutes)
    today = amsterdam_day(region.clock.now())
    request = make_request(
        youth=make_youth(birth_date=birth), planned_end_date=today, informed=None, reference="R-1"
    )
    if (birth.year, birth.month, birth.day) > (today.year, today.month, today.day):
        return
    try:
        before = region.give(request).signal
    except SignalRefused:
        return  # 23 already
    wanted = today + timedelta(days=ahead)

    try:
        asked = make_renewal(planned_end_date=wanted, informed=None)
        new = region.renewing(make_caller(), before.id, asked).signal
    except SignalRefused:
        assert wanted > _two_years_on(today)
        return

    assert wanted <= _two_years_on(today)
    assert new.ends_on <= min(wanted, _two_years_on(today))
    assert _turns_23(birth) > new.ends_on
    over = datetime.combine(new.ends_on + timedelta(days=1), datetime.min.time(), AMSTERDAM)
    assert not new.is_active(amsterdam_day(over))
    assert new.is_active(amsterdam_day(over - timedelta(minutes=1)))


def _two_years_on(day: date) -> date:
    return date(day.year + 2, day.month, 28 if (day.month, day.day) == (2, 29) else day.day)


def _turns_23(birth: PartialDate) -> date:
    assert birth.month is not None
    assert birth.day is not None
    if (birth.month, birth.day) == (2, 29):
        return date(birth.year + 23, 3, 1)
    return date(birth.year + 23, birth.month, birth.day)


@pytest.mark.rule("D28")
@pytest.mark.parametrize("meanwhile", [True, False])
def test_who_left_renews_nothing(*, meanwhile: bool) -> None:
    """Whoever takes their signals over does; also when they leave while it is asked."""
    region, before = with_signal()

    def leave(operation: str) -> None:
        if operation == "signals.renew":
            held = region.storage.state.professionals
            for receiver, card in held.items():
                held[receiver] = replace(card, left_at=SUMMER, left_to="p2")

    region.storage.state.before = leave
    if not meanwhile:
        leave("signals.renew")

    with pytest.raises(SignalRefused) as refused:
        region.renewing(make_caller(), before.id, make_renewal())

    assert [problem.code for problem in refused.value.problems] == ["professional-left"]
    assert stored(region, before.id) == before
