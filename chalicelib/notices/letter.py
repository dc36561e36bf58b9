"""A mail before it is words: whose case, which match, whose cards (D17, D18)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from chalicelib.domain.dates import amsterdam_day
from chalicelib.domain.notice import NoticeKind
from chalicelib.domain.organisation import ContactCard, Language, Professional
from chalicelib.matching.decision import MatchKind
from chalicelib.notices.tidings import Tiding


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Somebody who is (or was) involved too, and the Amsterdam day from (or until) which."""

    card: ContactCard
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """All that is told under one match key: that it arose or ended, of which kind, with whom."""

    told: NoticeKind
    kind: MatchKind
    match_key: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One case of the receiver by their own signal number and reference; None for a supervisor."""

    number: str | None
    reference: str | None
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """Everything one mail says; ``notice_ids`` are the notices it settles."""

    to: str
    name: str
    language: Language
    sections: tuple[Section, ...]
    notice_ids: tuple[str, ...]

    @property
    def supervises(self) -> bool:
        """Whether it goes to a municipal supervisor, who has no signal of their own (D17)."""
        return all(section.number is None for section in self.sections)

    def count(self, told: NoticeKind) -> int:
        """How many matches began, or ended: a person known under two cases counts in each."""
        blocks = [block for section in self.sections for block in section.blocks if block.told is told]
        return len(blocks) if self.supervises else sum(len(block.entries) for block in blocks)

    @property
    def match_keys(self) -> tuple[str, ...]:
        """The match keys in it, in order."""
        keys = [block.match_key for section in self.sections for block in section.blocks]
        return tuple(dict.fromkeys(keys))


def compose(addressee: Professional, tidings: Sequence[Tiding]) -> Letter:
    """One letter of all that is to be told, by own signal, kind and match key; no card twice."""
    sections: dict[tuple[str, str], list[Tiding]] = {}
    for tiding in tidings:
        own = tiding.own
        sections.setdefault((own.number, own.reference) if own else ("", ""), []).append(tiding)
    return Letter(
        to=addressee.email,
        name=one_line(addressee.name),
        language=addressee.language,
        sections=tuple(
            Section(
                number=number or None,
                reference=one_line(reference) or None,
                blocks=_blocks(sections[number, reference]),
            )
            for number, reference in sorted(sections)
        ),
        notice_ids=tuple(tiding.notice.id for tiding in tidings),
    )


def one_line(text: str) -> str:
    """The text on one line, without control and direction characters, so that nothing can be forged."""
    visible = "".join(" " if unicodedata.category(char)[0] in "CZ" else char for char in text)
    return " ".join(visible.split())


def _blocks(tidings: Iterable[Tiding]) -> tuple[Block, ...]:
    blocks: dict[tuple[bool, bool, str], list[Tiding]] = {}
    for tiding in tidings:
        ended = tiding.notice.kind is NoticeKind.ENDED
        household = tiding.match.kind is MatchKind.HOUSEHOLD
        blocks.setdefault((ended, household, tiding.match.match_key), []).append(tiding)
    return tuple(
        Block(
            told=NoticeKind.ENDED if ended else NoticeKind.STARTED,
            kind=MatchKind.HOUSEHOLD if household else MatchKind.PERSON,
            match_key=key,
            entries=_entries(blocks[ended, household, key]),
        )
        for ended, household, key in sorted(blocks)
    )


def _entries(tidings: Iterable[Tiding]) -> tuple[Entry, ...]:
    days: dict[ContactCard, date] = {}
    for tiding in tidings:
        day = amsterdam_day(_moment(tiding))
        for card in tiding.cards:
            days[card] = min(days.get(card, day), day)
    order = sorted(days, key=lambda card: (days[card], card.organisation, card.name or "", card.email))
    return tuple(Entry(card=_clean(card), day=days[card]) for card in order)


def _moment(tiding: Tiding) -> datetime:
    if tiding.notice.kind is NoticeKind.STARTED:
        return tiding.match.since
    return tiding.match.ended_at or tiding.notice.created_at


def _clean(card: ContactCard) -> ContactCard:
    return replace(
        card,
        organisation=one_line(card.organisation),
        name=_line_or_nothing(card.name),
        function=_line_or_nothing(card.function),
        site=_line_or_nothing(card.site),
        email=one_line(card.email),
        telephone=_line_or_nothing(card.telephone),
    )


def _line_or_nothing(text: str | None) -> str | None:
    return one_line(text) or None if text is not None else None
