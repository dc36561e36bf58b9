"""When a youth died: the own signal goes at once, all others on somebody's word (D34, D35)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.audit import Act
from chalicelib.domain.death import DeathReport
from chalicelib.domain.erasure import ErasureGround
from chalicelib.domain.errors import (
    CursorRefused,
    DeathReportNotFound,
    SignalAlreadyEnded,
    SignalNotFound,
)
from chalicelib.domain.signal import Signal, SignalState
from chalicelib.matches.decided import DecidePersons
from chalicelib.matches.earlier import FindEarlier
from chalicelib.matching import MatchingProfile, default_model
from chalicelib.rights.of_youth import FindAllOfYouth
from chalicelib.security.cursors import Cursors
from chalicelib.signals.death import ConfirmDeath, ReportDeath
from chalicelib.signals.death_reports import DeathReports
from chalicelib.signals.erase import EraseSignal
from tests.builders import TODAY, WrittenOut, make_signal
from tests.fakes import FakePseudonyms
from tests.rights_cases import memory_finder, memory_rights
from tests.unit.matches.test_earlier import TWIN, make_archived, with_archive
from tests.unit.matches.world import ADMINISTRATOR, World
from tests.unit.rights.office import HANDLER, make_new

pytestmark = [pytest.mark.rule("D34"), pytest.mark.rule("D35")]

SCHOOL, NURSE = make_signal("lo-s1"), make_signal("lo-s2", "ggd")
COLLEAGUE = make_signal("lo-s3", "school", "p2")
BROTHER = make_signal("lo-s4", "debt", youth=TWIN)
ARCHIVED = make_archived("lo-a1", "debt")
ARCHIVED_OWN = make_archived("lo-a2", "school")
OF_BROTHER = make_archived("lo-a3", "debt", youth=TWIN)
ALL = frozenset({"lo-s2", "lo-s3", "lo-a1", "lo-a2"})
ERASED = SignalState.ERASED


class Parish:
    """Three signals about one youth, one about his twin, and an archive that knows both."""

    def __init__(self, *more: Signal) -> None:
        self.world = with_archive(ARCHIVED, ARCHIVED_OWN, OF_BROTHER)
        self.world.arrive(SCHOOL, NURSE, COLLEAGUE, BROTHER, *more)
        self.storage = self.world.storage
        erase = EraseSignal(storage=self.storage, names=self.world.names, clock=self.world.clock)
        persons = DecidePersons(
            storage=self.storage,
            hasher=WrittenOut(),
            model=default_model(),
            profile=MatchingProfile(),
            today=TODAY,
        )
        self.report = ReportDeath(
            storage=self.storage,
            erase=erase,
            find=FindAllOfYouth(
                earlier=lambda: FindEarlier(persons),
                find=memory_finder(self.storage, self.world.clock, WrittenOut()),
            ),
            clock=self.world.clock,
        )
        self.confirmation = ConfirmDeath(
            storage=self.storage,
            erase=erase,
            cursors=Cursors(FakePseudonyms()),
            names=self.world.names,
            clock=self.world.clock,
        )

    @property
    def reports(self) -> DeathReports:
        """Those that are kept."""
        return DeathReports(self.storage.settings, self.storage.concerns)

    def erased(self) -> set[str]:
        """Which signals are gone."""
        return {one.id for one in self.storage.state.signals.values() if one.state is ERASED}


def test_the_own_signal_goes_at_once_and_leaves_nothing() -> None:
    """By a certificate on the ground of death; no other signal is touched."""
    parish = Parish()

    own = parish.report(World().caller(SCHOOL), "lo-s1")

    assert (own.signal.state, own.signal.youth, own.signal.keys) == (ERASED, None, frozenset())
    assert parish.erased() == {"lo-s1"}
    certificate = parish.storage.erasures.get("lo-s1")
    assert certificate is not None
    assert certificate.ground is ErasureGround.DEATH


def test_the_report_knows_the_others_about_this_youth_and_no_other() -> None:
    """Active and archived, one's own too; not the twin's. By ids alone."""
    parish = Parish()

    parish.report(World().caller(SCHOOL), "lo-s1")

    assert parish.reports.get("lo-s1") == DeathReport(
        signal_id="lo-s1",
        organisation_id="school",
        reported_at=parish.world.clock.now(),
        others=ALL,
    )


def test_once_it_is_confirmed_nothing_about_the_youth_is_left() -> None:
    """No signal, no key, nothing in the archive; the twin's stay."""
    parish = Parish()
    parish.report(World().caller(SCHOOL), "lo-s1")

    report = parish.confirmation.confirm(ADMINISTRATOR, "lo-s1")

    state = parish.storage.state
    assert (report.is_done, report.erased) == (True, ALL)
    assert parish.erased() == {"lo-s1", *ALL}
    assert {one for holders in state.keys.values() for one in holders} == {"lo-s4"}
    assert {one for holders in state.archive_keys.values() for one in holders} == {"lo-a3"}
    assert [one.act for one in state.audit.values()].count(Act.DEATH_CONFIRMED) == 1


