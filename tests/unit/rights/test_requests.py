"""A request from its filing to its end: found, advised on, hidden, decided, carried out (D31, D33)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from chalicelib.domain.audit import Act
from chalicelib.domain.errors import (
    RequestClosed,
    RequestNotFound,
    RequestRefused,
    RequestRevised,
    RequestUnsettled,
)
from chalicelib.domain.notice import NoticeKind
from chalicelib.domain.rights import (
    Advice,
    Ground,
    Measure,
    Requester,
    RequesterRole,
    RequestKind,
    RequestState,
    RightsRequest,
    Ruling,
)
from chalicelib.domain.signal import SignalState
from chalicelib.matching import Youth
from chalicelib.matching.records import PartialDate, Sex
from chalicelib.rights.rulings import GivenDecision, GivenMeasure
from tests.builders import TODAY, make_signal, make_youth
from tests.unit.rights.office import HANDLER, NURSE, SCHOOL, Office, caller_of, granted, make_new, refused

SISTER = make_signal(
    "lo-3",
    "ggd",
    youth=make_youth(given_names="Roos", initials="R.", sex=Sex.FEMALE, birth_date=PartialDate(2016, 8, 21)),
)


class Renamed:
    """A correction of a surname."""

    def applied_to(self, youth: Youth) -> Youth:
        """The youth with the right name."""
        return replace(youth, surname="Meerman")


def refusals(office: Office, *, new: object = None, **changes: object) -> list[tuple[str, str]]:
    """Where and which rules a request breaks."""
    with pytest.raises(RequestRefused) as error:
        office.file(HANDLER, make_new(**changes))  # type: ignore[arg-type]  # the changes of one test
    return [(one.pointer, one.code) for one in error.value.problems]


def states(office: Office) -> dict[str, SignalState]:
    """The state of every signal."""
    return {one: signal.state for one, signal in office.state.signals.items()}


def measures(request: RightsRequest) -> dict[str, Measure | None]:
    """What was decided of every signal."""
    return {one.signal_id: one.measure for one in request.concerned}


@pytest.mark.rule("D31")
def test_a_request_is_filed_with_what_it_concerns_and_its_term() -> None:
    """Four weeks from the day it was received; the reporting professionals are asked for advice."""
    office = Office()

    request = office.filed(received_on=TODAY - timedelta(days=2))

    assert (request.state, request.due_on) == (RequestState.OPEN, date(2026, 12, 18))
    assert [(one.signal_id, one.concerns) for one in request.concerned] == [("lo-1", True), ("lo-2", True)]
    asked = [one for one in office.state.notices.values() if one.kind is NoticeKind.ADVICE]
    assert {(one.receiver, one.signal_id) for one in asked} == {("school#p1", "lo-1"), ("ggd#p1", "lo-2")}
    assert {"school#p1", "ggd#p1"} <= office.state.wakes.keys()
    assert office.acts() == [Act.REQUEST_FILED]
    assert office.request(request.id) == request


@pytest.mark.rule("D31")
def test_a_request_may_name_the_signals_it_means() -> None:
    """Those alone are concerned; one that is not about this youth is refused."""
    office = Office()

    request = office.filed(signal_ids=("lo-2",))

    assert [one.signal_id for one in request.concerned] == ["lo-2"]
    assert refusals(office, signal_ids=("lo-1", "lo-77")) == [("/signals/1", "not-about-this-youth")]


@pytest.mark.rule("D31")
def test_all_that_is_wrong_with_a_request_is_told_at_once() -> None:
    """Nothing is stored."""
    office = Office()
    tomorrow = TODAY + timedelta(days=1)
    asks = make_new().requester

    told = refusals(
        office,
        kind=RequestKind.ACCESS,
        received_on=tomorrow,
        requester=replace(asks, role=RequesterRole.YOUTH, checked_on=tomorrow),
        youth=Youth(birth_date=PartialDate(2016, 1, 1)),
        hides=True,
    )

    assert told == [
        ("/receivedOn", "in-future"),
        ("/requester/identityChecked/on", "in-future"),
        ("/requester/role", "not-entitled"),
        ("/restrict", "not-for-access"),
        ("/youth", "youth-not-identified"),
    ]
    assert office.state.requests == {}


@pytest.mark.rule("D4")
def test_who_may_not_use_the_number_does_not_send_it() -> None:
    """A handler neither."""
    office = Office()
    stranger = replace(HANDLER, organisation=replace(HANDLER.organisation, may_use_bsn=False))

    with pytest.raises(RequestRefused) as error:
        office.file(stranger, make_new())

    assert [one.code for one in error.value.problems] == ["bsn-not-allowed"]


def test_a_request_is_for_who_handles_it_alone() -> None:
    """Another's is not there."""
    office = Office()
    request = office.filed()
    other = replace(HANDLER, organisation=replace(HANDLER.organisation, id="elsewhere"))

    assert office.read.one(HANDLER, request.id) == request
    for refused_to in (other, caller_of("school")):
        with pytest.raises(RequestNotFound):
            office.read.one(refused_to, request.id)
    assert office.read.page(other, is_open=True, limit=9, cursor=None).items == ()
    assert [one.id for one in office.read.page(HANDLER, is_open=True, limit=9, cursor=None).items] == [
        request.id
    ]


