"""The one kind of error an operator is meant to read."""

from __future__ import annotations


class InfraError(Exception):
    """An expected failure of a command: its message says what is wrong and what to do."""
