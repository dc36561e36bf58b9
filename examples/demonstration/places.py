"""Where the demonstration leaves things, all under one folder (by default ``.local``)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Places:
    """The folder and what lies in it."""

    folder: Path

    @property
    def emulator(self) -> Path:
        """The home of the embedded AWS."""
        return self.folder / "emulator"

    @property
    def mails(self) -> Path:
        """Every mail that left."""
        return self.folder / "mails"

    @property
    def memory(self) -> Path:
        """What the index no longer holds of the story."""
        return self.folder / "memory.json"

    @property
    def index(self) -> Path:
        """The page that shows them."""
        return self.mails / "index.html"

    @property
    def environment(self) -> Path:
        """What a shell or another program needs to talk to the running index."""
        return self.folder / "environment"
