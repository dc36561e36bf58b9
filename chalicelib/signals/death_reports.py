"""Reports of a death as they are kept: one row each among the settings, and a list by month; ids only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from chalicelib.domain.dates import amsterdam_day
from chalicelib.domain.death import DeathReport
from chalicelib.ports.concerns import ConcernStore
from chalicelib.ports.region import SettingStore

MONTHS_LISTED: Final = 24
"""How long back the list looks; a report stays for good, as the certificate of what it erased does."""


@dataclass(frozen=True, slots=True)
class DeathReports:
    """Keeps them; each write replaces the whole report."""

    settings: SettingStore
    concerns: ConcernStore

    def get(self, signal_id: str) -> DeathReport | None:
        """The report about a signal."""
        held = self.settings.report(_row(signal_id))
        if held is None:
            return None
        confirmed = str(held.get("confirmedAt", ""))
        return DeathReport(
            signal_id=signal_id,
            organisation_id=str(held["organisationId"]),
            reported_at=datetime.fromisoformat(str(held["reportedAt"])),
            others=frozenset(str(held["others"]).split()),
            erased=frozenset(str(held["erased"]).split()),
            confirmed_at=datetime.fromisoformat(confirmed) if confirmed else None,
        )

    def put(self, report: DeathReport) -> None:
        """Create or replace a report; first it is on the list, then it is there."""
        self.concerns.add(_list(amsterdam_day(report.reported_at)), report.signal_id)
        confirmed = report.confirmed_at
        self.settings.put_report(
            _row(report.signal_id),
            {
                "organisationId": report.organisation_id,
                "reportedAt": report.reported_at.isoformat(),
                "others": " ".join(sorted(report.others)),
                "erased": " ".join(sorted(report.erased)),
                "confirmedAt": confirmed.isoformat() if confirmed is not None else "",
            },
        )

    def listed(self, today: date) -> list[DeathReport]:
        """Those of the last two years, what is still to be done first, then the latest."""
        found = [
            report
            for month in _months(today)
            for one in self.concerns.of_month(month)
            if (report := self.get(one)) is not None
        ]
        return sorted(found, key=lambda one: (one.is_done, -one.reported_at.timestamp(), one.signal_id))


def _months(today: date) -> Iterator[str]:
    this_month = today.year * 12 + today.month - 1
    for month in range(this_month, this_month - MONTHS_LISTED, -1):
        yield _list(date(month // 12, month % 12 + 1, 1))


def _list(day: date) -> str:
    return f"deaths#{day:%Y-%m}"


def _row(signal_id: str) -> str:
    return f"death#{signal_id}"
