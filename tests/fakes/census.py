"""Every signal and key item, in memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from chalicelib.domain.signal import IndexKey, Signal
from chalicelib.ports.census import KeyItem
from chalicelib.ports.errors import Stale
from chalicelib.ports.storage import Page
from tests.fakes.state import FakeState


@dataclass(frozen=True, slots=True)
class FakeCensus:
    """The census over dicts."""

    state: FakeState

    def running(self, *, limit: int, after: str | None) -> Page[Signal]:
        """The signals that have not ended, without their person records."""
        self.state.before("census.running")
        rest = [one for one in sorted(self.state.signals) if after is None or one > after]
        page = [self.state.signals[one] for one in rest[:limit]]
        running = (one for one in page if one.ended_at is None)
        return Page(
            tuple(replace(one, youth=None, informed=None) for one in running),
            rest[limit - 1] if len(rest) > limit else None,
        )

    def found(self, *, limit: int, after: str | None) -> Page[Signal]:
        """The signals that run and those in the archive, without their person records."""
        self.state.before("census.found")
        rest = [one for one in sorted(self.state.signals) if after is None or one > after]
        page = [self.state.signals[one] for one in rest[:limit]]
        found = (one for one in page if one.ended_at is None or one.archived is not None)
        return Page(
            tuple(replace(one, youth=None, informed=None) for one in found),
            rest[limit - 1] if len(rest) > limit else None,
        )

    def archive_items(self, *, limit: int, after: str | None) -> Page[KeyItem]:
        """The items by which signals are found in the archive."""
        self.state.before("census.archive_items")
        return _page(self.state.archive_keys, limit, after)

    def key_items(self, *, limit: int, after: str | None) -> Page[KeyItem]:
        """The items by which signals are found."""
        self.state.before("census.key_items")
        return _page(self.state.keys, limit, after)

    def held(self, items: Iterable[KeyItem]) -> frozenset[KeyItem]:
        """Those of the items that are there."""
        self.state.before("census.held")
        both = (self.state.keys, self.state.archive_keys)
        return frozenset(
            item for item in items if any(item.signal_id in keys.get(item.key, ()) for keys in both)
        )

    def rekey(self, signal: Signal, keys: frozenset[IndexKey]) -> None:
        """Have a signal found under these keys, at the same revision."""
        self.state.before("census.rekey")
        held = self.state.signals.get(signal.id)
        if held is None or (held.revision, held.found_by) != (signal.revision, signal.found_by):
            raise Stale(signal.id)
        rows = self.state.keys if held.archived is None else self.state.archive_keys
        for key in held.found_by - keys:
            rows[key].discard(signal.id)
        for key in keys:
            rows[key].add(signal.id)
        archived = None if held.archived is None else replace(held.archived, keys=keys)
        own = keys if archived is None else held.keys
        self.state.signals[signal.id] = replace(held, keys=own, archived=archived)
        self.state.after("census.rekey")

    def shed(self, signal: Signal) -> None:
        """Have a signal that is over found among the active no more, at the same revision."""
        self.state.before("census.shed")
        held = self.state.signals.get(signal.id)
        if held is None or (held.revision, held.keys) != (signal.revision, signal.keys):
            raise Stale(signal.id)
        for key in held.keys:
            self.state.keys[key].discard(signal.id)
        self.state.signals[signal.id] = replace(held, keys=frozenset())
        self.state.after("census.shed")


def _page(keys: Mapping[IndexKey, set[str]], limit: int, after: str | None) -> Page[KeyItem]:
    items = sorted(KeyItem(key, one) for key, holders in keys.items() for one in holders)
    start = int(after or 0)
    end = start + limit
    return Page(tuple(items[start:end]), str(end) if len(items) > end else None)
