"""Who the organisations and professionals of an access answer are, by the names they have now (D9)."""

from __future__ import annotations

from dataclasses import dataclass, field

from chalicelib.domain.audit import SYSTEM
from chalicelib.domain.organisation import Domain, Organisation, Professional
from chalicelib.ports.storage import OrganisationStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A professional, or who acted for an organisation, as the family may know them.

    The organisation by its own name: what hides it from other professionals (D19) hides it from nobody
    whose data it holds. ``name`` is None for somebody without a card, and for the index itself.
    """

    organisation: str | None
    domain: Domain | None
    name: str | None
    function: str | None


THE_INDEX = Person(organisation=None, domain=None, name=None, function=None)
"""Acts of the index itself, and of its operators."""


@dataclass(slots=True)
class WhoIsWho:
    """Looks each up once."""

    organisations: OrganisationStore
    known: dict[str, Organisation | None] = field(default_factory=dict)
    cards: dict[tuple[str, str], Professional | None] = field(default_factory=dict)

    def card(self, organisation_id: str, professional_id: str | None) -> Person:
        """Who that is now; a staff id stands for the name of who has no card."""
        if organisation_id == SYSTEM:
            return THE_INDEX
        organisation = self._organisation(organisation_id)
        card = self._card(organisation_id, professional_id) if professional_id else None
        return Person(
            organisation=organisation.name if organisation is not None else organisation_id,
            domain=organisation.domains[0] if organisation is not None and organisation.domains else None,
            name=card.name if card is not None else professional_id,
            function=card.function if card is not None else None,
        )

    def _organisation(self, organisation_id: str) -> Organisation | None:
        if organisation_id not in self.known:
            self.known[organisation_id] = self.organisations.get(organisation_id)
        return self.known[organisation_id]

    def _card(self, organisation_id: str, professional_id: str) -> Professional | None:
        whose = (organisation_id, professional_id)
        if whose not in self.cards:
            self.cards[whose] = self.organisations.professional(*whose)
        return self.cards[whose]
