"""A match as rows, and rows as a match."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from chalicelib.domain.match import Audience, ContactState, EndReason, Match, MatchState, Side
from chalicelib.matching.decision import Basis, Explanation, FieldEvidence, MatchKind
from chalicelib.models.moments import moment_of, moment_or_none, stored, stored_or_none
from chalicelib.models.rows.matches import MatchColumns, MatchRow


def columns_of(match: Match) -> dict[str, Any]:
    """What the row of a match and both its mirrors hold, by the rows' field names."""
    return {
        "kind": match.kind.value,
        **side_columns(match.sides),
        "audience": match.audience.value,
        "state": match.state.value,
        "basis": {basis.value for basis in match.basis},
        "episode": match.episode,
        "revision": match.revision,
        "match_key": match.match_key,
        "since": stored(match.since),
        "ended_at": stored_or_none(match.ended_at),
        "end_reason": match.end_reason.value if match.end_reason is not None else None,
        "contact": match.contact.value,
        "rests_on": set(match.rests_on),
        "explained_at": stored(match.explained_at),
        "digest": match.digest,
    }


def match_of(row: MatchColumns, match_id: str, explanation: str | None) -> Match:
    """The match of a row or a mirror."""
    return Match(
        id=match_id,
        kind=MatchKind(row.kind),
        sides=sides_of(row),
        audience=Audience(row.audience),
        state=MatchState(row.state),
        basis=frozenset(Basis(basis) for basis in row.basis or ()),
        episode=int(row.episode),
        revision=int(row.revision),
        match_key=row.match_key,
        since=moment_of(row.since),
        ended_at=moment_or_none(row.ended_at),
        end_reason=_end_reason(row.end_reason),
        contact=ContactState(row.contact),
        rests_on=frozenset(row.rests_on or ()),
        explained_at=moment_of(row.explained_at),
        explanation=explanation_of(explanation),
        digest=row.digest,
    )


def whole_match(row: MatchRow) -> Match:
    """The match of its own row, with its explanation."""
    return match_of(row, row.match_id, row.explanation)


def side_columns(sides: tuple[Side, Side]) -> dict[str, str]:
    """The two sides of a pair, by the rows' field names."""
    first, second = sides
    return {
        "first_signal": first.signal_id,
        "first_organisation": first.organisation_id,
        "first_professional": first.professional_id,
        "second_signal": second.signal_id,
        "second_organisation": second.organisation_id,
        "second_professional": second.professional_id,
    }


def sides_of(row: MatchColumns) -> tuple[Side, Side]:
    """The two sides of a pair."""
    return (
        Side(
            signal_id=row.first_signal,
            organisation_id=row.first_organisation,
            professional_id=row.first_professional,
        ),
        Side(
            signal_id=row.second_signal,
            organisation_id=row.second_organisation,
            professional_id=row.second_professional,
        ),
    )


def explanation_text(explanation: Explanation | None) -> str | None:
    """An explanation as JSON: field names, levels and weights, no values (D22)."""
    return json.dumps(asdict(explanation), separators=(",", ":")) if explanation is not None else None


def explanation_of(text: str | None) -> Explanation | None:
    """As :func:`explanation_text` wrote it; None stays None."""
    if text is None:
        return None
    fields = json.loads(text)
    evidence = tuple(FieldEvidence(**line) for line in fields.pop("evidence"))
    return Explanation(**fields, evidence=evidence)


def _end_reason(text: str | None) -> EndReason | None:
    return EndReason(text) if text is not None else None
