"""What must change so that the stored matches are those there should be: a pure function."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from typing import Any

from chalicelib.domain.match import (
    Audience,
    ContactState,
    EndReason,
    Match,
    MatchState,
    Side,
    match_id,
)
from chalicelib.domain.signal import Signal
from chalicelib.matches.closure import Closure
from chalicelib.matches.succession import as_heirs, going_on
from chalicelib.matching import DecidedMatch, Decision, Explanation, MatchKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """One match to write, and the row it replaces (None: the match is new)."""

    match: Match
    previous: Match | None

    @property
    def arises(self) -> bool:
        """A match that was not there, or had ended, is active now."""
        return self.match.state is MatchState.ACTIVE and not _is_active(self.previous)

    @property
    def ends(self) -> bool:
        """A match that was active has ended."""
        return self.match.state is MatchState.ENDED and _is_active(self.previous)


def settlements(
    closure: Closure, decision: Decision, *, stage_code: str, same_organisation: bool, now: datetime
) -> tuple[Settlement, ...]:
    """Matches to create, bring back, rewrite or end; empty when all is as it should be.

    New matches come with an empty match key; :mod:`chalicelib.matches.match_keys` gives them theirs.
    Household pairs are settled when one of the two is in the core of the closure, for only there
    all that lives at the address has been read.
    """
    settler = _Settler(
        closure=closure, same_organisation=same_organisation, now=now, former=_taken_over(closure)
    )
    wanted = {
        match_id(stage_code, decided.kind, decided.first, decided.second): decided
        for decided in decision.matches
        if settler.may_match(decided) and settler.in_reach(decided.kind, decided.first, decided.second)
    }
    joined = {
        frozenset((decided.first, decided.second))
        for decided in decision.matches
        if decided.kind is MatchKind.PERSON
    }
    arising = (settler.settle(one, decided) for one, decided in wanted.items())
    ending = (
        settler.end(match, joined)
        for match in closure.matches.values()
        if match.state is MatchState.ACTIVE
        and match.id not in wanted
        and settler.in_reach(match.kind, *(side.signal_id for side in match.sides))
    )
    changes = chain((change for change in arising if change is not None), ending)
    return tuple(sorted(changes, key=lambda change: change.match.id))


def digest_of(decided: DecidedMatch) -> str:
    """A short hash of what a match rests on; equal digests need no rewrite."""
    content = {
        "basis": sorted(decided.basis),
        "restsOn": sorted(decided.rests_on),
        **_explained(decided.explanation),
    }
    return _hashed(content)


def digest_of_explanation(explanation: Explanation) -> str:
    """A short hash of what makes two signals doubtful, as :func:`digest_of` is of a match."""
    return _hashed(_explained(explanation))


def side_of(signal: Signal) -> Side:
    """A signal's side of a match or review."""
    return Side(
        signal_id=signal.id, organisation_id=signal.organisation_id, professional_id=signal.professional_id
    )


def _explained(explanation: Explanation) -> dict[str, Any]:
    return {
        "rule": explanation.rule,
        "model": explanation.model_version,
        "total": round(explanation.total, 6),
        "evidence": [[line.field, line.level, round(line.weight, 6)] for line in explanation.evidence],
    }


def _hashed(content: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Settler:
    closure: Closure
    same_organisation: bool
    now: datetime
    former: Mapping[tuple[MatchKind, frozenset[str]], Match]

    def settle(self, one: str, decided: DecidedMatch) -> Settlement | None:
        """What it takes to have this match, None when it stands as it should."""
        stored = self.closure.matches.get(one)
        if stored is None:
            return Settlement(match=self._new(one, decided), previous=None)
        current = replace(
            stored,
            sides=self._sides(decided),
            basis=decided.basis,
            rests_on=decided.rests_on,
            explained_at=self.now,
            explanation=decided.explanation,
            digest=digest_of(decided),
            revision=stored.revision + 1,
        )
        if stored.state is MatchState.ENDED:
            return Settlement(match=self._returned(current), previous=stored)
        if (stored.digest, stored.sides) != (current.digest, current.sides):
            return Settlement(match=current, previous=stored)
        return None

    def end(self, match: Match, joined: set[frozenset[str]]) -> Settlement:
        """End a match that no longer holds."""
        ended = replace(
            match,
            state=MatchState.ENDED,
            ended_at=self.now,
            end_reason=self._reason(match, joined),
            revision=match.revision + 1,
        )
        return Settlement(match=ended, previous=match)

    def may_match(self, decided: DecidedMatch) -> bool:
        """A professional's second signal renews the first: the two make no match (D7)."""
        first, second = self._sides(decided)
        return (first.organisation_id, first.professional_id) != (
            second.organisation_id,
            second.professional_id,
        )

    def in_reach(self, kind: MatchKind, one: str, other: str) -> bool:
        """Whether the closure holds all that a decision about this pair depends on."""
        if not {one, other} <= self.closure.walked:
            return False
        return kind is MatchKind.PERSON or not self.closure.core.isdisjoint((one, other))

    def _new(self, one: str, decided: DecidedMatch) -> Match:
        """A match as it begins; of a signal that took another's place it goes on as that one's was (D7)."""
        match = self._begun(one, decided)
        former = self.former.get((decided.kind, frozenset((decided.first, decided.second))))
        if former is None:
            return match
        since = former.since if former.state is MatchState.ACTIVE else self.now
        return replace(match, match_key=former.match_key, since=since, contact=former.contact)

    def _begun(self, one: str, decided: DecidedMatch) -> Match:
        first, second = self._sides(decided)
        apart = first.organisation_id == second.organisation_id and not self.same_organisation
        return Match(
            id=one,
            kind=decided.kind,
            sides=(first, second),
            audience=Audience.WITHIN_ORGANISATION if apart else Audience.BETWEEN_ORGANISATIONS,
            state=MatchState.ACTIVE,
            basis=decided.basis,
            episode=1,
            revision=1,
            match_key="",
            since=self.now,
            ended_at=None,
            end_reason=None,
            contact=ContactState.OPEN,
            rests_on=decided.rests_on,
            explained_at=self.now,
            explanation=decided.explanation,
            digest=digest_of(decided),
        )

    def _returned(self, current: Match) -> Match:
        return replace(
            current,
            state=MatchState.ACTIVE,
            episode=current.episode + 1,
            since=self.now,
            ended_at=None,
            end_reason=None,
        )

    def _reason(self, match: Match, joined: set[frozenset[str]]) -> EndReason:
        pair = frozenset(side.signal_id for side in match.sides)
        if not pair <= self.closure.folded.keys():
            return EndReason.SIGNAL_ENDED
        if match.kind is MatchKind.HOUSEHOLD and pair in joined:
            return EndReason.SAME_PERSON
        return EndReason.EVIDENCE_GONE

    def _sides(self, decided: DecidedMatch) -> tuple[Side, Side]:
        first, second = (self.closure.signals[one] for one in (decided.first, decided.second))
        return side_of(first), side_of(second)


def _taken_over(closure: Closure) -> dict[tuple[MatchKind, frozenset[str]], Match]:
    """Per pair of signals the match of those whose place they took, if only an end stood in its way."""
    heirs = closure.heirs()
    if not heirs:
        return {}
    lasting = [
        as_heirs(match, heirs)
        for match in closure.matches.values()
        if match.end_reason in {None, EndReason.SIGNAL_ENDED}
    ]
    return {(one.kind, frozenset(side.signal_id for side in one.sides)): one for one in going_on(lasting)}


def _is_active(match: Match | None) -> bool:
    return match is not None and match.state is MatchState.ACTIVE
