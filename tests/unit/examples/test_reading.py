"""What the demonstration reads and leaves: the story's days, families as bodies, the ways in."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest

from chalicelib.api.problems import InvalidRequest
from chalicelib.api.schemas.signals import NewSignalBody
from chalicelib.api.schemas.validation import checked
from examples.demonstration.environment_file import write_environment
from examples.demonstration.families import family_cast, family_signals
from examples.demonstration.privacy import private_words
from examples.demonstration.story import End, Ending, Give, read_story

TODAY = date(2026, 11, 22)


def _line(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_days_are_counted_from_today(tmp_path: Path) -> None:
    """``today``, ``today-4`` and ``today+240``; a day that is written out stays."""
    story = _line(
        tmp_path / "signals.jsonl",
        '{"scene": "s", "comment": "c", "organisation": "o", "signal": {"reference": "R-1",'
        ' "plannedEndDate": "today+240", "informed": {"on": "today-4"}}}\n'
        '{"scene": "s", "comment": "c", "organisation": "o", "signal": {"reference": "R-2",'
        ' "plannedEndDate": "2027-01-01", "informed": {"on": "today"}}}\n',
    )

    events = [event.body for event in read_story(TODAY, story) if isinstance(event, Give)]

    assert [(body["plannedEndDate"], body["informed"]["on"]) for body in events] == [
        ("2027-07-20", "2026-11-18"),
        ("2027-01-01", "2026-11-22"),
    ]


def test_a_move_is_a_closure_and_a_new_signal(tmp_path: Path) -> None:
    """In that order, so that nobody is in two places."""
    story = _line(
        tmp_path / "signals.jsonl",
        '{"scene": "s", "comment": "c", "organisation": "o", "move": "R-1", "signal":'
        ' {"reference": "R-2", "plannedEndDate": "today", "informed": {"on": "today"}}}\n',
    )

    closed, given = read_story(TODAY, story)

    assert isinstance(closed, End)
    assert (closed.reference, closed.ending) == ("R-1", Ending.CLOSED)
    assert isinstance(given, Give)
    assert given.reference == "R-2"


def test_every_word_about_a_person_is_private_but_small_ones() -> None:
    """Names, numbers, birth dates, postal codes and streets; not ``de`` and ``van``."""
    words = private_words(read_story(TODAY))

    assert {"lotte", "ruiter", "999903573", "2018-04-12", "3599ab", "vaartsestraat", "bakker"} <= words
    assert "de" not in words


def test_nearly_all_families_make_bodies_that_the_interface_takes() -> None:
    """The generator makes slips on purpose; few of them are slips of form."""
    signals = list(family_signals(60, TODAY))
    refused = 0
    for signal in signals:
        try:
            checked(NewSignalBody, signal.body)
        except InvalidRequest:
            refused += 1

    assert len(signals) > 100
    assert refused < len(signals) / 10


def test_families_come_from_registered_organisations_that_may_say_what_they_say() -> None:
    """Who may not use the BSN sends none, and who may sends it (D4)."""
    rights = {row.id: row.may_use_bsn for row in family_cast()}

    assert all(
        rights[signal.organisation] == ("bsn" in signal.body["youth"]) for signal in family_signals(20, TODAY)
    )


def test_the_same_families_come_each_time() -> None:
    """A demonstration can be repeated."""
    assert list(family_signals(5, TODAY)) == list(family_signals(5, TODAY))


def test_a_shell_reads_the_environment_as_it_was_written(tmp_path: Path) -> None:
    """Spaces and quotes survive, and nobody else may read the tokens."""
    path = tmp_path / "with a space" / "environment"

    write_environment(
        path,
        base_url="http://127.0.0.1:1/v1",
        mailbox="http://127.0.0.1:1/mail?a=b&c='d'",
        endpoint="http://127.0.0.1:1",
        home=tmp_path / "it's here",
        tokens=[("jeugd-hulp", "to ken")],
    )

    script = f'. "{path}"; printf "%s|%s|%s" "$MAILBOX" "$TOKEN_JEUGD_HULP" "$TOKEN_COMMAND_JEUGD_HULP"'
    read = subprocess.run(["/bin/sh", "-c", script], capture_output=True, text=True, check=True).stdout
    mailbox, token, command = read.split("|")
    assert (mailbox, token) == ("http://127.0.0.1:1/mail?a=b&c='d'", "to ken")
    assert command.endswith("--organisation jeugd-hulp")
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("line", ["plannedEndDate", "reference"])
def test_a_line_that_misses_what_it_needs_is_not_passed_over(tmp_path: Path, line: str) -> None:
    """A story with a hole is no story."""
    body = {"reference": '"R-1"', "plannedEndDate": '"today"', "informed": '{"on": "today"}'}
    del body[line]
    fields = ", ".join(f'"{name}": {value}' for name, value in body.items())
    story = _line(
        tmp_path / "signals.jsonl",
        f'{{"scene": "s", "comment": "c", "organisation": "o", "signal": {{{fields}}}}}\n',
    )

    with pytest.raises(KeyError):
        _ = [event.reference for event in read_story(TODAY, story)]
