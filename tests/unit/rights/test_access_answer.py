"""The answer to a request for access: all that D32 lists, and nothing that may not be in it."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

import pytest

from chalicelib.api.access import access_page
from chalicelib.api.schemas.access import access_answer_body
from chalicelib.domain.audit import Act
from chalicelib.domain.errors import AnswerNotReady
from chalicelib.domain.notice import NoticeKind, NoticeState
from chalicelib.domain.rights import Ground, Measure, RequestKind, Ruling
from chalicelib.domain.signal import Informed, InformedHow, InformedPerson, Signal, SignalState
from chalicelib.matches.succession import Succession
from chalicelib.matching import MatchKind
from chalicelib.matching.records import Address, Parent, PartialDate, Sex
from chalicelib.rights.access_answer import AccessAnswer
from chalicelib.rights.held import NotShown
from chalicelib.rights.names import WhoIsWho
from chalicelib.rights.recipients import RecipientsOf
from chalicelib.rights.rulings import GivenDecision, GivenMeasure
from chalicelib.rights.trail import Deed
from chalicelib.rights.withheld import Withheld
from tests.builders import make_organisation, make_professional, make_signal, make_youth
from tests.unit.rights.office import HANDLER, NURSE, Office, caller_of, granted, refused

PSEUDONYM = "f00d"
MOTHER = Parent(
    bsn="999993653", given_names="Wilhelmina", surname="Kruidenier", birth_date=PartialDate(1985, 1, 2)
)
TOLD = make_signal(
    "lo-1",
    "school",
    youth=make_youth(
        parents=(MOTHER,),
        previous_address=Address(
            postal_code="9711ZX", house_number=77, street="Verborgenstraat", city="Schuilplaats", secret=True
        ),
    ),
    informed=Informed(
        whom=frozenset({InformedPerson.LEGAL_REPRESENTATIVE}),
        on=date(2026, 11, 20),
        how=InformedHow.CONVERSATION,
    ),
    pseudonym=PSEUDONYM,
)
SISTER = make_signal(
    "lo-3",
    "youth-help",
    youth=make_youth(
        bsn="999991772",
        given_names="Roos",
        initials="R.",
        sex=Sex.FEMALE,
        birth_date=PartialDate(2016, 8, 21),
    ),
)
COLLEAGUE = make_signal("lo-4", "ggd", "p2", pseudonym=PSEUDONYM)
SHOWN_TO_SCHOOL_AND_NURSE = GivenDecision(
    ruling=Ruling.PARTLY,
    ground=Ground.SAFETY_OF_YOUTH,
    measures=tuple(GivenMeasure(signal_id=one, measure=Measure.SHOWN) for one in ("lo-1", "lo-2")),
)
NEVER = (
    *("999990342", "999993653", "999991772", "Wilhelmina", "Kruidenier"),
    *("Verborgenstraat", "9711ZX", "Schuilplaats", "Roos", "youth-help"),
)
"""Numbers, parents, what is secret, and the other youth of the household."""


def region(*signals: Signal) -> Office:
    """An office in which everybody has a card, and every notice so far was sent."""
    office = Office(*(signals or (TOLD, NURSE, SISTER)))
    for one in ("school", "ggd", "youth-help"):
        office.state.organisations[one] = make_organisation(one)
        office.state.professionals[f"{one}#p1"] = make_professional(one, name=f"Jo van {one}")
    office.state.professionals["ggd#p2"] = make_professional("ggd", "p2", name="Jo de tweede")
    now = office.world.clock.now()
    for name, notice in office.state.notices.items():
        office.state.notices[name] = replace(notice, state=NoticeState.SENT, sent_at=now, due_at=None)
    return office


def answered(office: Office, *measures: GivenMeasure) -> AccessAnswer:
    """The answer to a request that was granted."""
    request = office.decided(office.filed(RequestKind.ACCESS), granted(*measures))
    return office.answer(HANDLER, request.id)


@pytest.mark.rule("D32")
def test_the_answer_holds_what_each_signal_says_and_where_it_came_from() -> None:
    """As the organisation gave it, until when, and whom it says was told."""
    school, nurse = answered(region()).signals

    assert (school.number, school.state, school.reference) == (TOLD.number, SignalState.ACTIVE, "ref-lo-1")
    assert (school.source.organisation, school.source.name) == ("Organisation school", "Jo van school")
    assert (school.given_at, school.planned_end, school.until) == (
        TOLD.created_at,
        date(2027, 7, 31),
        date(2027, 7, 31),
    )
    assert school.youth == make_youth(bsn=None)
    assert school.informed == TOLD.informed
    assert nurse.source.organisation == "Organisation ggd"


@pytest.mark.rule("D32")
def test_the_answer_names_who_was_told() -> None:
    """The other professional about the same youth by name; one of another youth as just that."""
    school, nurse = answered(region()).signals

    told = {(one.who.organisation if one.who else None, one.kind, one.told) for one in school.recipients}
    assert told == {
        ("Organisation ggd", MatchKind.PERSON, NoticeKind.STARTED),
        (None, MatchKind.HOUSEHOLD, NoticeKind.STARTED),
    }
    assert {one.who.organisation for one in nurse.recipients if one.who} == {"Organisation school"}


@pytest.mark.rule("D32")
def test_whom_a_mail_never_left_to_was_not_told() -> None:
    """Refused at once, or not sent yet; one that may have left before a crash counts."""
    office = region(TOLD, NURSE)
    for name, notice in office.state.notices.items():
        office.state.notices[name] = replace(notice, state=NoticeState.FAILED)
    (of_nurse,) = (one for one in office.state.notices.values() if one.receiver == "ggd#p1")

    before = answered(office).signals[0].recipients
    office.state.notices[of_nurse.id] = replace(of_nurse, state=NoticeState.SENDING)
    after = answered(office).signals[0].recipients

    assert (len(before), len(after)) == (0, 1)


@pytest.mark.rule("D32")
def test_the_answer_names_who_looked_and_who_did_something() -> None:
    """By the trail: of the signal, of its matches, and of the youth; oldest first."""
    office = region()
    match = office.world.match_of_kind("lo-1", "lo-2", MatchKind.PERSON)
    now = office.world.clock.now()
    for number, (act, resource) in enumerate(
        [(Act.SIGNAL_READ, "lo-1"), (Act.EXPLANATION_READ, match.id), (Act.SIGNAL_READ, "lo-3")]
    ):
        entry = caller_of("ggd").entry(act, resource, at=now + timedelta(seconds=number), token=f"t{number}")
        office.world.storage.audit.append(entry)

    school, _ = answered(office).signals

    seen = [(one.who.organisation if one.who else None, one.deed, one.act) for one in school.looks]
    assert (("Organisation ggd", Deed.LOOKED, Act.SIGNAL_READ)) in seen
    assert (("Organisation ggd", Deed.LOOKED, Act.EXPLANATION_READ)) in seen
    assert [act for _, _, act in seen].count(Act.SIGNAL_READ) == 1
    assert [one.at for one in school.looks] == sorted(one.at for one in school.looks)


@pytest.mark.rule("D32")
def test_who_looked_at_a_household_match_from_the_other_side_has_no_name() -> None:
    """That somebody did is the family's to know; who is involved with the other youth is that youth's own."""
    office = region()
    tie = office.world.match_of_kind("lo-1", "lo-3", MatchKind.HOUSEHOLD)
    for number, organisation in enumerate(("school", "youth-help")):
        entry = caller_of(organisation).entry(
            Act.EXPLANATION_READ, tie.id, at=office.world.clock.now(), token=f"t{number}"
        )
        office.world.storage.audit.append(entry)

    school, _ = answered(office).signals

    looks = [one.who for one in school.looks if one.act is Act.EXPLANATION_READ]
    assert [one.organisation if one else None for one in looks] == ["Organisation school", None]


@pytest.mark.rule("D32")
def test_the_answer_names_what_was_asked_before_and_who_judged_a_doubt() -> None:
    """By whatever the trail called the youth then: a request by number is about signals without one too."""
    office = region()
    nurse = office.state.signals["lo-2"]
    before = office.decided(office.filed(RequestKind.OBJECTION), refused())
    office.read.one(HANDLER, before.id)

    shown = next(one for one in answered(office).signals if one.number == nurse.number)

    acts = [one.act for one in shown.looks]
    assert acts.count(Act.REQUEST_FILED) == 2
    assert acts.count(Act.REQUEST_DECIDED) == 2
    assert Act.REQUEST_READ in acts


@pytest.mark.rule("D32")
@pytest.mark.parametrize("known", [{}, {"given_names": None, "initials": None}], ids=["certain", "settled"])
def test_a_request_by_number_is_found_where_no_signal_has_one(known: dict[str, Any]) -> None:
    """The trail calls each such signal by itself, so what was asked stands there under each of those."""
    unnumbered = make_youth(bsn=None)
    office = region(
        make_signal("lo-1", "school", youth=unnumbered, pseudonym="a1"),
        make_signal("lo-2", "ggd", youth=unnumbered, pseudonym="b2"),
    )
    before = office.filed(RequestKind.OBJECTION, youth=make_youth(**known))
    for one in before.concerned:
        office.change.concern(HANDLER, before.id, one.signal_id, None, concerns=True)
    office.decided(before, refused())

    over = office.decided(office.filed(RequestKind.ACCESS, youth=unnumbered), granted())

    for held in office.answer(HANDLER, over.id).signals:
        acts = [one.act for one in held.looks]
        assert (acts.count(Act.REQUEST_FILED), acts.count(Act.REQUEST_DECIDED)) == (2, 2)


@pytest.mark.rule("D32")
@pytest.mark.parametrize("number", [None, "999990342"], ids=["without-number", "under-one-number"])
def test_no_line_tells_of_a_signal_that_is_about_somebody_else(number: str | None) -> None:
    """It was found, and a person said that it is not this youth's: its lines are that other youth's own."""
    youth = make_youth(bsn=number)
    names = ("a1", "b2") if number is None else (PSEUDONYM, PSEUDONYM)
    office = region(
        make_signal("lo-1", "school", youth=youth, pseudonym=names[0]),
        make_signal("lo-2", "ggd", youth=youth, pseudonym=names[1]),
    )
    theirs = office.filed(RequestKind.OBJECTION, youth=youth, signal_ids=("lo-1",))
    office.decided(theirs, refused())
    entry = caller_of("school").entry(
        Act.SIGNAL_READ, "lo-1", at=office.world.clock.now(), token="t0", youth=names[0]
    )
    office.world.storage.audit.append(entry)

    request = office.filed(RequestKind.ACCESS, youth=youth)
    office.change.concern(HANDLER, request.id, "lo-1", None, concerns=False)
    over = office.decided(request, granted())
    (held,) = office.answer(HANDLER, over.id).signals

    assert held.source.organisation == "Organisation ggd"
    assert Act.SIGNAL_READ not in {one.act for one in held.looks}
    if number is None:
        assert [one.act for one in held.looks].count(Act.REQUEST_FILED) == 1


@pytest.mark.rule("D33")
def test_no_line_tells_of_who_gave_what_is_withheld() -> None:
    """Neither as one who was told, nor as one who looked."""
    office = region()
    match = office.world.match_of_kind("lo-1", "lo-2", MatchKind.PERSON)
    entry = caller_of("ggd").entry(Act.MATCH_READ, match.id, at=office.world.clock.now(), token="t0")
    office.world.storage.audit.append(entry)
    partly = GivenDecision(
        ruling=Ruling.PARTLY,
        ground=Ground.RIGHTS_OF_OTHERS,
        measures=(GivenMeasure(signal_id="lo-1", measure=Measure.SHOWN),),
    )

    over = office.decided(office.filed(RequestKind.ACCESS), partly)
    answer = office.answer(HANDLER, over.id)

    assert "ggd" not in access_answer_body(answer).model_dump_json() + access_page(answer)


@pytest.mark.rule("D33")
def test_no_line_tells_of_a_withheld_signal_by_an_organisation_of_which_another_is_shown() -> None:
    """A colleague's name is as telling: by the trail of the youth, a match, advice, or who was told."""
    office = region(TOLD, NURSE, COLLEAGUE)
    hidden, now = office.state.signals[COLLEAGUE.id], office.world.clock.now()
    match = office.world.match_of_kind("lo-1", COLLEAGUE.id, MatchKind.PERSON)
    request = office.filed(RequestKind.ACCESS)
    for number, (professional, act, resource) in enumerate(
        (
            ("p2", Act.SIGNAL_GIVEN, hidden.id),
            ("p8", Act.SIGNAL_READ, hidden.id),
            ("p8", Act.EXPLANATION_READ, match.id),
            ("p2", Act.ADVICE_GIVEN, request.id),
        )
    ):
        who = replace(caller_of("ggd"), professional_id=professional)
        office.world.storage.audit.append(
            who.entry(act, resource, at=now, token=f"t{number}", youth=PSEUDONYM)
        )

    over = office.decided(request, SHOWN_TO_SCHOOL_AND_NURSE)
    answer = office.answer(HANDLER, over.id)

    shown = access_answer_body(answer).model_dump_json() + access_page(answer)
    assert [one for one in ("Jo de tweede", "p8") if one in shown] == []
    assert "Jo van ggd" in shown


