"""The pictures of the documentation are those that their command draws."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from docs.pictures import __main__ as command
from docs.pictures import browser
from docs.pictures.information_letters import INFORMATION_LETTERS
from docs.pictures.letters import LETTERS
from docs.pictures.signal_way import signal_way

PICTURES = Path(command.__file__).parent


def test_the_diagram_is_the_one_its_description_gives() -> None:
    """``python -m docs.pictures signal-way`` writes it anew."""
    assert (PICTURES / "signal-way.svg").read_text(encoding="utf-8") == signal_way()


def test_the_diagram_is_whole_and_says_in_words_what_it_shows() -> None:
    """Well-formed, with a title and a description for those who do not see it."""
    root = ET.fromstring(signal_way())  # noqa: S314 - our own document

    assert [child.tag.rpartition("}")[2] for child in root][:2] == ["title", "desc"]


def test_every_example_mail_has_its_picture() -> None:
    """The README shows them."""
    names = {path.stem for path in PICTURES.glob("mail-*.png")}

    assert names == {*LETTERS, "mail-match-nl-dark"}


def test_the_access_answer_has_its_picture() -> None:
    """The page on requests shows it."""
    assert (PICTURES / "access-answer-nl.png").is_file()


def test_every_letter_to_a_family_has_its_picture() -> None:
    """To parents and to young people."""
    assert {path.stem for path in PICTURES.glob("letter-*.png")} == set(INFORMATION_LETTERS)


def test_without_a_browser_the_command_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And ends with an error."""
    monkeypatch.setattr(browser, "_NAMES", ("no-such-browser",))

    assert command.main(["mails"]) == 1
    assert "apt install chromium" in capsys.readouterr().err
