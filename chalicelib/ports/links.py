"""What ties two signals together in storage: matches, and the reviews of pairs that are in doubt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.match import Match
from chalicelib.domain.notice import Notice
from chalicelib.domain.review import Review, ReviewState
from chalicelib.domain.signal import Signal
from chalicelib.ports.parts import Page, UniqueName


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """A signal must still have this revision, and be in state ACTIVE when ``active``."""

    signal_id: str
    revision: int
    active: bool


@dataclass(frozen=True, slots=True)
class Links:
    """All that ties a signal to others, without explanations, each by id; ended and withdrawn ones too."""

    matches: tuple[Match, ...]
    reviews: tuple[Review, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchChange:
    """One transaction per match: the row, both mirrors, the guards, its notices with due items.

    ``previous_revision`` None creates. A match whose ``explanation`` is None keeps the stored one.
    ``name`` claims a new match key (``match-key#M-…`` → match id).
    """

    match: Match
    previous_revision: int | None
    guards: tuple[Guard, ...]
    notices: tuple[Notice, ...]
    name: UniqueName | None


class MatchStore(Protocol):
    """Matches and their mirrors."""

    def get(self, match_id: str) -> Match | None:
        """The match with its explanation."""
        ...

    def of_signal(self, signal_id: str) -> tuple[Match, ...]:
        """All matches of a signal, ended ones too, from the mirrors (without explanation), by id."""
        ...

    def links_of(self, signal_id: str) -> Links:
        """Matches and reviews of a signal by the same one read, from the mirrors."""
        ...

    def commit(self, change: MatchChange) -> None:
        """Write a match.

        Raises Stale (its revision or a guard), AlreadyThere (creating, or a notice), NameTaken.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewChange:
    """One transaction per review: the row, both mirrors, the guards.

    ``previous_revision`` None creates. A review whose ``explanation`` is None keeps the stored one.
    """

    review: Review
    previous_revision: int | None
    guards: tuple[Guard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictChange:
    """A verdict given or undone, in one transaction: the review, both signals and their pending items.

    ``signals`` are the two with ``revision`` raised by one, of which only that and ``verdicts`` is
    written: their person records may be left sealed. Both must still be ACTIVE.
    """

    review: Review
    previous_revision: int
    signals: tuple[Signal, Signal]
    audit: AuditEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmationsAsked:
    """Both organisations asked to confirm their own record, in one transaction with its notices."""

    review: Review
    previous_revision: int
    guards: tuple[Guard, ...]
    notices: tuple[Notice, ...]
    audit: AuditEntry


class ReviewStore(Protocol):
    """Reviews, kept beside the matches."""

    def get(self, review_id: str) -> Review | None:
        """The review with its explanation."""
        ...

    def page(self, state: ReviewState, *, limit: int, after: str | None) -> Page[Review]:
        """Reviews that are OPEN or DECIDED, oldest first; the order may lag a moment behind."""
        ...

    def commit(self, change: ReviewChange) -> None:
        """Write a review. Raises Stale (its revision or a guard), AlreadyThere (creating)."""
        ...

    def decide(self, change: VerdictChange) -> None:
        """Write a verdict. Raises Stale when the review or a signal is not as it was read."""
        ...

    def ask(self, change: ConfirmationsAsked) -> None:
        """Write the question and its notices. Raises Stale (its revision or a guard)."""
        ...
