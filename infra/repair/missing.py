"""What an operator hears of ids that no signal has: one that is gone, or a slip of the pen."""

from __future__ import annotations

from collections.abc import Collection

from infra.operators.desk import Desk


def tell_missing(desk: Desk, signal_ids: Collection[str]) -> None:
    """Print each id that no signal has; asking for it all the same does no harm. Raises StorageBusy."""
    found = desk.storage.signals.sealed(signal_ids) if signal_ids else {}
    for signal_id in signal_ids:
        if signal_id not in found:
            print(f"{signal_id}: there is no such signal, or no more")
