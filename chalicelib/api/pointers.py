"""JSON Pointers (RFC 6901) to what is wrong, without repeating what a caller made up."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import takewhile
from typing import Final

_ORDINARY: Final = re.compile(r"[A-Za-z][A-Za-z_-]{0,39}")


def pointer(parts: Iterable[str | int]) -> str:
    """The pointer along keys and indexes; the empty string is the whole document.

    It stops before a name that holds more than letters: all of ours are such, and a made-up name
    could hold the number of a person.
    """
    return "".join(f"/{part}" for part in takewhile(_is_ordinary, parts))


def _is_ordinary(part: str | int) -> bool:
    return isinstance(part, int) or _ORDINARY.fullmatch(part) is not None
