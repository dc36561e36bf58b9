"""That a youth died: reported on an own signal, and confirmed by the region's administrator (D34)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DeathReport:
    """A report, by ids alone; the signal it was made about is erased at once.

    Attributes:
        signal_id: the report's own id too.
        organisation_id: whose signal it was.
        others: ids of the other signals about the youth, active and archived, as far as is known by now.
        erased: those of them that have been erased.
        confirmed_at: when the administrator said so; None until then.
    """

    signal_id: str
    organisation_id: str
    reported_at: datetime
    others: frozenset[str] = frozenset()
    erased: frozenset[str] = frozenset()
    confirmed_at: datetime | None = None

    @property
    def is_done(self) -> bool:
        """Whether it was confirmed, and nothing about the youth is left."""
        return self.confirmed_at is not None and self.others <= self.erased
