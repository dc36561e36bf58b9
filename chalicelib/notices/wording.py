"""What the mails need words for; the words themselves stand in :mod:`chalicelib.notices.languages`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from chalicelib.domain.notice import NoticeKind
from chalicelib.domain.organisation import Domain, Language
from chalicelib.matching.decision import MatchKind

_What = tuple[NoticeKind, MatchKind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """All fixed text of one language.

    ``one`` and ``many`` are the subject's parts per kind of notice; ``title`` and ``meaning`` say
    what happened to a match, per kind of notice and of match.
    """

    language: Language
    one: Mapping[NoticeKind, str]
    many: Mapping[NoticeKind, str]
    title: Mapping[_What, str]
    meaning: Mapping[_What, str]
    supervised: Mapping[MatchKind, str]
    preview: str
    greeting: str
    opening: str
    opening_ended: str
    opening_supervisor: str
    your_signal: str
    number: str
    reference: str
    match_key: str
    say_key: str
    call: str
    who: Mapping[NoticeKind, str]
    involved: str
    telephone: str
    email: str
    day: Mapping[NoticeKind, str]
    rule: str
    automatic: str
    questions: str
    months: tuple[str, ...]
    domains: Mapping[Domain, str]

    def subject(self, service: str, started: int, ended: int) -> str:
        """Neutral: the service and how many, never who or which."""
        return f"{service}: {self.headline(started, ended)}"

    def headline(self, started: int, ended: int) -> str:
        """How many matches began and ended: ``2 nieuwe matches, 1 match gestopt``."""
        counts = ((NoticeKind.STARTED, started), (NoticeKind.ENDED, ended))
        parts = [
            self.one[kind] if count == 1 else self.many[kind].format(count) for kind, count in counts if count
        ]
        return ", ".join(parts)

    def date(self, day: date) -> str:
        """A day in words: ``22 november 2026``."""
        return f"{day.day} {self.months[day.month - 1]} {day.year}"
