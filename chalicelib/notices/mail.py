"""From a letter to a mail: subject, headers, text and HTML."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, select_autoescape

from chalicelib.domain.notice import NoticeKind
from chalicelib.domain.organisation import Language
from chalicelib.notices.languages import WORDINGS
from chalicelib.notices.letter import Block, Letter
from chalicelib.notices.region import SERVICE, Region
from chalicelib.notices.telephone import readable
from chalicelib.notices.wording import Wording
from chalicelib.ports.world import NOTICE_IDS, Mail

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
        "name": letter.name,
        "preview": words.preview,
        "headline": words.headline(started, ended),
        "opening": _opening(letter, words, started),
        "meanings": {block: _meaning(block, letter, words) for block in _blocks(letter)},
    }
    return Mail(
        to=letter.to,
        subject=words.subject(SERVICE, started, ended),
        text=template("mail.txt").render(parts),
        html=template("mail.html").render(parts),
        headers={
            **common_headers(letter.language, letter.notice_ids, region),
            "References": " ".join(f"<{key}@{region.mail_domain}>" for key in letter.match_keys),
        },
    )


def common_headers(language: Language, notice_ids: Iterable[str], region: Region) -> dict[str, str]:
    """Ids only: what lets a mail program thread and an out-of-office stay quiet."""
    return {
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Content-Language": language.value,
        NOTICE_IDS: ", ".join(notice_ids),
        "Reply-To": region.reply_to,
    }


def template(name: str) -> Template:
    """A template of a mail by its name, ``mail.txt``; what it shows in HTML is escaped."""
    return _environment().get_template(f"{name}.jinja")


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