@pytest.mark.rule("D31")
def test_a_professional_advises_on_their_own_signal_alone() -> None:
    """They see nothing of the others, and another's request is not there for them."""
    office = Office()
    request = office.filed()
    school, stranger = caller_of("school"), caller_of("stranger")

    before = office.advise.read(school, request.id)
    after = office.advise.give(school, request.id, {"lo-1": (Advice.REFUSE, Ground.SIGNAL_JUSTIFIED)})

    assert before.signals == (("lo-1", None),)
    ((signal_id, advice),) = after.signals
    assert (signal_id, advice and advice.advice, advice and advice.professional_id) == (
        "lo-1",
        Advice.REFUSE,
        "p1",
    )
    assert office.request(request.id).about("lo-2") == replace(request.concerned[1], advice=None)
    with pytest.raises(RequestNotFound):
        office.advise.give(school, request.id, {"lo-2": (Advice.GRANT, None)})
    with pytest.raises(RequestNotFound):
        office.advise.read(stranger, request.id)
    assert office.acts("school")[-2:] == [Act.ADVICE_READ, Act.ADVICE_GIVEN]


@pytest.mark.rule("D31")
def test_no_advice_is_taken_once_it_is_decided() -> None:
    """It could bear on nothing."""
    office = Office()
    request = office.filed()
    office.decided(request, refused())

    with pytest.raises(RequestClosed):
        office.advise.give(caller_of("school"), request.id, {"lo-1": (Advice.GRANT, None)})


@pytest.mark.rule("D33")
def test_a_restriction_hides_the_signals_while_it_is_decided() -> None:
    """Nothing finds them, their matches end, and come back when the request is refused."""
    office = Office()
    assert office.world.active() == {("lo-1", "lo-2")}

    request = office.filed(hides=True)
    hidden = office.signal("lo-1")

    assert (hidden.state, hidden.restricted_by) == (
        SignalState.RESTRICTED,
        frozenset({request.id}),
    )
    assert not hidden.keys
    assert office.state.keys[next(iter(SCHOOL.keys))] == set()
    assert office.world.active() == set()
    office.decided(request, refused())
    assert office.signal("lo-1").keys == SCHOOL.keys
    assert states(office) == {"lo-1": SignalState.ACTIVE, "lo-2": SignalState.ACTIVE}
    assert office.world.active() == {("lo-1", "lo-2")}


@pytest.mark.rule("D33")
def test_a_restriction_can_be_granted_and_lifted_while_it_is_decided() -> None:
    """Twice is harmless; there is none of what is only to be shown."""
    office = Office()
    request = office.filed()

    for _ in range(2):
        office.change.hide(HANDLER, request.id, None)
    assert set(states(office).values()) == {SignalState.RESTRICTED}
    for _ in range(2):
        office.change.bring_back(HANDLER, request.id, None)
    assert set(states(office).values()) == {SignalState.ACTIVE}
    with pytest.raises(RequestClosed):
        office.change.hide(HANDLER, office.filed(RequestKind.ACCESS).id, None)


