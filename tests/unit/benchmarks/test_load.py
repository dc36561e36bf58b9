"""Load: who gives about whom, and the reckoning that finds what was lost or told twice."""

from __future__ import annotations

from collections import Counter
from email.message import EmailMessage
from pathlib import Path

from benchmarks.load.calling import calls
from benchmarks.load.journal import Deed, Entry, Journal, Standing, read_journal, standings
from benchmarks.load.plan import Plan
from benchmarks.load.reckoning import Told, reckon, tell
from chalicelib.domain.match import MatchState, match_id
from chalicelib.domain.notice import NoticeKind, notice_id
from chalicelib.matching import MatchKind
from infra.emulator.mailbox import Mail

MATCH = match_id("lo", MatchKind.PERSON, "s1", "s2")
SIGNALS = [Standing("school", 7, "s1", ended=False), Standing("care", 7, "s2", ended=False)]
TOLD: Told = Counter({(MATCH, "p7@school.example"): 1, (MATCH, "p7@care.example"): 1})


def test_no_organisation_gives_twice_about_a_youth() -> None:
    """And the others give about the school's youths and about unknown ones by turns."""
    plan = Plan(bulk=2, youths=20)

    given = [plan.given() for _ in range(12)]

    assert [plan.delivered() for _ in range(3)] == [("school", 0), ("school", 1), None]
    assert given[:8] == [
        ("care", 0),
        ("health", 0),
        ("care", 2),
        ("health", 3),
        ("care", 1),
        ("health", 1),
        ("care", 4),
        ("health", 5),
    ]
    assert len(set(given)) == 12


def test_a_journal_is_read_as_it_was_written(tmp_path: Path) -> None:
    """Line by line."""
    entries = [Entry(Deed.GIVEN, "school", 7, "s1", 1.5), Entry(Deed.UNSURE, "care", 7, "", 2.0)]
    journal = Journal(tmp_path / "journal")
    for entry in entries:
        journal.write(entry)

    assert read_journal(tmp_path / "journal") == entries


def test_a_signal_stands_until_it_is_ended() -> None:
    """What nobody knows is counted."""
    entries = [
        Entry(Deed.GIVEN, "school", 7, "s1", 1.0),
        Entry(Deed.GIVEN, "care", 7, "s2", 2.0),
        Entry(Deed.UNSURE, "care", 8, "", 3.0),
        Entry(Deed.ENDED, "care", 7, "s2", 4.0),
    ]

    assert standings(entries) == ([SIGNALS[0], Standing("care", 7, "s2", ended=True)], 1)


def test_a_match_that_is_there_and_told_to_both_is_whole() -> None:
    """One match, two sides."""
    found = reckon(SIGNALS, 0, {MATCH: MatchState.ACTIVE}, TOLD, "lo")

    assert [found.whole, found.matches, found.mails] == [True, 1, 2]


def test_a_match_that_is_not_there_is_lost() -> None:
    """Ended is not there, while both signals stand."""
    found = reckon(SIGNALS, 0, {MATCH: MatchState.ENDED}, TOLD, "lo")

    assert [found.whole, found.lost] == [False, 1]


def test_a_match_with_an_ended_signal_is_needless() -> None:
    """Active though one side has gone."""
    ended = [SIGNALS[0], Standing("care", 7, "s2", ended=True)]

    found = reckon(ended, 0, {MATCH: MatchState.ACTIVE}, TOLD, "lo")

    assert [found.whole, found.needless, found.matches] == [False, 1, 0]


def test_a_side_that_heard_nothing_and_one_that_heard_twice_are_counted() -> None:
    """Each is a fault of its own."""
    told: Told = Counter({(MATCH, "p7@school.example"): 2})

    found = reckon(SIGNALS, 0, {MATCH: MatchState.ACTIVE}, told, "lo")

    assert [found.whole, found.untold, found.twice] == [False, 1, 1]


def test_calls_of_which_nobody_knows_are_not_whole() -> None:
    """The reckoning cannot be trusted then."""
    assert not reckon(SIGNALS, 1, {MATCH: MatchState.ACTIVE}, TOLD, "lo").whole


def test_what_a_mail_tells_is_read_from_its_notices() -> None:
    """One mail may tell several; that a match ended is not counted."""
    message = EmailMessage()
    started = [notice_id(match, 1, NoticeKind.STARTED, "care#p7") for match in (MATCH, "lo-2")]
    message["X-Notice-Id"] = ", ".join([*started, notice_id("lo-3", 1, NoticeKind.ENDED, "care#p7")])

    told = tell([Mail("m1", ("p7@care.example",), 1.0, message)])

    assert told == {(MATCH, "p7@care.example"): 1, ("lo-2", "p7@care.example"): 1}


def test_percentiles_count_calls() -> None:
    """From Locust's own histogram."""
    row = {
        "name": "give",
        "num_requests": 4,
        "num_failures": 1,
        "start_time": 10.0,
        "last_request_timestamp": 12.0,
        "response_times": {"5": 1, "7.5": 2, "100": 1},
    }

    (found,) = calls([row])

    percentiles = [found.percentile(share) for share in (0.5, 0.75, 0.99)]
    assert [found.rate, *percentiles] == [2.0, 7.5, 7.5, 100]
