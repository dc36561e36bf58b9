"""From answers of the interface and mails in the mailbox to facts about the story."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from examples.demonstration.facts import Facts, Line, MailFact, MatchFact, in_order, mail_fact
from examples.demonstration.privacy import words_in

_BOTH_SIDES = 2


class ReadMail(Protocol):
    """A mail as a mail program shows it."""

    @property
    def to(self) -> str:
        """The one receiver."""

    @property
    def text(self) -> str:
        """The plain text."""

    @property
    def notices(self) -> tuple[str, ...]:
        """The ids in ``X-Notice-Id``: ``<match id>.<episode>.<STARTED or ENDED>.<receiver>``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenMatch:
    """A match as one of its two sides is shown it."""

    id: str
    kind: str
    basis: tuple[str, ...]
    state: str
    match_key: str
    counterpart: str

    @classmethod
    def of(cls, item: Mapping[str, Any]) -> SeenMatch:
        """From an item of ``GET /v1/signals/{signalId}/matches``."""
        basis = item["basis"]
        return cls(
            id=item["id"],
            kind=item["kind"],
            basis=tuple(sorted([basis] if isinstance(basis, str) else basis or ())),
            state=item["state"],
            match_key=item["matchKey"],
            counterpart=item["counterpart"]["email"],
        )


Seen = Mapping[str, tuple[SeenMatch, ...]]
"""The matches of each signal, by its reference."""


def observe(
    seen: Seen, emails: Mapping[str, str], mails: Iterable[ReadMail], private: frozenset[str]
) -> Facts:
    """The facts of a story whose signals have these references, matches, and professionals' addresses.

    Mails that tell of no signal of the story are left aside. No mail may hold a word of ``private``.
    """
    mails = tuple(mails)
    sides: dict[str, dict[str, SeenMatch]] = defaultdict(dict)
    for reference, matches in seen.items():
        for match in matches:
            sides[match.id][reference] = match
    reader = _MailReader(sides, emails)
    letters = [reader.read(mail) for mail in mails]
    halves = {one: views for one, views in sides.items() if len(views) != _BOTH_SIDES}
    return Facts(
        matches=tuple(sorted(_match(views) for one, views in sides.items() if one not in halves)),
        mails=tuple(sorted(fact for fact, _ in letters if fact is not None)),
        flaws=(
            *(f"a match of {next(iter(views))} is seen from one side only" for views in halves.values()),
            *(flaw for _, flaws in letters for flaw in flaws),
            *(
                f"the mail to {mail.to} holds {word}"
                for mail in mails
                for word in sorted(private & words_in(mail.text))
            ),
        ),
    )


def _match(views: Mapping[str, SeenMatch]) -> MatchFact:
    (one, mine), (other, _) = sorted(views.items())
    return MatchFact((one, other), mine.kind, mine.basis, mine.state)


@dataclass(frozen=True, slots=True)
class _MailReader:
    sides: Mapping[str, Mapping[str, SeenMatch]]
    emails: Mapping[str, str]

    def read(self, mail: ReadMail) -> tuple[MailFact | None, tuple[str, ...]]:
        """What a mail tells, and what its text fails to show of it."""
        lines: dict[str, list[Line]] = {"STARTED": [], "ENDED": []}
        flaws: list[str] = []
        for notice in mail.notices:
            match_id, _, told, _ = notice.split(".")
            views = self.sides.get(match_id)
            if views is None:
                continue
            line, shown = self._line(mail.to, views)
            lines[told].append(line)
            flaws += [
                f"the mail to {mail.to} does not show {what}" for what in shown if what not in mail.text
            ]
        if not any(lines.values()):
            return None, ()
        return mail_fact(mail.to, lines["STARTED"], lines["ENDED"]), tuple(flaws)

    def _line(self, to: str, views: Mapping[str, SeenMatch]) -> tuple[Line, tuple[str, ...]]:
        own = next((reference for reference in views if self.emails[reference] == to), None)
        if own is None:
            one, other = sorted(views)
            key, kind = views[one].match_key, views[one].kind
            return Line(in_order(one, other), kind), (key, *(view.counterpart for view in views.values()))
        match = views[own]
        return Line((own, match.counterpart), match.kind), (own, match.match_key, match.counterpart)