@pytest.mark.rule("D33")
def test_a_signal_that_two_requests_hide_comes_back_with_the_last() -> None:
    """Whichever is decided first."""
    office = Office()
    first, second = (office.filed(hides=True) for _ in range(2))

    office.decided(first, refused())
    assert set(states(office).values()) == {SignalState.RESTRICTED}
    office.decided(second, refused())

    assert set(states(office).values()) == {SignalState.ACTIVE}


@pytest.mark.rule("D33")
def test_a_granted_restriction_lasts_until_it_is_lifted() -> None:
    """Whom it is about is forgotten at once; what it hides is found by another request still."""
    office = Office()
    request = office.decided(office.filed(RequestKind.RESTRICTION), granted())

    assert measures(request) == dict.fromkeys(("lo-1", "lo-2"), Measure.RESTRICTED)
    assert (request.state, request.record) == (RequestState.DECIDED, None)
    assert set(states(office).values()) == {SignalState.RESTRICTED}
    assert len(office.find(make_youth())) == 2
    lifted = office.change.bring_back(HANDLER, request.id, None)
    assert lifted.state is RequestState.DONE
    assert set(states(office).values()) == {SignalState.ACTIVE}
    with pytest.raises(RequestClosed):
        office.change.bring_back(HANDLER, request.id, None)


@pytest.mark.rule("D33")
def test_a_wrong_signal_is_erased_and_another_closed() -> None:
    """Each as it was decided; the request forgets whom it was about."""
    office = Office()
    request = office.filed(RequestKind.OBJECTION)
    decision = granted(
        GivenMeasure(signal_id="lo-1", measure=Measure.ERASED),
        GivenMeasure(signal_id="lo-2", measure=Measure.CLOSED),
    )

    over = office.decided(request, decision)

    assert (over.state, over.record) == (RequestState.DONE, None)
    assert states(office) == {"lo-1": SignalState.ERASED, "lo-2": SignalState.CLOSED}
    assert office.signal("lo-1").youth is None
    assert office.acts() == [Act.REQUEST_FILED, Act.REQUEST_DECIDED, Act.SIGNAL_ERASED, Act.SIGNAL_CLOSED]
    assert "reference#ggd#ref-lo-2" not in office.state.names


@pytest.mark.rule("D33")
def test_a_correction_is_matched_anew() -> None:
    """Hidden or not: the keys are those of what is right."""
    office = Office()
    request = office.filed(RequestKind.RECTIFICATION, hides=True)
    decision = granted(
        GivenMeasure(signal_id="lo-1", measure=Measure.CORRECTED, edit=Renamed()),
        GivenMeasure(signal_id="lo-2", measure=Measure.CORRECTED, edit=Renamed()),
    )

    office.decided(request, decision)

    corrected = office.signal("lo-1")
    assert corrected.youth == make_youth(surname="Meerman")
    assert corrected.keys != SCHOOL.keys
    assert corrected.state is SignalState.ACTIVE
    assert office.world.active() == {("lo-1", "lo-2")}
    assert office.acts().count(Act.SIGNAL_CORRECTED) == 2


@pytest.mark.rule("D33")
def test_partly_granted_leaves_some_as_they_are() -> None:
    """With the ground on which that is."""
    office = Office()
    request = office.filed(RequestKind.ERASURE)
    decision = GivenDecision(
        ruling=Ruling.PARTLY,
        ground=Ground.SIGNAL_JUSTIFIED,
        measures=(GivenMeasure(signal_id="lo-2", measure=Measure.ERASED),),
    )

    over = office.decided(request, decision)

    assert measures(over) == {"lo-1": Measure.KEPT, "lo-2": Measure.ERASED}
    assert states(office) == {"lo-1": SignalState.ACTIVE, "lo-2": SignalState.ERASED}