@pytest.mark.rule("D33")
def test_no_line_tells_of_a_match_with_a_withheld_signal() -> None:
    """A supervisor who was told of it, or one's own professional who looked at it, tells that it is there."""
    office = region(TOLD, NURSE)
    match = office.world.match_of_kind("lo-1", "lo-2", MatchKind.PERSON)
    (notice,) = (one for one in office.state.notices.values() if one.receiver == "ggd#p1")
    office.state.notices["of-supervisor"] = replace(
        notice, id="of-supervisor", receiver="region#supervisor", signal_id=None
    )
    entry = caller_of("school").entry(
        Act.EXPLANATION_READ, match.id, at=office.world.clock.now(), token="t0", youth=PSEUDONYM
    )
    office.world.storage.audit.append(entry)
    partly = replace(
        SHOWN_TO_SCHOOL_AND_NURSE, measures=(GivenMeasure(signal_id="lo-1", measure=Measure.SHOWN),)
    )

    over = office.decided(office.filed(RequestKind.ACCESS), partly)
    (school,) = office.answer(HANDLER, over.id).signals

    assert school.recipients == ()
    assert Act.EXPLANATION_READ not in {one.act for one in school.looks}


@pytest.mark.rule("D32")
def test_who_was_told_of_a_signal_knows_of_the_one_that_took_its_place() -> None:
    """A renewal is no news, so nobody is told of it (D7); they know all the same."""
    office = region(TOLD, NURSE)
    over = replace(TOLD, state=SignalState.CLOSED, renewed_by="lo-9", youth=None, informed=None)
    office.state.signals["lo-1"] = over
    office.state.signals["lo-9"] = replace(TOLD, id="lo-9", number="S-lo-9-0000", renews="lo-1")

    succession = Succession(office.world.storage.signals.sealed)
    recipients = RecipientsOf(
        storage=office.world.storage,
        who=WhoIsWho(office.world.storage.organisations),
        withheld=Withheld(),
    )
    told = recipients(office.state.signals["lo-9"], succession.lineage("lo-9"))

    assert [one.who.organisation for one in told if one.who] == ["Organisation ggd"]


