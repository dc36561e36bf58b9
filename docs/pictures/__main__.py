"""``python -m docs.pictures [access-answer|api-page|letters|mails|signal-way|all]``: draw them anew."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from chalicelib.api.access import access_page
from chalicelib.api.information_letters import letter_page
from chalicelib.notices.mail import render
from chalicelib.notices.region import Region
from docs.pictures.access_answers import ACCESS_ANSWER
from docs.pictures.browser import BrowserMissing, draw, draw_paper, find, photograph
from docs.pictures.information_letters import INFORMATION_LETTERS
from docs.pictures.letters import LETTERS
from docs.pictures.signal_way import signal_way
from infra.errors import InfraError
from infra.node.api_page import write_page

FOLDER = Path(__file__).parent
_REGION = Region(
    name="Verwijsindex Midden-Nederland",
    address="verwijsindex@midden-nederland.example",
    reply_to="beheer@midden-nederland.example",
    oin="00000099000000002000",
    base_url="https://verwijsindex.midden-nederland.example/v1",
)
_ALSO_DARK = "mail-match-nl"


def main(arguments: list[str] | None = None) -> int:
    """Draw what is asked for; answers the exit code."""
    parser = argparse.ArgumentParser(prog="python -m docs.pictures", description=__doc__)
    parser.add_argument(
        "what",
        nargs="?",
        choices=["access-answer", "all", "api-page", "letters", "mails", "signal-way"],
        default="all",
    )
    what = parser.parse_args(arguments).what
    if what in {"signal-way", "all"}:
        draw_signal_way()
    try:
        if what in {"mails", "all"}:
            draw_mails()
        if what in {"letters", "all"}:
            draw_letters()
        if what in {"access-answer", "all"}:
            draw_access_answer()
        if what in {"api-page", "all"}:
            draw_api_page()
    except (BrowserMissing, InfraError) as missing:
        print(missing, file=sys.stderr)
        return 1
    return 0


def draw_signal_way() -> None:
    """Write the diagram of a signal's way."""
    _done(_write(FOLDER / "signal-way.svg", signal_way()))


def draw_mails() -> None:
    """Draw every example mail, one of them in the dark too. Raises BrowserMissing."""
    find()
    for name, letter in LETTERS.items():
        html = render(letter, _REGION).html
        draw(html, FOLDER / f"{name}.png")
        _done(FOLDER / f"{name}.png")
        if name == _ALSO_DARK:
            draw(html, FOLDER / f"{name}-dark.png", dark=True)
            _done(FOLDER / f"{name}-dark.png")


def draw_letters() -> None:
    """Draw the letters to families as they are printed. Raises BrowserMissing."""
    find()
    for name, letter in INFORMATION_LETTERS.items():
        draw_paper(letter_page(letter), FOLDER / f"{name}.png")
        _done(FOLDER / f"{name}.png")


def draw_access_answer() -> None:
    """Draw the answer to a request for access as it is printed. Raises BrowserMissing."""
    draw_paper(access_page(ACCESS_ANSWER), FOLDER / "access-answer-nl.png")
    _done(FOLDER / "access-answer-nl.png")


def draw_api_page() -> None:
    """Draw the upper part of the page of the interface. Raises BrowserMissing and InfraError."""
    photograph(write_page(), FOLDER / "api-page.png")
    _done(FOLDER / "api-page.png")


def _write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def _done(path: Path) -> None:
    print(path.relative_to(FOLDER.parent.parent))


if __name__ == "__main__":
    sys.exit(main())
