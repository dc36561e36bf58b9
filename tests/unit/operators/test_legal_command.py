"""Another legal profile: reviewed before it is deployed, and then no life longer than was told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from chalicelib.domain.audit import Act
from chalicelib.domain.legal_profile import DUTCH_DEFAULT, LegalProfile
from chalicelib.domain.signal import Archived, SignalState
from chalicelib.matching import PartialDate
from chalicelib.ports.errors import StorageBusy
from chalicelib.upkeep.legal_report import Held, held_profile, hold
from infra.errors import InfraError
from infra.operators.law import Review, require_reviewed, settle_law
from tests.builders import NOW, TODAY, make_organisation, make_professional, make_signal, make_youth
from tests.signal_requests import make_caller, make_card, make_request
from tests.unit.operators.counter import Counter

YESTERDAY = TODAY - timedelta(days=1)
ADULT_AT_21 = LegalProfile.of({"name": "adult at 21", "age_limit": 21})
NO_ARCHIVE = LegalProfile.of({"name": "no archive", "archive": False})
LONGER = LegalProfile.of({"name": "longer", "longest_years": 3, "age_limit": 25})
NO_ADDRESS = LegalProfile.of({"name": "no address match", "address_match": False})


class Office(Counter):
    """An operator whose stage runs under Dutch law, and who wants another."""

    def __init__(self, capsys: pytest.CaptureFixture[str], wanted: LegalProfile) -> None:
        super().__init__(capsys)
        self.desk = replace(self.desk, settings=replace(self.desk.settings, legal=wanted))
        self.told: list[str] = []
        self.state = self.region.storage.state
        for one in ("p1",):
            card = make_professional("school", one)
            self.state.professionals[card.receiver] = card

    def held(self) -> Held | None:
        """What the stage runs under."""
        return held_profile(self.region.storage.settings)

    def runs_under(self, legal: LegalProfile = DUTCH_DEFAULT) -> None:
        """The stage was deployed with a profile before."""
        hold(self.region.storage.settings, Held(legal=legal, before=legal, applied=True))

    def report(self) -> str:
        """The digest of a fresh report."""
        return self.type("legal compare local").partition("report: ")[2].partition(",")[0]

    def settle(self, review: Review | None) -> None:
        """What a deploy does: first refuse, then settle."""
        require_reviewed(self.desk, review)
        settle_law(self.desk, review, self.told.append)

    def acts(self) -> list[Act]:
        """All that the audit trail says."""
        return [entry.act for entry in self.state.audit.values()]


@pytest.fixture
def office(capsys: pytest.CaptureFixture[str]) -> Callable[[LegalProfile], Office]:
    """An office that wants a profile, of a stage under Dutch law."""

    def opened(wanted: LegalProfile) -> Office:
        made = Office(capsys, wanted)
        made.runs_under()
        return made

    return opened


def give(office: Office, signal_id: str, born: PartialDate, last_day: date = date(2027, 7, 31)) -> None:
    """A running signal about somebody born then."""
    office.state.signals[signal_id] = make_signal(
        signal_id, youth=make_youth(birth_date=born), ends_on=last_day
    )


def give_neighbours(office: Office) -> list[str]:
    """Signals of two organisations about two children at one address; their ids."""
    other_child = make_youth(
        bsn="999990019", given_names="Noor", initials="N.", surname_prefix=None, surname="Bos"
    )
    ids = []
    for organisation, youth in (("school", make_youth()), ("ggd", replace(other_child, sex=None))):
        held = make_organisation(organisation)
        office.state.organisations[organisation] = held
        card = make_card(id="p1", email=f"p1@{organisation}.example")
        given = office.region.give(make_request(youth=youth, professional=card), caller=make_caller(held))
        ids.append(given.signal.id)
    return sorted(ids)


def archive(office: Office, signal_id: str, until: date) -> None:
    """A closed signal that is in the archive until a day."""
    office.state.signals[signal_id] = make_signal(
        signal_id,
        state=SignalState.CLOSED,
        ended_at=NOW,
        keys=frozenset(),
        archived=Archived(frozenset(), until),
    )


def test_the_first_profile_is_taken_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    """There is nothing to compare with."""
    first = Office(capsys, ADULT_AT_21)

    first.settle(None)

    assert first.held() == Held(legal=ADULT_AT_21, before=ADULT_AT_21, applied=True)


def test_the_same_profile_needs_no_review(office: Callable[[LegalProfile], Office]) -> None:
    """And writes nothing."""
    same = office(DUTCH_DEFAULT)

    same.settle(None)

    assert (same.acts(), same.told) == ([], [])


def test_another_profile_is_refused_without_a_review(office: Callable[[LegalProfile], Office]) -> None:
    """The refusal says what to do; nothing changes."""
    other = office(ADULT_AT_21)
    give(other, "lo-s1", PartialDate(2005, 1, 1))
    before = dict(other.state.signals)

    with pytest.raises(InfraError, match="python -m infra legal compare local"):
        other.settle(None)

    assert (other.state.signals, other.held()) == (
        before,
        Held(legal=DUTCH_DEFAULT, before=DUTCH_DEFAULT, applied=True),
    )


def test_a_comparison_counts_what_would_change(office: Callable[[LegalProfile], Office]) -> None:
    """What ends earlier in the index and in the archive, and what is not lengthened."""
    other = office(replace(ADULT_AT_21, archive_years=1))
    give(other, "lo-s1", PartialDate(2005, 1, 1))
    give(other, "lo-s2", PartialDate(2014, 3, 9))
    archive(other, "lo-s3", date(2031, 11, 22))
    archive(other, "lo-s4", date(2027, 1, 1))

    assert other.type("legal compare local").splitlines()[:-1] == [
        "name: Dutch default -> adult at 21",
        "age_limit: 23 -> 21",
        "archive_years: 5 -> 1",
        "  archived: 2",
        "  archived that go earlier: 1",
        "  running: 2",
        "  running that end earlier: 1",
        "  running that stay as short: 0",
        "no last day becomes later; everything else holds from the deploy on",
    ]


def test_a_reviewed_change_brings_last_days_forward(office: Callable[[LegalProfile], Office]) -> None:
    """Who is over the new age goes at once, who comes to it goes then, and the others stay."""
    other = office(ADULT_AT_21)
    give(other, "lo-s1", PartialDate(2005, 1, 1))
    give(other, "lo-s2", PartialDate(2006, 2, 1))
    give(other, "lo-s3", PartialDate(2014, 3, 9))

    other.settle(Review(by="N. Bakker", report=other.report()))

    last_days = {one.id: (one.ends_on, one.revision) for one in other.state.signals.values()}
    assert last_days == {
        "lo-s1": (YESTERDAY, 2),
        "lo-s2": (date(2027, 1, 31), 2),
        "lo-s3": (date(2027, 7, 31), 1),
    }
    assert other.held() == Held(
        legal=ADULT_AT_21, before=DUTCH_DEFAULT, applied=True, reviewed_by="N. Bakker"
    )


def test_what_is_done_is_in_the_trail(office: Callable[[LegalProfile], Office]) -> None:
    """The change of the law, and each signal that it changed."""
    other = office(ADULT_AT_21)
    give(other, "lo-s1", PartialDate(2005, 1, 1))

    other.settle(Review(by="N. Bakker", report=other.report()))

    assert other.acts() == [Act.REGION_LOOKED_AT, Act.LEGAL_PROFILE_CHANGED, Act.SIGNAL_REDATED]
    assert [entry.professional_id for entry in other.state.audit.values()][1:] == [
        "N. Bakker",
        "legal-profile",
    ]


@pytest.mark.rule("D7")
def test_no_life_becomes_longer_than_the_family_was_told(office: Callable[[LegalProfile], Office]) -> None:
    """A law that allows more counts for what is given from now on."""
    other = office(LONGER)
    give(other, "lo-s1", PartialDate(2004, 1, 1), last_day=date(2026, 12, 31))
    archive(other, "lo-s2", date(2027, 1, 1))

    counted = other.type("legal compare local")
    other.settle(Review(by="N. Bakker", report=other.report()))

    assert "running that stay as short: 1" in counted
    assert other.state.signals["lo-s1"].ends_on == date(2026, 12, 31)
    assert other.state.signals["lo-s2"].archived == Archived(frozenset(), date(2027, 1, 1))


@pytest.mark.rule("D35")
def test_without_an_archive_all_that_is_in_it_goes(office: Callable[[LegalProfile], Office]) -> None:
    """By the next hourly run."""
    other = office(NO_ARCHIVE)
    archive(other, "lo-s1", date(2031, 11, 22))

    other.settle(Review(by="N. Bakker", report=other.report()))

    assert other.state.signals["lo-s1"].archived == Archived(frozenset(), YESTERDAY)


@pytest.mark.rule("D13")
def test_another_rule_of_matching_has_all_matched_anew(office: Callable[[LegalProfile], Office]) -> None:
    """The report says what would end; the functions do it."""
    other = office(NO_ADDRESS)
    neighbours = give_neighbours(other)
    under_dutch_law = replace(other.desk, settings=replace(other.desk.settings, legal=DUTCH_DEFAULT))
    under_dutch_law.reconcile(neighbours[0])
    other.state.pending.clear()

    counted = other.type("legal compare local")
    other.settle(Review(by="N. Bakker", report=other.report()))

    assert "matches: HOUSEHOLD ends ADDRESS_ALONE: 1" in counted
    assert other.told[-1] == "legal profile: signals that are matched anew: 2"
    assert set(other.state.pending) == set(neighbours)


@pytest.mark.parametrize(
    ("digest", "told"),
    [("0123456789abcdef", "there is no report"), ("", "there is no report")],
)
def test_a_report_that_is_not_there_is_no_review(
    office: Callable[[LegalProfile], Office], digest: str, told: str
) -> None:
    """Somebody has to have seen something."""
    other = office(ADULT_AT_21)

    with pytest.raises(InfraError, match=told):
        other.settle(Review(by="N. Bakker", report=digest))


def test_a_report_of_another_change_is_no_review(office: Callable[[LegalProfile], Office]) -> None:
    """The profile was edited after it."""
    other = office(ADULT_AT_21)
    digest = other.report()
    other.desk = replace(other.desk, settings=replace(other.desk.settings, legal=NO_ARCHIVE))

    with pytest.raises(InfraError, match="is of another change"):
        other.settle(Review(by="N. Bakker", report=digest))


def test_a_report_is_good_for_a_week(office: Callable[[LegalProfile], Office]) -> None:
    """After that it is of other signals."""
    other = office(ADULT_AT_21)
    digest = other.report()
    other.region.clock.advance(timedelta(days=7, seconds=1))

    with pytest.raises(InfraError, match="older than a week"):
        other.settle(Review(by="N. Bakker", report=digest))


def test_a_report_that_was_changed_is_no_report(office: Callable[[LegalProfile], Office]) -> None:
    """Its digest is of all that it says."""
    other = office(ADULT_AT_21)
    digest = other.report()
    held = other.state.reports[f"legal#report#{digest}"]
    other.state.reports[f"legal#report#{digest}"] = {**held, "counts": "{}"}

    with pytest.raises(InfraError, match="there is no report"):
        other.settle(Review(by="N. Bakker", report=digest))


def test_a_change_that_was_interrupted_goes_on(office: Callable[[LegalProfile], Office]) -> None:
    """By the next deploy, without another review, or by the command; the command says so until then."""
    other = office(ADULT_AT_21)
    give(other, "lo-s1", PartialDate(2005, 1, 1))
    digest, busy = other.report(), iter([True])

    def changes_are_busy_at_first(operation: str) -> None:
        if operation == "signals.change" and next(busy, False):
            raise StorageBusy("signals")

    other.state.before = changes_are_busy_at_first
    with pytest.raises(InfraError, match="these could not be written now; do legal apply:\n  lo-s1"):
        other.settle(Review(by="N. Bakker", report=digest))
    shown = other.type("legal show local")
    applied = other.type("legal apply local")

    assert "not all last days are under it yet: legal apply" in shown
    assert applied.splitlines()[-1] == "all last days are under it"
    assert other.state.signals["lo-s1"].ends_on == YESTERDAY
    assert "reviewed by: N. Bakker" in other.type("legal show local")


def test_what_a_run_missed_before_it_stopped_is_not_forgotten(
    office: Callable[[LegalProfile], Office], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run that goes on does not see it: last days are not all under the law before one has seen all."""
    monkeypatch.setattr("chalicelib.upkeep.legal_change.PAGE", 1)
    other = office(ADULT_AT_21)
    for one in ("lo-s1", "lo-s2"):
        give(other, one, PartialDate(2005, 1, 1))
    digest = other.report()
    faults = {
        "signals.change": iter([StorageBusy("missed")]),
        "census.found": iter([None, StorageBusy("away")]),
    }

    def fail(operation: str) -> None:
        fault = next(faults.get(operation, iter(())), None)
        if fault is not None:
            raise fault

    other.state.before = fail
    with pytest.raises(StorageBusy, match="away"):
        other.settle(Review(by="N. Bakker", report=digest))
    with pytest.raises(InfraError, match="1 that an earlier run missed before it stopped"):
        other.type("legal apply local")

    assert other.type("legal apply local").splitlines()[-1] == "all last days are under it"
    assert [other.state.signals[one].ends_on for one in ("lo-s1", "lo-s2")] == [YESTERDAY, YESTERDAY]


