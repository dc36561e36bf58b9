"""Putting an address into the register of those that make no household match (D13)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from chalicelib.clock import Clock
from chalicelib.domain.audit import Act
from chalicelib.domain.errors import AddressRefused, FieldProblem
from chalicelib.matches.anew import address_keys, holders_of, match_anew
from chalicelib.matching import Address, address_forms
from chalicelib.organisations.trail import OperatorTrail
from chalicelib.ports.storage import ExcludedAddress, Storage
from chalicelib.ports.world import IndexHasher

RESOURCE = "excluded-addresses"
"""What the audit trail calls the register; the address itself is no one's to read there."""


class Level(StrEnum):
    """What is excluded: every address at a house number, or one with just this letter and addition."""

    NUMBER = "NUMBER"
    EXACT = "EXACT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """An entry of the register as it is given: what lives there, who says so, and from when to when."""

    address: Address
    level: Level
    kind: str
    source: str
    valid_from: date
    valid_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcludeAddress:
    """Stores entries, and asks for a new look at the signals that may have matched by the address."""

    storage: Storage
    hasher: IndexHasher
    trail: OperatorTrail
    clock: Clock

    def __call__(self, exclusion: Exclusion, *, operator: str) -> int:
        """Exclude an address; answers how many signals are matched anew.

        Raises AddressRefused for an address without postal code and house number, or dates that
        do not follow each other. ``operator`` is who does it, for the audit trail.
        """
        form = _form(exclusion)
        self.storage.audit.append(self.trail.entry(Act.ADDRESS_EXCLUDED, RESOURCE, operator))
        self.storage.exclusions.put(
            ExcludedAddress(
                form=form,
                level=exclusion.level,
                kind=exclusion.kind,
                source=exclusion.source,
                valid_from=exclusion.valid_from,
                valid_until=exclusion.valid_until,
                address=exclusion.address,
            )
        )
        keys = address_keys(self.storage, self.hasher, exclusion.address)
        return match_anew(self.storage, holders_of(self.storage, keys), self.clock.now())


def _form(exclusion: Exclusion) -> str:
    """The canonical form the register keeps it under. Raises AddressRefused."""
    forms = address_forms(exclusion.address)
    problems = []
    if forms is None:
        detail = "A postal code and a house number are needed."
        problems.append(FieldProblem("/address", "address-incomplete", detail))
    if exclusion.valid_until is not None and exclusion.valid_until < exclusion.valid_from:
        problems.append(FieldProblem("/validUntil", "before-valid-from", "The last day follows the first."))
    if forms is None or problems:
        raise AddressRefused(tuple(problems))
    return forms.exact if exclusion.level is Level.EXACT else forms.number
