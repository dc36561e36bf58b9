"""The audit trail of operators: acts of the index itself, with the operator's name (D39)."""

from __future__ import annotations

from dataclasses import dataclass

from chalicelib.clock import Clock
from chalicelib.domain.audit import SYSTEM, Act, AuditEntry
from chalicelib.ports.world import Names


@dataclass(frozen=True, slots=True)
class OperatorTrail:
    """Makes the entries of what operators do."""

    names: Names
    clock: Clock

    def entry(self, act: Act, resource: str, operator: str) -> AuditEntry:
        """The entry of an act that ``operator`` does now."""
        return AuditEntry.of(
            act,
            resource,
            organisation_id=SYSTEM,
            professional_id=operator,
            at=self.clock.now(),
            token=self.names.token(),
        )
