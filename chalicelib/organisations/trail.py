"""The audit trail of whoever manages organisations, at the desk or over the interface (D39)."""

from __future__ import annotations

from dataclasses import dataclass

from chalicelib.clock import Clock
from chalicelib.domain.audit import SYSTEM, Act, AuditEntry
from chalicelib.domain.caller import Caller
from chalicelib.ports.world import Names

Operator = str | Caller
"""Who manages: an operator at the desk, by name, or an organisation that calls the interface."""


@dataclass(frozen=True, slots=True)
class OperatorTrail:
    """Makes the entries of what operators do: acts of the index itself, or of the organisation that calls."""

    names: Names
    clock: Clock

    def entry(self, act: Act, resource: str, operator: Operator) -> AuditEntry:
        """The entry of an act that ``operator`` does now."""
        if isinstance(operator, Caller):
            return operator.entry(act, resource, at=self.clock.now(), token=self.names.token())
        return AuditEntry.of(
            act,
            resource,
            organisation_id=SYSTEM,
            professional_id=operator,
            at=self.clock.now(),
            token=self.names.token(),
        )
