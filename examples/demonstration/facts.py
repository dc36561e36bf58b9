"""What came of a story: matches and mails, as values that can be compared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class MatchFact:
    """A match between two signals of the story, named by their references in order."""

    between: tuple[str, str]
    kind: str
    basis: tuple[str, ...]
    state: str

    def __str__(self) -> str:
        basis = f" ({', '.join(self.basis)})" if self.basis else ""
        return f"match {self.between[0]} and {self.between[1]}: {self.kind}{basis}, {self.state}"


@dataclass(frozen=True, slots=True, order=True)
class Line:
    """One thing a mail tells.

    ``about`` is the receiver's own reference and the address shown of the other; for a municipal
    supervisor the references of both sides, in order.
    """

    about: tuple[str, str]
    kind: str

    def __str__(self) -> str:
        return f"{self.about[0]} and {self.about[1]}, {self.kind}"


@dataclass(frozen=True, slots=True, order=True)
class MailFact:
    """A mail: to whom, and what it tells began and ended; both in order."""

    to: str
    started: tuple[Line, ...]
    ended: tuple[Line, ...]

    def __str__(self) -> str:
        told = [f"began {line}" for line in self.started] + [f"ended {line}" for line in self.ended]
        return f"mail to {self.to}: {'; '.join(told) or 'tells nothing'}"


@dataclass(frozen=True, slots=True)
class Facts:
    """All that came, or all that should; ``flaws`` are sentences about what no story may hold."""

    matches: tuple[MatchFact, ...]
    mails: tuple[MailFact, ...]
    flaws: tuple[str, ...] = ()


def in_order(one: str, other: str) -> tuple[str, str]:
    """A pair, the lower first."""
    return (one, other) if one < other else (other, one)


def mail_fact(to: str, started: Iterable[Line], ended: Iterable[Line]) -> MailFact:
    """A mail with its lines in order."""
    return MailFact(to, tuple(sorted(started)), tuple(sorted(ended)))