@pytest.mark.rule("D33")
@pytest.mark.parametrize(
    ("kind", "given", "told"),
    [
        (
            RequestKind.ERASURE,
            GivenDecision(ruling=Ruling.REFUSED, ground=None, measures=()),
            {"ground-required"},
        ),
        (
            RequestKind.ERASURE,
            GivenDecision(ruling=Ruling.GRANTED, ground=Ground.EXCESSIVE, measures=()),
            {"ground-not-allowed"},
        ),
        (RequestKind.OBJECTION, granted(), {"measure-required"}),
        (
            RequestKind.ERASURE,
            granted(GivenMeasure(signal_id="lo-7", measure=Measure.ERASED)),
            {"not-concerned"},
        ),
        (
            RequestKind.ACCESS,
            granted(GivenMeasure(signal_id="lo-1", measure=Measure.ERASED)),
            {"not-of-this-kind"},
        ),
        (
            RequestKind.RECTIFICATION,
            granted(
                GivenMeasure(signal_id="lo-1", measure=Measure.CORRECTED),
                GivenMeasure(signal_id="lo-2", measure=Measure.CLOSED, edit=Renamed()),
            ),
            {"correction-mismatch"},
        ),
        (
            RequestKind.ERASURE,
            GivenDecision(ruling=Ruling.PARTLY, ground=Ground.SIGNAL_JUSTIFIED, measures=()),
            {"not-partly"},
        ),
        (
            RequestKind.ERASURE,
            replace(refused(), measures=(GivenMeasure(signal_id="lo-1", measure=Measure.ERASED),)),
            {"not-granted"},
        ),
        (
            RequestKind.ERASURE,
            granted(*[GivenMeasure(signal_id="lo-1", measure=Measure.ERASED)] * 2),
            {"named-twice"},
        ),
    ],
)
def test_a_decision_that_breaks_rules_is_refused(
    kind: RequestKind, given: GivenDecision, told: set[str]
) -> None:
    """Nothing is done."""
    office = Office()
    request = office.filed(kind)

    with pytest.raises(RequestRefused) as error:
        office.decided(request, given)

    assert {one.code for one in error.value.problems} == told
    assert office.request(request.id) == request


@pytest.mark.rule("D33")
def test_a_correction_keeps_the_rules_of_a_signal() -> None:
    """Told by the place of the measure."""

    class Grown:
        def applied_to(self, youth: Youth) -> Youth:
            return replace(youth, birth_date=PartialDate(1990, 1, 1))

    office = Office()
    request = office.filed(RequestKind.RECTIFICATION, signal_ids=("lo-1",))

    with pytest.raises(RequestRefused) as error:
        office.decided(
            request, granted(GivenMeasure(signal_id="lo-1", measure=Measure.CORRECTED, edit=Grown()))
        )

    assert [(one.pointer, one.code) for one in error.value.problems] == [
        ("/measures/0/youth/birthDate", "too-old")
    ]


@pytest.mark.rule("D31")
def test_nothing_is_decided_while_a_doubt_is_open() -> None:
    """The handler says whose signal it is; then its professional is asked too."""
    office = Office(SCHOOL, SISTER)
    request = office.filed(RequestKind.ACCESS)
    doubted = request.about("lo-3")
    assert doubted is not None
    assert (doubted.concerns, doubted.asked_at) == (None, None)

    with pytest.raises(RequestUnsettled):
        office.decided(request, granted())
    settled = office.change.concern(HANDLER, request.id, "lo-3", None, concerns=True)

    asked = settled.about("lo-3")
    assert asked is not None
    assert asked.asked_at is not None
    assert measures(office.decided(settled, granted())) == {"lo-1": Measure.SHOWN, "lo-3": Measure.SHOWN}


@pytest.mark.rule("D31")
def test_what_is_another_childs_is_left_out() -> None:
    """It gets no measure, and its professional never hears of the request."""
    office = Office(SCHOOL, SISTER)
    request = office.filed(RequestKind.ERASURE)
    office.change.concern(HANDLER, request.id, "lo-3", None, concerns=False)
    asked = {one.signal_id for one in office.state.notices.values() if one.kind is NoticeKind.ADVICE}

    over = office.decided(request, granted())

    assert measures(over) == {"lo-1": Measure.ERASED, "lo-3": None}
    assert states(office)["lo-3"] is SignalState.ACTIVE
    assert asked == {"lo-1"}


