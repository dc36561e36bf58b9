"""The reference people say on the phone: one per person, one per household."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from chalicelib.domain.match import Match, MatchState
from chalicelib.matches.settle import Settlement
from chalicelib.matching import MatchKind
from chalicelib.ports.storage import UniqueName
from chalicelib.ports.world import Names

Groups = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyedSettlement:
    """A settlement whose match has its key, and the claim of that key when it is a new one."""

    settlement: Settlement
    name: UniqueName | None


def with_match_keys(
    changes: Iterable[Settlement], stored: Mapping[str, Match], groups: Groups, names: Names
) -> tuple[KeyedSettlement, ...]:
    """Give every active match of a person, or of a household, the key of the oldest one.

    Where two groups join, the older key stays; the other's name row is kept, so it remains findable.
    Matches that are right but for their key are rewritten. The claim of a new key comes first, and what
    ends comes last: a match that takes another's place is there before that one goes.
    """
    by_id = {change.match.id: change for change in changes}
    after = {**stored, **{one: change.match for one, change in by_id.items()}}
    keyed: dict[str, KeyedSettlement] = {
        one: KeyedSettlement(settlement=change, name=None)
        for one, change in by_id.items()
        if change.match.state is MatchState.ENDED
    }
    for case in _cases(after.values(), groups):
        keyed.update(_key_of_case(case, by_id, stored, names))
    return tuple(sorted(keyed.values(), key=_order))


def _order(one: KeyedSettlement) -> tuple[bool, bool, str]:
    return one.name is None, one.settlement.ends, one.settlement.match.id


def _key_of_case(
    case: list[Match], changes: Mapping[str, Settlement], stored: Mapping[str, Match], names: Names
) -> dict[str, KeyedSettlement]:
    oldest = min(
        (match for match in case if match.match_key),
        key=lambda match: (_returns(match, stored), match.since, match.id),
        default=None,
    )
    key = oldest.match_key if oldest is not None else names.match_key()
    claim = None if oldest is not None else UniqueName(name=f"match-key#{key}", target=case[0].id)
    keyed = {}
    for match in case:
        change = changes.get(match.id)
        if change is None and match.match_key == key:
            continue
        if change is None:
            change = Settlement(match=replace(match, revision=match.revision + 1), previous=match)
        keyed[match.id] = KeyedSettlement(
            settlement=replace(change, match=replace(change.match, match_key=key)),
            name=claim if match is case[0] else None,
        )
    return keyed


def _returns(match: Match, stored: Mapping[str, Match]) -> bool:
    """A key in use goes before the key of a match that comes back."""
    return match.id in stored and stored[match.id].state is MatchState.ENDED


def _cases(matches: Iterable[Match], groups: Groups) -> list[list[Match]]:
    """The active matches, gathered per person group and per household, each by id."""
    active = sorted(
        (match for match in matches if match.state is MatchState.ACTIVE), key=lambda match: match.id
    )
    persons: dict[tuple[str, ...], list[Match]] = {}
    households: list[tuple[set[tuple[str, ...]], list[Match]]] = []
    for match in active:
        ends = {groups.get(side.signal_id, (side.signal_id,)) for side in match.sides}
        if match.kind is MatchKind.PERSON:
            persons.setdefault(min(ends), []).append(match)
            continue
        touching = [case for case in households if case[0] & ends]
        households = [case for case in households if not case[0] & ends]
        households.append(
            (
                ends.union(*(case[0] for case in touching)),
                sorted([match, *(one for case in touching for one in case[1])], key=lambda one: one.id),
            )
        )
    return [*persons.values(), *(case[1] for case in households)]