@pytest.mark.rule("D7")
@pytest.mark.rule("D32")
@pytest.mark.parametrize("renewals", [1, 2])
def test_what_took_the_place_of_a_signal_since_the_decision_is_in_the_answer(renewals: int) -> None:
    """The answer is made anew each time: what is held of the youth then is held in the renewal."""
    office = region(TOLD)
    over = office.decided(office.filed(RequestKind.ACCESS), granted())
    line = ["lo-1"]
    for _ in range(renewals):
        line.append(office.world.renew(line[-1]).id)

    (held,) = office.answer(HANDLER, over.id).signals

    assert held.number == office.signal(line[-1]).number
    assert held.youth == make_youth(bsn=None)
    assert Act.SIGNAL_RENEWED in {one.act for one in held.looks}


@pytest.mark.rule("D4")
@pytest.mark.rule("D20")
@pytest.mark.rule("D21")
def test_the_answer_holds_no_number_no_parent_no_secret_address_and_no_other_youth() -> None:
    """Neither as JSON nor on the page; that they are held, is said."""
    answer = answered(region())

    shown = access_answer_body(answer).model_dump_json(by_alias=True) + access_page(answer)
    assert [one for one in NEVER if one in shown] == []
    assert answer.signals[0].not_shown == (NotShown.BSN, NotShown.PARENTS, NotShown.SECRET_ADDRESS)
    assert "Een geheim adres." in access_page(answer)


