"""What a command of ``python -m infra`` is."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Command:
    """One subcommand.

    Attributes:
        name: as typed.
        summary: one line for the overview; also the description of the command's own help.
        arguments: adds the command's arguments to its parser.
        run: does the work; raises InfraError for what an operator can put right.
    """

    name: str
    summary: str
    arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], None]

    def add_to(self, parsers: Any) -> None:
        """Become a choice of the program."""
        parser = parsers.add_parser(self.name, help=self.summary, description=self.summary)
        self.arguments(parser)
        parser.set_defaults(run=self.run)
