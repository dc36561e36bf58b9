"""The legal profile of a stage: changed after somebody reviewed a report of what that does (decision 24)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.audit import Act, AuditEntry
from chalicelib.domain.legal_profile import LegalProfile
from chalicelib.domain.signal import Signal
from chalicelib.ports.storage import SettingStore
from chalicelib.upkeep.legal_change import ChangeOfLaw
from chalicelib.upkeep.legal_report import FRESH, Held, LegalReport, held_profile, hold, kept_report
from chalicelib.upkeep.rematch import Rematch
from infra.errors import InfraError
from infra.operators.desk import Desk
from infra.stacks import Tell

PROFILE = "legal-profile"
"""What the audit trail calls it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Who reviewed a change, and the digest of the report that they saw."""

    by: str
    report: str


def require_reviewed(desk: Desk, review: Review | None) -> None:
    """Refuse another profile than the one that is held, unless this very change was reviewed.

    A stage without a profile takes the first one as it is. Raises InfraError that says what to do.
    """
    held, wanted = held_profile(desk.storage.settings), desk.settings.legal
    if held is None or held.legal == wanted:
        return
    if review is None:
        raise InfraError(
            f"the legal profile of {desk.settings.stage} changes, which somebody has to review: "
            f"python -m infra legal compare {desk.settings.stage}, then deploy with "
            "--legal-reviewed-by NAME --legal-report DIGEST"
        )
    _seen(desk.storage.settings, review, held.legal, wanted, desk.clock.now())


def settle_law(desk: Desk, review: Review | None, tell: Tell) -> None:
    """Hold the profile that is deployed now, and bring last days under it; safe to repeat.

    Raises InfraError when some could not be written: then deploy again.
    """
    settings, wanted = desk.storage.settings, desk.settings.legal
    held = held_profile(settings)
    if held is None:
        hold(settings, Held(legal=wanted, before=wanted, applied=True))
        return
    if held.legal != wanted:
        by = review.by if review is not None else ""
        hold(settings, Held(legal=wanted, before=held.legal, applied=False, reviewed_by=by))
        desk.storage.audit.append(desk.trail.entry(Act.LEGAL_PROFILE_CHANGED, PROFILE, by))
    elif held.applied:
        return
    apply_law(desk, tell)


def apply_law(desk: Desk, tell: Tell) -> None:
    """Bring last days under the profile that is held, and have matched anew what may match differently.

    Raises InfraError when there is none, or some could not be written.
    """
    held = held_profile(desk.storage.settings)
    if held is None:
        raise InfraError("this stage holds no legal profile yet: deploy it")
    change = ChangeOfLaw(storage=desk.storage, clock=desk.clock, before=held.before, after=held.legal)
    done = change.apply(lambda signal: _entry(desk, signal))
    tell(f"legal profile: signals with an earlier last day: {done.redated}")
    if done.missed:
        lines = [f"  {one}" for one in done.failed]
        if done.missed > len(lines):
            lines.append(f"  {done.missed - len(lines)} that an earlier run missed before it stopped")
        raise InfraError("\n".join(("these could not be written now; do legal apply:", *lines)))
    if change.changes_matching:
        rematch = Rematch(storage=desk.storage, reconcile=desk.reconcile, clock=desk.clock)
        report = rematch.region(since=None, act=rematch.ask)
        tell(f"legal profile: signals that are matched anew: {report.differing}")
    hold(desk.storage.settings, replace(held, applied=True))


def compare(desk: Desk) -> LegalReport:
    """What the profile of this working copy would do to the stage. Raises InfraError when it is held."""
    held, wanted = held_profile(desk.storage.settings), desk.settings.legal
    if held is None or held.legal == wanted:
        raise InfraError("nothing would change: the stage runs under this legal profile")
    change = ChangeOfLaw(storage=desk.storage, clock=desk.clock, before=held.legal, after=wanted)
    rematch = Rematch(storage=desk.storage, reconcile=desk.reconcile, clock=desk.clock)
    return change.look(lambda: rematch.region(since=None, act=None).counts)


def _seen(
    settings: SettingStore, review: Review, before: LegalProfile, after: LegalProfile, now: datetime
) -> None:
    report = kept_report(settings, review.report)
    if report is None:
        raise InfraError(f"there is no report {review.report}: see legal compare")
    if (report.before, report.after) != (before, after):
        raise InfraError(f"report {review.report} is of another change: do legal compare again")
    if now - report.at > FRESH:
        raise InfraError(f"report {review.report} is older than a week: do legal compare again")


def _entry(desk: Desk, signal: Signal) -> AuditEntry:
    entry = desk.trail.entry(Act.SIGNAL_REDATED, signal.id, PROFILE)
    return replace(entry, youth=signal.pseudonym)
