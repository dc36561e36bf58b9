"""What the interface needs to answer a repeated request once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A request that is being answered under a key.

    Attributes:
        name: of the key, unique in the region; hashed, and bound to the organisation.
        digest: of what was asked, to tell a repeat from another request.
        owner: of this run alone.
        until: when it counts as lost, so that a repeat may begin anew.
        expires_at: when the key is free again.
    """

    name: str
    digest: str
    owner: str
    until: datetime
    expires_at: datetime


class RepeatStore(Protocol):
    """Which requests are being answered, and which were."""

    def begin(self, run: Run, now: datetime) -> str | None:
        """Take the key for a run: None when it is ours, else what an earlier, finished run made.

        Raises NameTaken when the key was used for something else, StillRunning while another run with
        the same digest is not lost.
        """
        ...

    def finish(self, run: Run, made: str) -> None:
        """Remember what the run made, if the key is still its own."""
        ...

    def abandon(self, run: Run) -> None:
        """Free the key of a run that made nothing, if it is still its own."""
        ...