def test_a_signal_that_changes_meanwhile_is_read_again(office: Callable[[LegalProfile], Office]) -> None:
    """And gets its day all the same."""
    other = office(ADULT_AT_21)
    give(other, "lo-s1", PartialDate(2005, 1, 1))
    digest, once = other.report(), iter([True])

    def somebody_changes_it(operation: str) -> None:
        if operation == "signals.change" and next(once, False):
            held = other.state.signals["lo-s1"]
            other.state.signals["lo-s1"] = replace(held, revision=held.revision + 1)

    other.state.before = somebody_changes_it

    other.settle(Review(by="N. Bakker", report=digest))

    assert (other.state.signals["lo-s1"].ends_on, other.state.signals["lo-s1"].revision) == (YESTERDAY, 3)


def test_there_is_nothing_to_compare_when_nothing_changes(office: Callable[[LegalProfile], Office]) -> None:
    """It is said plainly."""
    with pytest.raises(InfraError, match="nothing would change"):
        office(DUTCH_DEFAULT).type("legal compare local")


def test_a_stage_without_a_profile_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    """Before its first deploy."""
    first = Office(capsys, DUTCH_DEFAULT)

    assert "holds no legal profile yet" in first.type("legal show local")
    with pytest.raises(InfraError, match="holds no legal profile yet"):
        first.type("legal apply local")
