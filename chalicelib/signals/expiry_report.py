"""What an expiry run did, and how a day's runs add up in storage (D38): counts and ids, no persons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from chalicelib.ports.storage import SettingStore

_CURSOR = "cursor"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpiryReport:
    """What a run, or a part of one, did.

    Attributes:
        ended: how many signals ended, by reason (``plannedEnd``, ``twoYears``, ``age``), or left the
            archive (``archive``).
        skipped: how many had ended already, or changed meanwhile.
        failed: ids of the signals that could not be ended; a later run tries them again.
        complete: whether everything overdue was seen; False when time ran out or a run was busy.
    """

    ended: Mapping[str, int] = field(default_factory=dict)
    skipped: int = 0
    failed: tuple[str, ...] = ()
    complete: bool = True

    def plus(self, part: ExpiryReport) -> ExpiryReport:
        """Both together; whether it is complete stays as it is here."""
        return replace(
            self,
            ended=dict(Counter(self.ended) + Counter(part.ended)),
            skipped=self.skipped + part.skipped,
            failed=self.failed + part.failed,
        )

    def completed(self) -> ExpiryReport:
        """The same, with everything seen."""
        return replace(self, complete=True)

    def interrupted(self) -> ExpiryReport:
        """The same, with something left to see."""
        return replace(self, complete=False)


@dataclass(frozen=True, slots=True)
class ExpiryReports:
    """The stored report of a job's day: its runs' counts, and where the next run goes on."""

    settings: SettingStore
    job: str
    day: date

    @property
    def name(self) -> str:
        """``run#expire#2026-11-22``."""
        return f"run#{self.job}#{self.day.isoformat()}"

    def cursor(self) -> str | None:
        """Where the last run of the day stopped; None at the start and after a complete run."""
        return str(self._stored().get(_CURSOR, "")) or None

    def add(self, part: ExpiryReport, *, cursor: str | None) -> None:
        """Add a part's counts to the day's."""
        counts: Counter[str] = Counter(part.ended)
        counts["skipped"] = part.skipped
        counts["failed"] = len(part.failed)
        held = self._stored()
        totals = {name: int(held.get(name, 0)) + count for name, count in counts.items()}
        self.settings.put_report(self.name, {**held, **totals, _CURSOR: cursor or ""})

    def _stored(self) -> Mapping[str, str | int]:
        return self.settings.report(self.name) or {}
