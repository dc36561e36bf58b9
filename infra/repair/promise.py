"""A promise about the rows of a stage, which `verify` checks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from infra.repair.look import Look
from infra.repair.rows import Row

Judge = Callable[[Look, Sequence[Row]], Iterable[Row]]


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise: the table it is about, what it says, and which of some rows break it."""

    name: str
    table: str
    says: str
    broken_by: Judge