@pytest.mark.rule("D32")
def test_the_page_says_what_the_answer_holds() -> None:
    """In words; and nothing is fetched from elsewhere."""
    shown = " ".join(access_page(answered(region())).split())

    for words in (
        *("Sebastiaan Johannes van der Meer", "9 maart 2014", "Lange Nieuwstraat 12A, 3511AB Utrecht"),
        *("Jo van school, Intern begeleider (Organisation school)", "Bewaard tot en met", "31 juli 2027"),
        *("Verteld aan de ouder of voogd op 20 november 2026, in een gesprek.", "Jeugdwet"),
        *("Iemand die betrokken is bij een ander kind", "Autoriteit Persoonsgegevens"),
    ):
        assert words in shown
    assert "http" not in shown
    assert "<script" not in shown


@pytest.mark.rule("D32")
def test_the_answer_is_that_nothing_is_held() -> None:
    """Of whom no signal is: that is an answer too."""
    office = region()
    nobody = make_youth(bsn=None, surname="Smit", given_names="Tim", initials="T.")
    request = office.decided(office.filed(RequestKind.COPY, youth=nobody), granted())

    answer = office.answer(HANDLER, request.id)

    assert answer.signals == ()
    assert "Er zijn geen signalen over jou." in access_page(answer)


@pytest.mark.rule("D33")
@pytest.mark.parametrize("named", [None, ("lo-1",)], ids=["withheld", "not-asked-for"])
def test_the_page_does_not_say_that_nothing_is_held_where_something_may_be(
    named: tuple[str, ...] | None,
) -> None:
    """What was shown is gone since; another signal is withheld, or was not asked for."""
    office = region(TOLD, NURSE)
    partly = replace(
        SHOWN_TO_SCHOOL_AND_NURSE, measures=(GivenMeasure(signal_id="lo-1", measure=Measure.SHOWN),)
    )
    request = office.filed(RequestKind.ACCESS, signal_ids=named)
    over = office.decided(request, granted() if named else partly)
    office.decided(office.filed(RequestKind.ERASURE, signal_ids=("lo-1",)), granted())

    answer = office.answer(HANDLER, over.id)

    assert answer.signals == ()
    assert "geen signalen over jou" not in access_page(answer)


