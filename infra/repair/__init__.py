"""What operators do when something failed: look, try again, give up, and check what was promised."""

from __future__ import annotations

from typing import Final

from infra.command import Command
from infra.operators.action import command, group
from infra.repair.audit import AUDIT_ACTIONS
from infra.repair.erasures import REAPPLY_ERASURES, VERIFY_ERASED
from infra.repair.failed import FAILED_ACTIONS
from infra.repair.mend import MEND
from infra.repair.reconcile import RECONCILE
from infra.repair.verify import VERIFY

REPAIR_COMMANDS: Final[tuple[Command, ...]] = (
    group("failed", "signals that keep failing: list them, try them again, give them up", FAILED_ACTIONS),
    group("audit", "the locked copy of the audit trail", AUDIT_ACTIONS),
    command(RECONCILE),
    command(VERIFY),
    command(MEND),
    command(VERIFY_ERASED),
    command(REAPPLY_ERASURES),
)
"""The commands, for the program to offer."""
