"""What several stores speak of: unique names and pages of lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class UniqueName:
    """A name that must be unique: ``name`` → ``target``; free again after ``expires_at``."""

    name: str
    target: str
    digest: str | None = None
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A page of a list; ``next`` starts the following page, None at the end."""

    items: tuple[T, ...]
    next: str | None
