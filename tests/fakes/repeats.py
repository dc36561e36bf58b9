"""Requests under a key, in memory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from chalicelib.ports.errors import NameTaken, StillRunning
from chalicelib.ports.repeats import Run
from chalicelib.ports.storage import UniqueName
from tests.fakes.state import FakeState


@dataclass(frozen=True, slots=True)
class FakeRepeats:
    """The store of repeats over the names that are taken."""

    state: FakeState

    def begin(self, run: Run, now: datetime) -> str | None:
        """Take the key for a run, or tell what an earlier one made."""
        self.state.before("repeats.begin")
        held = self.state.names.get(run.name)
        if held is not None and (held.expires_at is None or held.expires_at > now):
            if held.digest != run.digest:
                raise NameTaken(run.name, held.target, held.digest)
            until = self.state.running.get(run.name)
            if until is None:
                return held.target
            if until > now:
                raise StillRunning(run.name)
        _put(self.state, run, run.owner)
        self.state.running[run.name] = run.until
        self.state.after("repeats.begin")
        return None

    def finish(self, run: Run, made: str) -> None:
        """Remember what the run made."""
        self.state.before("repeats.finish")
        if is_own(self.state, run):
            finish_in(self.state, run, made)
        self.state.after("repeats.finish")

    def abandon(self, run: Run) -> None:
        """Free the key."""
        self.state.before("repeats.abandon")
        if is_own(self.state, run):
            del self.state.names[run.name]
            del self.state.running[run.name]
        self.state.after("repeats.abandon")


def is_own(state: FakeState, run: Run) -> bool:
    """Whether the key is still of this run."""
    held = state.names.get(run.name)
    return held is not None and held.target == run.owner


def finish_in(state: FakeState, run: Run, made: str) -> None:
    """Remember what the run made."""
    _put(state, run, made)
    del state.running[run.name]


def _put(state: FakeState, run: Run, target: str) -> None:
    state.names[run.name] = UniqueName(
        name=run.name, target=target, digest=run.digest, expires_at=run.expires_at
    )