def test_who_joined_the_youths_signals_since_is_erased_with_them() -> None:
    """By a match that was made after the report."""
    parish = Parish()
    parish.report(World().caller(SCHOOL), "lo-s1")
    late = make_signal("lo-s9", "police")
    parish.world.arrive(late)

    report = parish.confirmation.confirm(ADMINISTRATOR, "lo-s1")

    assert "lo-s9" in report.erased
    assert report.is_done


def test_a_report_is_confirmed_in_as_many_requests_as_it_takes() -> None:
    """Each goes on where the one before ended."""
    parish = Parish()
    parish.report(World().caller(SCHOOL), "lo-s1")

    def take_eight_seconds(operation: str) -> None:
        if operation == "signals.change":
            parish.world.clock.advance(timedelta(seconds=8))

    parish.storage.state.before = take_eight_seconds
    first = parish.confirmation.confirm(ADMINISTRATOR, "lo-s1")
    second = parish.confirmation.confirm(ADMINISTRATOR, "lo-s1")

    assert (first.is_done, len(first.erased)) == (False, 2)
    assert (second.is_done, second.confirmed_at) == (True, first.confirmed_at)


def test_what_was_renewed_goes_too() -> None:
    """It holds nothing of the youth, but a reference of the organisation's own."""
    parish = Parish()
    new = parish.world.renew("lo-s1")
    parish.world.work()

    parish.report(World().caller(SCHOOL), new.id)
    parish.confirmation.confirm(ADMINISTRATOR, new.id)

    assert {"lo-s1", new.id} <= parish.erased()
    assert parish.storage.state.signals["lo-s1"].reference == ""


def test_what_was_renewed_since_the_report_goes_with_whoever_matches_it() -> None:
    """The report knows the one; what took its place, and whom that matched since, follow from it."""
    parish = Parish()
    parish.report(World().caller(SCHOOL), "lo-s1")
    new = parish.world.renew("lo-s2")
    parish.world.arrive(make_signal("lo-s9", "police"))
    parish.world.work()

    report = parish.confirmation.confirm(ADMINISTRATOR, "lo-s1")

    assert report.is_done
    assert {new.id, "lo-s2", "lo-s9"} <= parish.erased()


@pytest.mark.rule("D33")
@pytest.mark.parametrize("hidden", ["lo-s1", "lo-s2"])
def test_a_signal_that_a_request_hides_finds_the_others_and_is_found(hidden: str) -> None:
    """Nothing matches it, but a death is about the youth: the administrator hears of all."""
    parish = Parish()
    cases = memory_rights(parish.storage, parish.world.clock, parish.world.names, WrittenOut())
    cases.file(HANDLER, make_new(hides=True, signal_ids=(hidden,)))
    parish.world.work()
    assert parish.storage.state.signals[hidden].state is SignalState.RESTRICTED

    parish.report(World().caller(SCHOOL), "lo-s1")

    report = parish.reports.get("lo-s1")
    assert report is not None
    assert report.others == ALL


