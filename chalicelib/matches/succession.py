"""Who stands in the place of whom: a signal that was renewed goes on in the one that took its place (D7).

Its matches are written anew under that one a moment later, and end as its own. Until then, and of what
was told before, they count as the other's: so nobody sees a match go and come.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from chalicelib.domain.match import Match, MatchState, Side
from chalicelib.domain.signal import Signal

Read = Callable[[Iterable[str]], Mapping[str, Signal]]
"""Signals by id, those that exist; the person records may be left sealed."""


def heirs_of(signals: Mapping[str, Signal]) -> dict[str, str]:
    """Per renewed signal the one that stands in its place now, as far as it is among these."""
    return {one: last for one in signals if (last := _last(one, signals)) != one}


def as_heirs(match: Match, heirs: Mapping[str, str]) -> Match:
    """The match as one of the signals that stand in the place of its own."""
    if not any(side.signal_id in heirs for side in match.sides):
        return match
    first, second = sorted((_as_heir(side, heirs) for side in match.sides), key=lambda side: side.signal_id)
    return replace(match, sides=(first, second))


def going_on(matches: Iterable[Match]) -> tuple[Match, ...]:
    """One match per kind and pair: of those that took each other's place, the one that goes on."""
    found: dict[tuple[str, frozenset[str]], Match] = {}
    for match in matches:
        pair = match.kind.value, frozenset(side.signal_id for side in match.sides)
        held = found.get(pair)
        if held is None or _place(match) > _place(held):
            found[pair] = match
    return tuple(found.values())


@dataclass(slots=True)
class Succession:
    """Reads signals with those that took their place, and those whose place they took; each row once."""

    read: Read
    _held: dict[str, Signal] = field(default_factory=dict)
    _asked: set[str] = field(default_factory=set)

    def signals(self, signal_ids: Iterable[str]) -> dict[str, Signal]:
        """Those that exist, by id, besides whoever took their place."""
        found: dict[str, Signal] = {}
        wanted = set(signal_ids)
        while wanted:
            found.update(self._held_of(wanted))
            wanted = {one.renewed_by for one in found.values() if one.renewed_by is not None} - found.keys()
            wanted -= self._asked - self._held.keys()
        return found

    def heirs(self, signal_ids: Iterable[str]) -> dict[str, str]:
        """Per signal that was renewed the one that stands in its place now."""
        return heirs_of(self.signals(signal_ids))

    def heir(self, signal_id: str) -> str:
        """The one that stands in a signal's place now; itself when it was never renewed."""
        return self.heirs([signal_id]).get(signal_id, signal_id)

    def lineage(self, signal_id: str) -> tuple[str, ...]:
        """A signal and those whose place it took, the latest first."""
        line = [signal_id]
        while (before := self._renews(line[-1])) is not None:
            line.append(before)
        return tuple(line)

    def line(self, signal_id: str) -> tuple[str, ...]:
        """The whole line of renewals that a signal is of, the latest first."""
        return self.lineage(self.heir(signal_id))

    def _renews(self, signal_id: str) -> str | None:
        signal = self.signals([signal_id]).get(signal_id)
        return signal.renews if signal is not None else None

    def _held_of(self, signal_ids: set[str]) -> dict[str, Signal]:
        new = signal_ids - self._asked
        if new:
            self._held.update(self.read(new))
            self._asked |= new
        return {one: self._held[one] for one in sorted(signal_ids) if one in self._held}


def _last(signal_id: str, signals: Mapping[str, Signal]) -> str:
    renewed_by = signals[signal_id].renewed_by
    while renewed_by is not None and renewed_by in signals:
        signal_id, renewed_by = renewed_by, signals[renewed_by].renewed_by
    return signal_id


def _as_heir(side: Side, heirs: Mapping[str, str]) -> Side:
    return replace(side, signal_id=heirs.get(side.signal_id, side.signal_id))


def _place(match: Match) -> tuple[bool, str, str]:
    return match.state is MatchState.ACTIVE, (match.ended_at or match.since).isoformat(), match.id
