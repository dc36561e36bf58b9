"""What should be: all pairs of all active signals compared in memory.

Shares fold, compare and the group function with the code, and nothing else: no repository, no
closure, no cache. D7 and D14 are said again in its own words.
"""

from __future__ import annotations

from dataclasses import dataclass

from chalicelib.domain.dates import amsterdam_day
from chalicelib.domain.match import Audience, EndReason, Match, match_id
from chalicelib.domain.review import review_id
from chalicelib.domain.signal import Signal, SignalState
from chalicelib.matching import (
    DecidedMatch,
    Decision,
    MatchKind,
    MatchRecord,
    Outcome,
    Verdict,
    compare,
    default_model,
)
from tests.builders import STAGE_CODE
from tests.simulation.quickly import quick_decide, quick_fold
from tests.simulation.region import Region


@dataclass(frozen=True, slots=True)
class Expected:
    """A match that should be."""

    decided: DecidedMatch
    audience: Audience

    @property
    def shown(self) -> str:
        """In words."""
        return f"{self.decided.kind} match {self.decided.first}-{self.decided.second} ({self.audience})"

    def is_like(self, match: Match) -> bool:
        """Whether the stored match rests on the same evidence and is for the same audience."""
        explanation = match.explanation
        return (
            explanation is not None
            and (match.audience, match.basis, match.rests_on)
            == (self.audience, self.decided.basis, self.decided.rests_on)
            and explanation.rule == self.decided.explanation.rule
            and round(explanation.total - self.decided.explanation.total, 4) == 0
        )


class Truth:
    """The matches there should be, and who is involved with whom."""

    def __init__(self, region: Region, signals: dict[str, Signal], decision: Decision) -> None:
        self._region = region
        self._signals = signals
        self._decision = decision
        self.persons = tuple(frozenset(group) for group in decision.groups)
        self.matches = {
            match_id(STAGE_CODE, one.kind, one.first, one.second): Expected(one, audience)
            for one in decision.matches
            if (audience := self._audience(one)) is not None
        }

    def doubts(self) -> dict[str, tuple[str, str]]:
        """The reviews that must be open: doubtful pairs nobody decided, unless all is one professional's."""
        groups = {one: group for group in self.persons for one in group}
        return {
            review_id(STAGE_CODE, doubt.first, doubt.second): (doubt.first, doubt.second)
            for doubt in self._decision.possible
            if len({_who(self._signals[one]) for one in groups[doubt.first] | groups[doubt.second]}) > 1
        }

    def involved(self, signal_id: str, kind: MatchKind) -> set[str]:
        """The professionals of other organisations whom the holder of a signal must know, per case."""
        case = self._group(signal_id) if kind is MatchKind.PERSON else {signal_id}
        own = {one for one in case if _who(self._signals[one]) == _who(self._signals[signal_id])}
        return {
            _who(self._signals[other])
            for expected in self.matches.values()
            if expected.decided.kind is kind and expected.audience is Audience.BETWEEN_ORGANISATIONS
            for one, other in _both_ways(expected.decided)
            if one in own
        }

    def case_numbers(self, signal_id: str, kind: MatchKind) -> set[str]:
        """The numbers under which the holder may have been told of a case.

        For a person: all own signals in the group, and own ended ones about the same child (D7).
        """
        signal = self._signals[signal_id]
        if kind is MatchKind.HOUSEHOLD:
            return {signal.number}
        group = self._group(signal_id)
        return {
            other.number
            for other in self._region.state.signals.values()
            if _who(other) == _who(signal) and (other.id in group or other.id not in self._signals)
        }

    def merged_silently(self) -> dict[str, set[str]]:
        """Per signal number those whose household match ended unsaid, for both are one youth now."""
        stored = self._region.state.signals
        silent: dict[str, set[str]] = {}
        state = self._region.state
        for match in (*state.matches.values(), *state.merged.values()):
            if match.end_reason is EndReason.SAME_PERSON or match.episode > 1:
                one, other = (standing_for(stored, side.signal_id) for side in match.sides)
                silent.setdefault(one.number, set()).add(_who(other))
                silent.setdefault(other.number, set()).add(_who(one))
        return silent

    def alike(self, signal_ids: list[str]) -> bool:
        """Whether every two of these signals match by themselves."""
        youths = [quick_fold(youth) for one in signal_ids if (youth := self._signals[one].youth)]
        return all(
            compare(one, other, default_model()).person is Outcome.MATCH for one in youths for other in youths
        )

    def person_of(self, signal_id: str) -> frozenset[str]:
        """The active signals about the youth of one of them."""
        return self._group(signal_id)

    def _group(self, signal_id: str) -> frozenset[str]:
        return next(group for group in self.persons if signal_id in group)

    def _audience(self, decided: DecidedMatch) -> Audience | None:
        """None when the two are one professional's (D7); apart within one organisation (D14)."""
        one, other = self._signals[decided.first], self._signals[decided.second]
        if _who(one) == _who(other):
            return None
        if one.organisation_id == other.organisation_id:
            return Audience.WITHIN_ORGANISATION
        return Audience.BETWEEN_ORGANISATIONS


def standing_for(stored: dict[str, Signal], signal_id: str) -> Signal:
    """The signal that stands in the place of one that was renewed; else itself (D7)."""
    signal = stored[signal_id]
    while signal.renewed_by is not None:
        signal = stored[signal.renewed_by]
    return signal


def truth_of(region: Region) -> Truth:
    """What should be, by the signals that are active now."""
    today = amsterdam_day(region.clock.now())
    signals = {
        one.id: one
        for one in region.state.signals.values()
        if one.state is SignalState.ACTIVE and one.ends_on >= today
    }
    records = tuple(
        MatchRecord(one, quick_fold(signal.youth)) for one, signal in sorted(signals.items()) if signal.youth
    )
    forms = {
        form
        for record in records
        for address in record.youth.addresses
        for form in (address.number, address.exact)
    }
    excluded = frozenset(
        form
        for form in forms & region.state.excluded.keys()
        if region.state.excluded[form].valid_from <= today
        and (region.state.excluded[form].valid_until or today) >= today
    )
    decision = quick_decide(
        records, verdicts=_verdicts(signals), excluded=excluded, model=default_model(), profile=region.profile
    )
    return Truth(region, signals, decision)


def _verdicts(signals: dict[str, Signal]) -> tuple[Verdict, ...]:
    """What people decided: written on both signals, it counts while both are active."""
    return tuple(
        Verdict(one, word.other_id, word.same)
        for one, signal in sorted(signals.items())
        for word in sorted(signal.verdicts)
    )


def _both_ways(decided: DecidedMatch) -> tuple[tuple[str, str], tuple[str, str]]:
    return (decided.first, decided.second), (decided.second, decided.first)


def _who(signal: Signal) -> str:
    return f"{signal.organisation_id}#{signal.professional_id}"