@pytest.mark.rule("D33")
def test_what_is_withheld_is_not_shown() -> None:
    """Partly granted: the rights of others."""
    office = region()
    request = office.filed(RequestKind.ACCESS)
    partly = GivenDecision(
        ruling=Ruling.PARTLY,
        ground=Ground.RIGHTS_OF_OTHERS,
        measures=(GivenMeasure(signal_id="lo-1", measure=Measure.SHOWN),),
    )
    over = office.decided(request, partly)

    assert [one.number for one in office.answer(HANDLER, over.id).signals] == [TOLD.number]


def test_there_is_no_answer_before_a_decision_nor_long_after() -> None:
    """Nor where access was refused, or something else was asked."""
    office = region()
    undecided = office.filed(RequestKind.ACCESS)
    no = office.decided(office.filed(RequestKind.ACCESS), refused(Ground.EXCESSIVE))
    other = office.decided(office.filed(RequestKind.ERASURE), refused())
    for request in (undecided, no, other):
        with pytest.raises(AnswerNotReady):
            office.answer(HANDLER, request.id)
    yes = office.decided(undecided, granted())
    office.world.clock.advance(timedelta(days=27, hours=23))
    assert office.answer(HANDLER, yes.id).signals

    office.world.clock.advance(timedelta(hours=1))

    with pytest.raises(AnswerNotReady):
        office.answer(HANDLER, yes.id)


