"""What another legal profile would do to what is there: counts by which people decide on it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Final

from chalicelib.domain.legal_profile import LegalProfile, LegalProfileRefused
from chalicelib.ports.storage import SettingStore

HELD: Final = "legal#held"
"""The report under which a stage keeps the profile that it runs under."""
REPORT: Final = "legal#report"
"""What the names of the reports of a change begin with."""
FRESH: Final = timedelta(days=7)
"""A report of an earlier week is of other signals."""
_DIGEST: Final = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The profile that a stage runs under, and the one ``before``.

    ``applied`` is True once nothing there is of that one any more; ``reviewed_by`` is empty for the first.
    """

    legal: LegalProfile
    before: LegalProfile
    applied: bool
    reviewed_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalReport:
    """The effects of going from one profile to another, as counted at a moment."""

    before: LegalProfile
    after: LegalProfile
    counts: Mapping[str, int]
    at: datetime

    @property
    def digest(self) -> str:
        """The name of this report: of nothing else, so that a reviewer says what they saw."""
        said = [self.before.as_text(), self.after.as_text(), dict(self.counts), self.at.isoformat()]
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:_DIGEST]


def held_profile(settings: SettingStore) -> Held | None:
    """What a stage runs under, None when it was never said. Raises LegalProfileRefused."""
    found = settings.report(HELD)
    if found is None:
        return None
    return Held(
        legal=LegalProfile.from_text(str(found["profile"])),
        before=LegalProfile.from_text(str(found["before"])),
        applied=bool(found["applied"]),
        reviewed_by=str(found["reviewedBy"]),
    )


def hold(settings: SettingStore, held: Held) -> None:
    """Write what a stage runs under, and who reviewed it."""
    settings.put_report(
        HELD,
        {
            "profile": held.legal.as_text(),
            "before": held.before.as_text(),
            "applied": int(held.applied),
            "reviewedBy": held.reviewed_by,
        },
    )


def keep_report(settings: SettingStore, report: LegalReport) -> None:
    """Write a report under its digest."""
    settings.put_report(
        f"{REPORT}#{report.digest}",
        {
            "before": report.before.as_text(),
            "after": report.after.as_text(),
            "at": report.at.isoformat(),
            "counts": json.dumps(dict(report.counts), sort_keys=True),
        },
    )


def kept_report(settings: SettingStore, digest: str) -> LegalReport | None:
    """The report with this digest; None without one, or when it is not what it was."""
    found = settings.report(f"{REPORT}#{digest}")
    if found is None:
        return None
    try:
        report = LegalReport(
            before=LegalProfile.from_text(str(found["before"])),
            after=LegalProfile.from_text(str(found["after"])),
            counts=json.loads(str(found["counts"])),
            at=datetime.fromisoformat(str(found["at"])),
        )
    except (LegalProfileRefused, ValueError):
        return None
    return report if report.digest == digest else None


def differences(before: LegalProfile, after: LegalProfile) -> dict[str, tuple[object, object]]:
    """Each setting that changes, and from what to what."""
    old, new = asdict(before), asdict(after)
    return {name: (old[name], new[name]) for name in old if old[name] != new[name]}