def test_a_death_is_reported_where_more_hangs_together_than_can_be_settled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No match is made or ended there before an operator looked, but a youth who died waits for nobody."""
    parish = Parish()
    monkeypatch.setattr("chalicelib.matches.closure_reader.LARGEST_CLOSURE", 2)

    parish.report(World().caller(SCHOOL), "lo-s1")

    report = parish.reports.get("lo-s1")
    assert report is not None
    assert (report.others, parish.erased()) == (ALL, {"lo-s1"})


def test_what_was_erased_so_long_ago_that_its_certificate_went_is_erased() -> None:
    """A report can be confirmed after years."""
    parish = Parish()
    parish.report(World().caller(SCHOOL), "lo-s1")
    parish.world.work()
    EraseSignal(storage=parish.storage, names=parish.world.names, clock=parish.world.clock)(
        "lo-a1", ErasureGround.RETENTION, ADMINISTRATOR
    )
    parish.world.clock.advance(timedelta(days=6 * 366))

    assert parish.confirmation.confirm(ADMINISTRATOR, "lo-s1").is_done


def test_repeating_either_changes_nothing() -> None:
    """One report, one confirmation, one certificate each."""
    parish = Parish()
    caller = World().caller(SCHOOL)
    first = parish.report(caller, "lo-s1")
    done = parish.confirmation.confirm(ADMINISTRATOR, "lo-s1")
    before = dict(parish.storage.state.signals)

    assert parish.report(caller, "lo-s1") == first
    assert parish.confirmation.confirm(ADMINISTRATOR, "lo-s1") == done
    assert parish.storage.state.signals == before


def test_what_has_ended_otherwise_is_not_reported_on() -> None:
    """Who closed it gives the archive a reason of its own."""
    parish = Parish()
    held = parish.storage.state.signals
    held["lo-s1"] = replace(SCHOOL, state=SignalState.CLOSED)
    held["lo-s3"] = replace(COLLEAGUE, ends_on=TODAY - timedelta(days=1))

    with pytest.raises(SignalAlreadyEnded):
        parish.report(World().caller(SCHOOL), "lo-s1")
    with pytest.raises(SignalAlreadyEnded):
        parish.report(World().caller(SCHOOL), "lo-s3")


def test_anothers_signal_and_what_nobody_reported_are_not_there() -> None:
    """As everywhere."""
    parish = Parish()

    with pytest.raises(SignalNotFound):
        parish.report(World().caller(NURSE), "lo-s1")
    with pytest.raises(DeathReportNotFound):
        parish.confirmation.confirm(ADMINISTRATOR, "lo-s1")


def test_a_signal_about_which_a_right_is_decided_ends_by_a_death_too() -> None:
    """Nothing matches it meanwhile; whoever else knows the youth is found all the same."""
    parish = Parish()
    parish.storage.state.signals["lo-s1"] = replace(
        SCHOOL, state=SignalState.RESTRICTED, revision=2, keys=frozenset()
    )

    parish.report(World().caller(SCHOOL), "lo-s1")

    report = parish.reports.get("lo-s1")
    assert report is not None
    assert (report.others, parish.erased()) == (ALL, {"lo-s1"})


def test_the_administrator_sees_what_is_to_be_done_first() -> None:
    """Then the latest; page by page, and each look is logged."""
    parish = Parish()
    for number, (days, done) in enumerate(((3, True), (2, False), (1, False), (400, False))):
        at = parish.world.clock.now() - timedelta(days=days)
        parish.reports.put(
            DeathReport(
                signal_id=f"lo-{number}",
                organisation_id="school",
                reported_at=at,
                others=frozenset({"lo-x"}),
                erased=frozenset({"lo-x"}) if done else frozenset(),
                confirmed_at=at if done else None,
            )
        )

    first, cursor = parish.confirmation.page(ADMINISTRATOR, limit=3, cursor=None)
    rest, end = parish.confirmation.page(ADMINISTRATOR, limit=3, cursor=cursor)

    assert [one.signal_id for one in (*first, *rest)] == ["lo-2", "lo-1", "lo-3", "lo-0"]
    assert end is None
    assert [one.act for one in parish.storage.state.audit.values()].count(Act.DEATHS_LISTED) == 2
    with pytest.raises(CursorRefused):
        parish.confirmation.page(ADMINISTRATOR, limit=3, cursor="forged")
