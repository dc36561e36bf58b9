"""That somebody looked at the matches of a signal: remembered for a day (D16).

Whoever gives a signal, looks who is involved and takes the signal back has searched.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from chalicelib.ports.counts import CountStore

REMEMBERED: Final = timedelta(days=1)


def note_look(counts: CountStore, signal_id: str, now: datetime) -> None:
    """Remember that the matches of a signal are read now. Raises StorageBusy."""
    counts.add(_name(signal_id), 1, expires_at=now + REMEMBERED)


def was_looked_at(counts: CountStore, signal_id: str, now: datetime) -> bool:
    """Whether the matches of a signal were read within a day before now."""
    return counts.counted([_name(signal_id)], now)[_name(signal_id)] > 0


def _name(signal_id: str) -> str:
    return f"matches-read#{signal_id}"
