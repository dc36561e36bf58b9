"""How the interface logs: a code with ids, so that tests can bring a log of their own."""

from __future__ import annotations

from typing import Protocol

from chalicelib.observability import Code


class Log(Protocol):
    """:func:`chalicelib.observability.log`."""

    def __call__(self, code: Code, **fields: str | float | None) -> None:
        """Write one line: a code, opaque ids, templates and counts; never a value of a person."""
        ...