@pytest.mark.rule("D39")
def test_making_the_answer_is_in_the_trail_of_the_youth() -> None:
    """Each time."""
    office = region()
    answered(office)

    (entry,) = [one for one in office.state.audit.values() if one.act is Act.ACCESS_ANSWERED]
    assert (entry.organisation_id, entry.professional_id, entry.youth) == ("region", "handler-1", PSEUDONYM)


@pytest.mark.rule("D35")
def test_what_the_archive_holds_is_in_the_answer() -> None:
    """Until the day on which it goes."""
    office = region(TOLD)
    office.decided(
        office.filed(RequestKind.OBJECTION),
        granted(GivenMeasure(signal_id="lo-1", measure=Measure.CLOSED)),
    )

    (held,) = answered(office).signals

    assert (held.state, held.until) == (SignalState.CLOSED, date(2031, 11, 22))


@pytest.mark.rule("D32")
def test_the_answer_is_complete_against_every_row_there_is() -> None:
    """Each row of the region that names a signal of the youth is in the answer, or is known not to be held.

    Rows are looked through as they are: what a new table holds of a signal fails here until it is told.
    """
    office = region()
    caller = caller_of("ggd")
    office.world.storage.audit.append(
        caller.entry(Act.SIGNAL_READ, "lo-1", at=office.world.clock.now(), token="t1", youth=PSEUDONYM)
    )
    answer = answered(office)

    naming = {
        field.name
        for field in fields(office.state)
        if field.name not in {"clock", "before", "after"}
        and "lo-1" in repr(getattr(office.state, field.name))
    }
    assert naming == {
        "signals",  # shown
        "keys",  # keyed hashes of what is shown
        "matches",  # whom it made known: shown by who was told
        "notices",  # who was told, shown
        "audit",  # who looked, shown
        "requests",  # the requests themselves
        "histories",  # whether there were earlier signals: those that are held are in the answer themselves
    }
    school = answer.signals[0]
    sent = [
        one
        for one in office.state.notices.values()
        if one.match_id in {m.id for m in office.state.matches.values() if m.concerns("lo-1")}
        and one.receiver != "school#p1"
        and one.sent_at is not None
    ]
    assert len(school.recipients) == len(sent) > 0
    acts = {  # which may stand in the trail under several names of the youth
        (one.organisation_id, one.professional_id, one.act, one.resource, one.at)
        for one in office.state.audit.values()
        if one.resource == "lo-1" or one.youth is not None
        if one.act is not Act.ACCESS_ANSWERED
    }
    assert len(school.looks) == len(acts) > 0
