"""The archive in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.history import History
from chalicelib.domain.signal import IndexKey, Signal
from chalicelib.models.signal_codec import keys_in_archive
from chalicelib.ports.errors import Stale
from chalicelib.ports.links import Guard
from chalicelib.ports.storage import Page
from tests.fakes.state import FakeState


@dataclass(frozen=True, slots=True)
class FakeArchive:
    """The archive store over dicts."""

    state: FakeState

    def holders(self, keys: Iterable[IndexKey]) -> dict[IndexKey, frozenset[str]]:
        """Per archive key the ids of the archived signals that hold it."""
        self.state.before("archive.holders")
        return {key: frozenset(self.state.archive_keys.get(key, ())) for key in keys}

    def over(self, today: date, *, limit: int, after: str | None) -> Page[str]:
        """Ids of signals whose last day in the archive is before today."""
        self.state.before("archive.over")
        found = sorted(
            f"{one.archived.until.isoformat()}#{one.id}"
            for one in self.state.signals.values()
            if one.archived is not None and one.archived.until < today
        )
        rest = [place for place in found if after is None or place > after]
        return Page(
            tuple(place.partition("#")[2] for place in rest[:limit]),
            rest[limit - 1] if len(rest) > limit else None,
        )

    def redate(self, previous: Signal, signal: Signal, audit: AuditEntry) -> None:
        """Write an archived signal's next revision with another last day."""
        self.state.before("archive.redate")
        require_as_read(self.state, previous)
        self.state.require_new_audit(audit)
        rewrite_archive(self.state, previous, signal)
        self.state.put_audit(audit)
        self.state.signals[signal.id] = signal
        self.state.after("archive.redate")

    def histories(self, signal_ids: Iterable[str]) -> dict[str, History]:
        """What was told of these signals, by id."""
        self.state.before("archive.histories")
        held = self.state.histories
        return {one: held[one] for one in set(signal_ids) if one in held}

    def tell(self, history: History, guard: Guard) -> None:
        """Write what the archive says of a signal that is still as it was read."""
        self.state.before("archive.tell")
        self.state.require_as_read(guard)
        if history.signal_id in self.state.histories:
            raise Stale(history.signal_id)
        self.state.histories[history.signal_id] = history
        self.state.after("archive.tell")

    def open(self, history: History, audit: Sequence[AuditEntry]) -> None:
        """Write that the earlier signals were opened."""
        self.state.before("archive.open")
        held = self.state.histories.get(history.signal_id)
        if held is None or not held.earlier or held.opened_at is not None:
            raise Stale(history.signal_id)
        for entry in audit:
            self.state.require_new_audit(entry)
        self.state.histories[history.signal_id] = history
        for entry in audit:
            self.state.put_audit(entry)
        self.state.after("archive.open")


def require_as_read(state: FakeState, previous: Signal) -> None:
    """Raise Stale when a signal has another revision, or other keys, than were read."""
    held = state.signals.get(previous.id)
    if held is None or _version(held) != _version(previous):
        raise Stale(previous.id)


def rewrite_archive(state: FakeState, previous: Signal, signal: Signal) -> None:
    """What a signal's next revision changes in the archive."""
    for key in keys_in_archive(previous) - keys_in_archive(signal):
        state.archive_keys[key].discard(signal.id)
    for key in keys_in_archive(signal):
        state.archive_keys[key].add(signal.id)
    if previous.ended_at is None and signal.ended_at is not None:
        state.histories.pop(signal.id, None)


def _version(signal: Signal) -> tuple[object, ...]:
    return signal.revision, signal.keys, keys_in_archive(signal)
