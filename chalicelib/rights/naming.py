"""An act about a request stands in the trail under every name that it has for the youth (D32, D39).

A signal without a BSN is called by an id of its own, a request by the BSN it was filed with (decision 26):
who asks later what was done finds it by whichever of them is left.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.signal import Signal
from chalicelib.ports.world import Names

MOST: Final = 80
"""So many other names go with an act in its transaction."""


def under_other_names(entry: AuditEntry, signals: Iterable[Signal], names: Names) -> tuple[AuditEntry, ...]:
    """The same act under what the trail calls the youth of these signals, where that is not the same."""
    others = {signal.pseudonym for signal in signals if signal.pseudonym is not None} - {entry.youth}
    moment = entry.id.partition("#")[0]
    return tuple(replace(entry, id=f"{moment}#{names.token()}", youth=one) for one in sorted(others)[:MOST])
