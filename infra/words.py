"""What a word of a command line means: a day, a moment, one of a list; each says plainly what it is not."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

Choice = TypeVar("Choice", bound=StrEnum)


def day(word: str) -> date:
    """A date as ISO 8601 writes it. Raises argparse.ArgumentTypeError."""
    try:
        return date.fromisoformat(word)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{word!r} is no day: write one as 2026-01-31") from error


def moment(word: str) -> datetime:
    """A moment as ISO 8601 writes it; without a zone it is this machine's time.

    Raises argparse.ArgumentTypeError.
    """
    try:
        return datetime.fromisoformat(word)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"{word!r} is no moment: write one as 2026-01-31T13:45:00Z"
        ) from error


def one_of(choices: type[Choice]) -> Callable[[str], Choice]:
    """A word of a list, for an argument whose help does not show the list as its name."""

    def chosen(word: str) -> Choice:
        try:
            return choices(word)
        except ValueError as error:
            raise argparse.ArgumentTypeError(f"{word!r} is none of {', '.join(choices)}") from error

    return chosen
