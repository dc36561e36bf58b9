"""What the archive keeps of a signal that ended, and when it lets go (D35, D38)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from chalicelib.domain.audit import SYSTEM, Act
from chalicelib.domain.erasure import ErasureGround
from chalicelib.domain.legal_profile import LegalProfile
from chalicelib.domain.signal import Archived, Signal, SignalState
from chalicelib.matching import PartialDate, fold, match_keys
from chalicelib.ports.errors import StorageBusy
from chalicelib.security.hashing import FIRST_KEYSET
from chalicelib.signals.end import EndSignal
from chalicelib.signals.erase import erased
from chalicelib.signals.expiry_report import ExpiryReport
from chalicelib.signals.index_keys import keys_for_archive
from tests.builders import make_youth
from tests.signal_requests import Region, archiving_of, make_caller, make_request

FIVE_YEARS_LATER = datetime(2031, 11, 22, 22, 30, tzinfo=UTC)
"""Still the last day, in Amsterdam."""


def closed_in(region: Region, reference: str = "R-1", **youth: object) -> Signal:
    """A signal that was closed on 22 November 2026."""
    given = region.give(make_request(reference=reference, youth=make_youth(**youth)))
    return region.ending.close(make_caller(), given.signal.id).signal


def stored(region: Region, signal: Signal) -> Signal:
    """The signal as it is stored now."""
    return region.storage.state.signals[signal.id]


def let_go(region: Region) -> ExpiryReport:
    """A run with time enough."""
    return region.letting_go(budget=lambda: True)


@pytest.mark.rule("D35")
@pytest.mark.rule("D36")
def test_the_archive_finds_a_closed_signal_by_keys_of_its_own() -> None:
    """None of which is a key that a match is looked for by."""
    region = Region()

    closed = closed_in(region)

    expected = keys_for_archive(make_youth(), region.hasher, (FIRST_KEYSET,))
    assert closed.archived == Archived(expected, date(2031, 11, 22))
    assert {key for key, held in region.storage.state.archive_keys.items() if held} == expected
    active = region.hasher.hashed(match_keys(fold(make_youth())), (FIRST_KEYSET,))
    assert not {key.hashed for key in expected} & {key.hashed for key in active}


@pytest.mark.rule("D35")
def test_a_signal_about_somebody_nearly_23_is_kept_for_as_long() -> None:
    """To the day before the birthday."""
    closed = closed_in(Region(), birth_date=PartialDate(2003, 11, 24))

    assert closed.archived is not None
    assert closed.archived.until == date(2026, 11, 23)


@pytest.mark.rule("D35")
def test_a_retracted_signal_is_in_no_archive() -> None:
    """It was wrongly made."""
    region = Region()
    given = region.give()

    over = region.ending.retract(make_caller(), given.signal.id).signal

    assert (over.archived, over.youth) == (None, None)
    assert not any(region.storage.state.archive_keys.values())


@pytest.mark.rule("D35")
def test_a_region_without_an_archive_keeps_nothing() -> None:
    """Its legal profile says so: neither the closed nor the expired leave a record."""
    region = Region()
    archiving = archiving_of(region.storage, legal=LegalProfile(archive=False))
    given = region.give()
    end = EndSignal(storage=region.storage, names=region.names, clock=region.clock, archiving=archiving)

    over = end.close(make_caller(), given.signal.id).signal

    assert over.archived == Archived(frozenset(), date(2026, 12, 20))
    assert (over.youth, over.digest, over.pseudonym) == (None, "", None)
    assert not any(region.storage.state.archive_keys.values())


@pytest.mark.rule("D35")
@pytest.mark.rule("D10")
def test_without_an_archive_the_reference_stays_for_who_asks_again_and_then_goes() -> None:
    """Four weeks; after that nothing of the signal is left but its certificate, as of what is let go."""
    region = Region()
    archiving = archiving_of(region.storage, legal=LegalProfile(archive=False))
    given = region.give().signal
    end = EndSignal(storage=region.storage, names=region.names, clock=region.clock, archiving=archiving)
    end.close(make_caller(), given.id)

    region.clock.moment = datetime(2026, 12, 20, 12, 0, tzinfo=UTC)
    region.letting_go(budget=lambda: True)
    again = end.close(make_caller(), given.id).signal
    region.clock.moment = datetime(2026, 12, 21, 12, 0, tzinfo=UTC)
    region.letting_go(budget=lambda: True)

    assert (again.state, again.reference) == (SignalState.CLOSED, given.reference)
    assert (stored(region, given).state, stored(region, given).reference) == (SignalState.ERASED, "")
    assert region.storage.state.erasures[given.id].ground is ErasureGround.RETENTION


@pytest.mark.rule("D35")
def test_without_an_archive_nothing_shows_beyond_the_birthday() -> None:
    """What came of age leaves nothing, however short ago it ended."""
    region = Region()
    archiving = archiving_of(region.storage, legal=LegalProfile(archive=False))
    born = PartialDate(2003, 12, 1)
    given = region.give(make_request(youth=make_youth(birth_date=born), planned_end_date=date(2026, 11, 25)))
    end = EndSignal(storage=region.storage, names=region.names, clock=region.clock, archiving=archiving)

    over = end.close(make_caller(), given.signal.id).signal

    assert over.archived == Archived(frozenset(), date(2026, 11, 30))


@pytest.mark.rule("D35")
def test_what_expired_longer_ago_than_the_archive_keeps_leaves_nothing() -> None:
    """However late the run comes."""
    region = Region()
    given = region.give(make_request(planned_end_date=date(2026, 11, 22)))
    region.clock.moment = datetime(2031, 11, 24, 12, 0, tzinfo=UTC)

    region.expiry(budget=lambda: True)

    over = stored(region, given.signal)
    assert (over.state, over.youth) == (SignalState.EXPIRED, None)
    assert over.archived == Archived(frozenset(), date(2031, 11, 23))


@pytest.mark.rule("D35")
def test_the_archive_lets_go_after_its_last_day_and_not_before() -> None:
    """Days are Amsterdam's; of the signal stays who gave it and when, and nothing of the youth."""
    region = Region()
    closed = closed_in(region)
    region.clock.moment = FIVE_YEARS_LATER
    assert let_go(region) == ExpiryReport()
    assert stored(region, closed) == closed
    region.clock.advance(timedelta(minutes=30))

    report = let_go(region)

    assert report == ExpiryReport(ended={"archive": 1})
    gone = stored(region, closed)
    assert gone == erased(closed, ErasureGround.RETENTION, region.clock.now())
    assert (gone.youth, gone.digest, gone.pseudonym, gone.reference) == (None, "", None, "")
    assert not any(region.storage.state.archive_keys.values())


