"""Putting an address into the register of those that make no household match (D13)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from chalicelib.clock import Clock
from chalicelib.domain.audit import Act
from chalicelib.domain.dates import amsterdam_day
from chalicelib.domain.errors import AddressRefused, ExclusionNotFound, FieldProblem
from chalicelib.matches.anew import address_keys, ask_on_its_days, holders_of, match_anew
from chalicelib.matching import Address, address_forms
from chalicelib.organisations.trail import Operator, OperatorTrail
from chalicelib.ports.storage import ExcludedAddress, Storage
from chalicelib.ports.world import IndexHasher

RESOURCE = "excluded-addresses"
"""What the audit trail calls the register; the address itself is no one's to read there."""

_INCOMPLETE = FieldProblem("/address", "address-incomplete", "A postal code and a house number are needed.")


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

    def __call__(self, exclusion: Exclusion, *, operator: Operator) -> int:
        """Exclude an address; answers how many signals are matched anew.

        Raises AddressRefused for an address without postal code and house number, or dates that
        do not follow each other. ``operator`` is who does it, for the audit trail.
        """
        return self._keep(self._entry(exclusion), operator)

    def enter(self, exclusion: Exclusion, *, operator: Operator) -> ExcludedAddress:
        """As a call, and answers the entry. Raises AddressRefused."""
        entry = self._entry(exclusion)
        self._keep(entry, operator)
        return entry

    def withdraw(self, entry_id: str, *, operator: Operator) -> int:
        """As ``remove``, by an entry's id. Raises ExclusionNotFound."""
        entry = self.storage.exclusions.entry(entry_id)
        if entry is None:
            raise ExclusionNotFound
        try:
            return self.remove(entry.address, Level(entry.level), operator=operator)
        except AddressRefused as error:
            raise ExclusionNotFound from error

    def _keep(self, entry: ExcludedAddress, operator: Operator) -> int:
        now = self.clock.now()
        self.storage.audit.append(self.trail.entry(Act.ADDRESS_EXCLUDED, RESOURCE, operator))
        self.storage.exclusions.put(entry)
        keys = address_keys(self.storage, self.hasher, entry.address)
        ask_on_its_days(self.storage, entry, keys, amsterdam_day(now))
        return match_anew(self.storage, holders_of(self.storage, keys), now)

    def remove(self, address: Address, level: Level, *, operator: Operator) -> int:
        """Take an address out of the register; answers how many signals are matched anew.

        They are asked for before it as well, for whoever repeats one that broke off finds nothing to remove.
        Raises AddressRefused for an address that is not in the register at this level.
        """
        form = _form(address, level)
        self.storage.audit.append(self.trail.entry(Act.ADDRESS_INCLUDED, RESOURCE, operator))
        self._match_anew(address)
        if not self.storage.exclusions.remove(form):
            detail = "This address is not in the register at this level."
            raise AddressRefused((FieldProblem("/address", "address-not-excluded", detail),))
        return self._match_anew(address)

    def _match_anew(self, address: Address) -> int:
        keys = address_keys(self.storage, self.hasher, address)
        return match_anew(self.storage, holders_of(self.storage, keys), self.clock.now())

    def _entry(self, exclusion: Exclusion) -> ExcludedAddress:
        """The entry as the register keeps it. Raises AddressRefused with all that is wrong."""
        _check_days(exclusion)
        return ExcludedAddress(
            id=self.trail.names.new_id(),
            form=_form(exclusion.address, exclusion.level),
            level=exclusion.level,
            kind=exclusion.kind,
            source=exclusion.source,
            valid_from=exclusion.valid_from,
            valid_until=exclusion.valid_until,
            address=exclusion.address,
        )


def _check_days(exclusion: Exclusion) -> None:
    if exclusion.valid_until is not None and exclusion.valid_until < exclusion.valid_from:
        late = FieldProblem("/validUntil", "before-valid-from", "The last day follows the first.")
        incomplete = () if address_forms(exclusion.address) else (_INCOMPLETE,)
        raise AddressRefused((late, *incomplete))


def _form(address: Address, level: Level) -> str:
    """The canonical form the register keeps it under. Raises AddressRefused."""
    forms = address_forms(address)
    if forms is None:
        raise AddressRefused((_INCOMPLETE,))
    return forms.exact if level is Level.EXACT else forms.number