@pytest.mark.rule("D38")
def test_what_was_asked_goes_with_the_request() -> None:
    """A question names a signal, which may have been erased."""
    office = Office()
    request = office.filed()

    office.decided(request, granted())

    assert [one for one in office.state.notices.values() if one.kind is NoticeKind.ADVICE] == []
    assert {one.signal_id for one in office.state.notices.values()} == {"lo-1", "lo-2"}


@pytest.mark.rule("D33")
def test_what_was_given_meanwhile_is_not_overlooked() -> None:
    """It is looked at first: erased everywhere means everywhere."""
    office = Office(SCHOOL)
    request = office.filed(RequestKind.ERASURE)
    office.world.arrive(NURSE)

    with pytest.raises(RequestUnsettled):
        office.decided(request, granted())
    over = office.decided(request, granted())

    assert measures(over) == {"lo-1": Measure.ERASED, "lo-2": Measure.ERASED}


def test_who_decides_on_an_old_reading_is_told() -> None:
    """And a decision that was taken is not taken otherwise, though repeating it is harmless."""
    office = Office()
    request = office.filed()

    with pytest.raises(RequestRevised):
        office.decide(HANDLER, request.id, refused(), frozenset({request.revision + 5}))
    over = office.decide(HANDLER, request.id, refused(), frozenset({request.revision}))
    assert office.decide(HANDLER, request.id, refused(), frozenset({request.revision})) == over
    with pytest.raises(RequestClosed):
        office.decide(HANDLER, request.id, granted(), None)


@pytest.mark.rule("D33")
@pytest.mark.parametrize(
    "other",
    [
        granted(GivenMeasure(signal_id="lo-1", measure=Measure.CLOSED)),
        granted(
            GivenMeasure(signal_id="lo-1", measure=Measure.ERASED),
            GivenMeasure(signal_id="lo-unknown", measure=Measure.CLOSED),
        ),
        granted(GivenMeasure(signal_id="lo-1", measure=Measure.ERASED, edit=Renamed())),
    ],
    ids=["another measure", "another signal", "a correction besides"],
)
def test_a_decision_with_other_measures_is_no_repeat(other: GivenDecision) -> None:
    """What was decided stays; who says otherwise is told that it is decided, not that all is well."""
    office = Office()
    request = office.filed()
    done = office.decided(request, granted())

    with pytest.raises(RequestClosed):
        office.decided(request, other)

    assert office.decided(request, granted()) == done


def test_a_request_can_be_withdrawn() -> None:
    """Whatever is in doubt; what was hidden comes back."""
    office = Office(SCHOOL, SISTER)
    request = office.filed(RequestKind.OBJECTION, hides=True)
    assert states(office)["lo-1"] is SignalState.RESTRICTED

    over = office.decided(request, GivenDecision(ruling=Ruling.WITHDRAWN, ground=None, measures=()))

    assert (over.state, over.record) == (RequestState.DONE, None)
    assert states(office)["lo-1"] is SignalState.ACTIVE


def test_a_request_about_nobody_known_is_answered_too() -> None:
    """Granted: that nothing is held, is an answer; refused: as nothing was found."""
    office = Office()
    nobody = make_youth(bsn=None, surname="Smit", given_names="Tim", initials="T.")

    shown = office.decided(office.filed(RequestKind.ACCESS, youth=nobody), granted())
    over = office.decided(office.filed(youth=nobody), refused(Ground.NOTHING_FOUND))

    assert (shown.state, over.state) == (RequestState.DONE, RequestState.DONE)


def test_a_parent_asks_for_a_younger_child() -> None:
    """D31 with the ages of D30."""
    office = Office()
    asks = make_new().requester
    parent = Requester(
        role=RequesterRole.LEGAL_REPRESENTATIVE, checked_on=TODAY, checked_how=asks.checked_how
    )

    assert office.filed(requester=parent).requester == parent
    assert refusals(office, requester=parent, youth=make_youth(birth_date=PartialDate(2009, 1, 1))) == [
        ("/requester/role", "not-entitled")
    ]
