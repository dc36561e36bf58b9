"""How far a walk over a whole region is: a stored cursor and counts, so that it can stop anywhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from chalicelib.domain.signal import Signal
from chalicelib.ports.storage import Page, SettingStore, Storage

PAGE = 100
_CURSOR, _COMPLETE = "cursor", "complete"


@dataclass(slots=True)
class Progress:
    """The stored report ``name``: counts so far, and where to go on; complete walks start anew."""

    settings: SettingStore
    name: str
    counts: Counter[str] = field(default_factory=Counter)
    cursor: str | None = None
    complete: bool = False

    @classmethod
    def resumed(cls, settings: SettingStore, name: str) -> Progress:
        """Where the walk stopped; at the start when there was none, or it was complete."""
        held = dict(settings.report(name) or {})
        cursor, complete = str(held.pop(_CURSOR, "")), bool(held.pop(_COMPLETE, 0))
        if complete:
            return cls(settings, name)
        counts = Counter({count: int(number) for count, number in held.items()})
        return cls(settings, name, counts, cursor or None)

    def reached(self, cursor: str | None) -> None:
        """Store that all before ``cursor`` is done; None: all of it."""
        self.cursor, self.complete = cursor, cursor is None
        marks: dict[str, str | int] = {_CURSOR: cursor or "", _COMPLETE: int(self.complete)}
        self.settings.put_report(self.name, {**self.counts, **marks})


def running_signals(storage: Storage, progress: Progress) -> Iterator[Signal]:
    """Every signal that has not ended, sealed, from where the walk stopped; each page done is stored."""
    return _walked(storage.census.running, progress)


def found_signals(storage: Storage, progress: Progress) -> Iterator[Signal]:
    """As :func:`running_signals`, with those in the archive."""
    return _walked(storage.census.found, progress)


def _walked(pages: Callable[..., Page[Signal]], progress: Progress) -> Iterator[Signal]:
    while not progress.complete:
        page = pages(limit=PAGE, after=progress.cursor)
        yield from page.items
        progress.reached(page.next)
