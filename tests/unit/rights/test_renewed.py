"""A signal that is renewed while a request is open: what is decided reaches what goes on (D7, D33)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from chalicelib.domain.errors import RequestRefused, RequestUnsettled
from chalicelib.domain.legal_profile import DUTCH_DEFAULT
from chalicelib.domain.rights import Measure, RequestKind, RequestState, RightsRequest, Ruling
from chalicelib.domain.signal import Informed, InformedHow, InformedPerson, SignalState
from chalicelib.matching import Youth
from chalicelib.matching.records import PartialDate
from chalicelib.rights.rulings import GivenDecision, GivenMeasure
from tests.builders import TODAY, make_signal
from tests.unit.rights.office import HANDLER, Office, granted

pytestmark = [pytest.mark.rule("D7"), pytest.mark.rule("D33")]


def with_renewed(
    kind: RequestKind = RequestKind.ERASURE, *, named: bool = True
) -> tuple[Office, RightsRequest, str]:
    """A request about the school's signal, and the id of what took that one's place since."""
    office = Office()
    request = office.filed(kind, signal_ids=("lo-1",) if named else None)
    heir = office.world.renew("lo-1").id
    office.world.work()
    return office, request, heir


def settled(office: Office, request: RightsRequest) -> RightsRequest:
    """The request, once a decision found what there is by now."""
    with pytest.raises(RequestUnsettled):
        office.decided(request, granted())
    return office.request(request.id)


@pytest.mark.parametrize("named", [True, False])
def test_what_took_its_place_is_looked_at_before_anything_is_decided(named: bool) -> None:  # noqa: FBT001 - a case
    """Also of a request about certain signals alone: it is the same signal, to the family."""
    office, request, heir = with_renewed(named=named)

    found = settled(office, request)

    about = found.about(heir)
    assert about is not None
    assert (about.concerns, about.asked_at is not None) == (True, True)


@pytest.mark.parametrize("renewals", [1, 2])
def test_what_is_renewed_while_it_is_being_hidden_is_hidden_too(renewals: int) -> None:
    """Who renews may come between the look for what stands in its place and the step."""
    office = Office()
    line = ["lo-1"]

    def before(operation: str) -> None:
        if operation == "signals.change" and len(line) <= renewals:
            office.state.before = lambda _: None
            line.append(office.world.renew(line[-1]).id)
            office.state.before = before

    office.state.before = before
    office.filed(RequestKind.OBJECTION, signal_ids=("lo-1",), hides=True)

    assert office.signal(line[-1]).state is SignalState.RESTRICTED
    assert [office.signal(one).state for one in line[:-1]] == [SignalState.CLOSED] * renewals


def test_a_right_to_be_erased_reaches_all_of_the_line() -> None:
    """No row keeps a record or a reference."""
    office, request, heir = with_renewed()
    settled(office, request)

    over = office.decided(request, granted())

    assert over.state is RequestState.DONE
    assert [office.signal(one).state for one in ("lo-1", heir)] == [SignalState.ERASED] * 2
    assert office.signal("lo-1").reference == ""


def test_about_what_was_renewed_is_decided_what_is_about_the_one_that_goes_on() -> None:
    """One cannot be erased and the other kept: they are one."""
    office, request, heir = with_renewed(named=False)
    settled(office, request)
    divided = GivenDecision(
        ruling=Ruling.GRANTED,
        ground=None,
        measures=(
            GivenMeasure(signal_id="lo-1", measure=Measure.ERASED),
            GivenMeasure(signal_id=heir, measure=Measure.CLOSED),
        ),
    )

    with pytest.raises(RequestRefused) as error:
        office.decided(request, divided)

    assert [(one.pointer, one.code) for one in error.value.problems] == [
        ("/measures/0/measure", "was-renewed")
    ]


def test_closing_the_one_that_goes_on_is_said_of_the_other_too() -> None:
    """Which has ended, and stays as it is."""
    office, request, heir = with_renewed()
    settled(office, request)

    over = office.decided(request, granted(GivenMeasure(signal_id=heir, measure=Measure.CLOSED)))

    assert {one.signal_id: one.measure for one in over.concerned} == {
        "lo-1": Measure.CLOSED,
        heir: Measure.CLOSED,
    }
    assert (over.state, office.signal(heir).state) == (RequestState.DONE, SignalState.CLOSED)
    assert office.signal("lo-1").state is SignalState.CLOSED


def test_what_goes_on_about_somebody_else_is_left_in_peace() -> None:
    """It was corrected since: about this youth nothing is left of what was renewed."""
    office, request, heir = with_renewed()
    settled(office, request)
    office.change.concern(HANDLER, request.id, heir, None, concerns=False)

    over = office.decided(request, granted())

    assert over.state is RequestState.DONE
    assert office.signal(heir).state is SignalState.ACTIVE
    assert {one.signal_id: one.measure for one in over.concerned} == {"lo-1": Measure.KEPT, heir: None}


@pytest.mark.parametrize(
    ("kind", "measure", "state"),
    [
        (RequestKind.ERASURE, Measure.ERASED, SignalState.ERASED),
        (RequestKind.ERASURE, Measure.CLOSED, SignalState.CLOSED),
        (RequestKind.RESTRICTION, Measure.RESTRICTED, SignalState.RESTRICTED),
    ],
)
def test_who_renews_after_the_decision_takes_nothing_away_from_it(
    kind: RequestKind, measure: Measure, state: SignalState
) -> None:
    """What was decided is done to what took the place of the signal before it was carried out."""
    office = Office()
    request = office.filed(kind, signal_ids=("lo-1",))
    heirs: list[str] = []

    def renew(operation: str) -> None:
        if operation == "rights.commit" and not heirs:
            heirs.append("")
            heirs[0] = office.world.renew("lo-1").id

    office.state.after = renew
    office.decided(request, granted(GivenMeasure(signal_id="lo-1", measure=measure)))

    assert office.signal(heirs[0]).state is state


class Younger:
    """A correction of the birth date: the youth is eight."""

    def applied_to(self, youth: Youth) -> Youth:
        """As they are."""
        return replace(youth, birth_date=PartialDate(2018, 3, 9))


@pytest.mark.rule("D30")
def test_who_turns_out_to_be_younger_has_others_told() -> None:
    """A correction asks for the duty to inform anew, within the term of the signal (D31)."""
    told = Informed(
        whom=frozenset({InformedPerson.YOUTH}), on=date(2026, 11, 20), how=InformedHow.CONVERSATION
    )
    office = Office(make_signal("lo-1", "school", informed=told, inform_by=None))
    request = office.filed(RequestKind.RECTIFICATION)

    office.decided(
        request, granted(GivenMeasure(signal_id="lo-1", measure=Measure.CORRECTED, edit=Younger()))
    )

    by = office.signal("lo-1").inform_by
    assert by is not None
    assert (by - TODAY).days == DUTCH_DEFAULT.inform_within_days
