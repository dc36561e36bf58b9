"""What must still be as it was read when a match or review is written."""

from __future__ import annotations

from collections.abc import Iterable

from chalicelib.domain.match import Match, MatchState
from chalicelib.matches.closure import Closure
from chalicelib.matches.match_keys import KeyedSettlement
from chalicelib.ports.storage import Guard


def guards_of(closure: Closure, signal_ids: Iterable[str], *, active: bool) -> tuple[Guard, ...]:
    """Every signal that something rests on must still be what was read.

    So must the subject, whether or not it is one of them: what it bore on is then written before its
    next revision asks for a reconcile of its own, or not at all.
    """
    rests_on = set(signal_ids)
    return tuple(
        Guard(signal_id=one, revision=closure.signals[one].revision, active=active and one in rests_on)
        for one in sorted(rests_on | {closure.subject})
        if one in closure.signals
    )


def guarded(closure: Closure, keyed: Iterable[KeyedSettlement]) -> tuple[KeyedSettlement, ...]:
    """Those of which all is known that they rest on.

    At the rim of the closure a household's match may be seen of which a side was not read. It keeps the
    key it has, rather than being written without anybody asking whether it still holds.
    """
    return tuple(one for one in keyed if _is_known(closure, one.settlement.match))


def _is_known(closure: Closure, match: Match) -> bool:
    if match.state is MatchState.ENDED:
        return True
    return closure.signals.keys() >= {side.signal_id for side in match.sides} | match.rests_on
