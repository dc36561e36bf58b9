"""Households that one family more, or less, at their address has changed (D13).

An address at which too many families are known makes no match by itself, with more it does not count at
all. Who comes to live there may so undo matches between others, to which no match of its own leads.
"""

from __future__ import annotations

from chalicelib.domain.match import MatchState
from chalicelib.matches.closure import Closure
from chalicelib.matches.settle import digest_of
from chalicelib.matching import Decision, MatchKind


def crowded_out(closure: Closure, decision: Decision) -> dict[str, int]:
    """Ids and revisions of neighbours whose household match with another is not decided as it is stored.

    One side of each such match, for its own reconcile to settle it. All who live with a neighbour were
    met on the way, so that reconcile decides as this one, and asks for nobody in its turn.
    """
    decided = {
        frozenset((one.first, one.second)): one for one in decision.matches if one.kind is MatchKind.HOUSEHOLD
    }
    neighbours = (closure.walked & closure.folded.keys()) - closure.core
    changed = set()
    for match in closure.matches.values():
        sides = frozenset(side.signal_id for side in match.sides)
        if match.state is MatchState.ACTIVE and match.kind is MatchKind.HOUSEHOLD and sides <= neighbours:
            wanted = decided.get(sides)
            if wanted is None or digest_of(wanted) != match.digest:
                changed.add(min(sides))
    return {one: closure.signals[one].revision for one in changed}
