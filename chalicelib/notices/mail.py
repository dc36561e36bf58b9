"""From a letter to a mail: subject, headers, text and HTML (api.md, "Mail")."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from chalicelib.domain.notice import NoticeKind
from chalicelib.notices.languages import WORDINGS
from chalicelib.notices.letter import Block, Letter
from chalicelib.notices.region import SERVICE, Region
from chalicelib.notices.telephone import readable
from chalicelib.notices.wording import Wording
from chalicelib.ports.world import Mail

_TEMPLATES = Path(__file__).parent / "templates"


def render(letter: Letter, region: Region) -> Mail:
    """The mail of a letter, in the receiver's language; the subject names nobody."""
    words = WORDINGS[letter.language]
    started, ended = letter.count(NoticeKind.STARTED), letter.count(NoticeKind.ENDED)
    parts = {
        "letter": letter,
        "words": words,
        "region": region,
        "service": SERVICE,
        "headline": words.headline(started, ended),
        "opening": _opening(letter, words, started),
        "meanings": {block: _meaning(block, letter, words) for block in _blocks(letter)},
    }
    return Mail(
        to=letter.to,
        subject=words.subject(SERVICE, started, ended),
        text=_environment().get_template("mail.txt.jinja").render(parts),
        html=_environment().get_template("mail.html.jinja").render(parts),
        headers=_headers(letter, region),
    )


def _headers(letter: Letter, region: Region) -> dict[str, str]:
    """Ids only: what lets a mail program thread and an out-of-office stay quiet."""
    return {
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Content-Language": letter.language.value,
        "X-Notice-Id": ", ".join(letter.notice_ids),
        "References": " ".join(f"<{key}@{region.mail_domain}>" for key in letter.match_keys),
        "Reply-To": region.reply_to,
    }


def _opening(letter: Letter, words: Wording, started: int) -> str:
    if letter.supervises:
        return words.opening_supervisor
    return words.opening if started else words.opening_ended


def _meaning(block: Block, letter: Letter, words: Wording) -> str:
    return words.supervised[block.kind] if letter.supervises else words.meaning[block.told, block.kind]


def _blocks(letter: Letter) -> list[Block]:
    return [block for section in letter.sections for block in section.blocks]


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=select_autoescape(enabled_extensions=("html.jinja",), default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    environment.filters["readable"] = readable
    environment.globals["STARTED"] = NoticeKind.STARTED
    return environment
