"""What the trail calls the youth of a request, once it is decided whom it is about (D32, D39).

A signal without a BSN is called by an id of its own, a request by the BSN it was filed with (decision 26):
who asks later what was done finds the request by whichever of them is left. A signal that was found, and
that a person said is about somebody else, lends it no name: its lines are that youth's own.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from chalicelib.domain.rights import RightsRequest
from chalicelib.domain.signal import Signal

MOST: Final = 80
"""So many entries go with a decision in its transaction."""


def names_of_youth(request: RightsRequest, concerned: Iterable[Signal]) -> tuple[str | None, ...]:
    """Of an open request, its own name first if it has one; (None,) where there is none."""
    names = {signal.pseudonym for signal in concerned if signal.pseudonym is not None}
    numbered = request.record is not None and request.record.youth.bsn is not None
    own = request.pseudonym if numbered or request.pseudonym in names else None
    ordered = ([own] if own is not None else []) + sorted(names - {own})
    return tuple(ordered[:MOST]) or (None,)