@pytest.mark.rule("D39")
def test_leaving_the_archive_is_an_act_of_the_index_itself() -> None:
    """No professional did it; a certificate says what went."""
    region = Region()
    closed = closed_in(region)
    region.clock.moment = FIVE_YEARS_LATER + timedelta(hours=1)

    let_go(region)

    entries = [(one.act, one.organisation_id, one.resource) for one in region.storage.state.audit.values()]
    assert entries[-1] == (Act.SIGNAL_ERASED, SYSTEM, closed.id)
    certificate = region.storage.erasures.get(closed.id)
    assert certificate is not None
    assert certificate.ground is ErasureGround.RETENTION
    assert (certificate.counts["personRecords"], certificate.counts["archiveKeys"]) == (1, 8)


@pytest.mark.rule("D38")
def test_the_run_is_reported_and_goes_on_where_it_stopped() -> None:
    """Two runs of a day, the first with time for one signal, leave one report and no signal behind."""
    region = Region()
    for reference in ("R-1", "R-2", "R-3"):
        closed_in(region, reference)
    region.clock.moment = FIVE_YEARS_LATER + timedelta(hours=1)
    answers = iter([True, True])

    first = region.letting_go(budget=lambda: next(answers, False))
    second = let_go(region)

    assert (first, second) == (
        ExpiryReport(ended={"archive": 1}, complete=False),
        ExpiryReport(ended={"archive": 2}),
    )
    assert region.storage.state.reports["run#archive#2031-11-23"] == {
        "archive": 3,
        "skipped": 0,
        "failed": 0,
        "cursor": "",
    }


def test_one_that_cannot_go_does_not_hold_up_the_others() -> None:
    """It is named, and goes with a later run."""
    region = Region()
    first, second = closed_in(region, "R-1"), closed_in(region, "R-2")
    region.clock.moment = FIVE_YEARS_LATER + timedelta(hours=1)
    refusals = iter([True])

    def refuse(operation: str) -> None:
        if operation == "signals.change" and next(refusals, False):
            raise StorageBusy

    region.storage.state.before = refuse

    report = let_go(region)

    assert (report.ended, len(report.failed)) == ({"archive": 1}, 1)
    assert set(report.failed) <= {first.id, second.id}
    assert let_go(region) == ExpiryReport(ended={"archive": 1})
