"""The closure of a signal: everything a decision about it depends on."""

from __future__ import annotations

from dataclasses import dataclass, field

from chalicelib.domain.match import Match
from chalicelib.domain.review import Review
from chalicelib.domain.signal import IndexKey, Signal
from chalicelib.matches.succession import heirs_of
from chalicelib.matching import Evidence, FoldedYouth, MatchRecord, Pair, Verdict


class ClosureTooLarge(Exception):  # noqa: N818 - a finding about the data, not a fault of the code
    """More signals hang together than one reconcile may settle; an operator has to look."""


@dataclass(slots=True)
class Closure:
    """What was read, all of it consistently.

    Attributes:
        subject: the signal that is reconciled.
        signals: every signal read, active or not, by id.
        folded: the folded persons of those that are active.
        core: signals of which every person edge and every household edge was walked.
        walked: signals of which every person edge was walked; includes ``core``.
        matches: the stored matches of every walked signal, by match id.
        reviews: its stored reviews, by review id.
        excluded: forms of their addresses that are in the register (D13).
        checked: forms looked up in the register so far.
        listed: signals whose stored matches and reviews were read so far.
        holders: who holds each key asked for so far.
        compared: the evidence of each two that were compared on the way.
    """

    subject: str
    signals: dict[str, Signal] = field(default_factory=dict)
    folded: dict[str, FoldedYouth] = field(default_factory=dict)
    core: frozenset[str] = frozenset()
    walked: set[str] = field(default_factory=set)
    matches: dict[str, Match] = field(default_factory=dict)
    reviews: dict[str, Review] = field(default_factory=dict)
    excluded: set[str] = field(default_factory=set)
    checked: set[str] = field(default_factory=set)
    listed: set[str] = field(default_factory=set)
    holders: dict[IndexKey, frozenset[str]] = field(default_factory=dict)
    compared: dict[Pair, Evidence] = field(default_factory=dict)

    def heirs(self) -> dict[str, str]:
        """Per renewed signal the one that stands in its place now (D7)."""
        return heirs_of(self.signals)

    def records(self) -> tuple[MatchRecord, ...]:
        """The evidence: the walked signals that are active."""
        return tuple(MatchRecord(one, self.folded[one]) for one in sorted(self._active()))

    def around(self) -> tuple[FoldedYouth, ...]:
        """The youths of active signals that were met but not walked: who lives with the walked is there."""
        return tuple(self.folded[one] for one in sorted(self.folded.keys() - self.walked))

    def verdicts(self) -> tuple[Verdict, ...]:
        """What people decided about the walked signals that are active."""
        return tuple(
            Verdict(one, verdict.other_id, verdict.same)
            for one in sorted(self._active())
            for verdict in sorted(self.signals[one].verdicts)
        )

    def _active(self) -> set[str]:
        return self.walked & self.folded.keys()
