"""Contact cards that an operator keeps: a professional's own, and a municipality's supervisor (D17, D28)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from chalicelib.domain.audit import Act
from chalicelib.domain.errors import FieldProblem, OrganisationNotFound, OrganisationRefused
from chalicelib.domain.organisation import Organisation, OrganisationKind, Professional
from chalicelib.organisations.registration_rules import is_email_address
from chalicelib.organisations.trail import Operator, OperatorTrail
from chalicelib.ports.errors import Stale, StorageBusy
from chalicelib.ports.storage import Storage

PAGE: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepCards:
    """Stores contact cards; matches show them as they are from then on.

    Storing raises OrganisationNotFound and OrganisationRefused. ``operator`` is who does it, for the
    audit trail.
    """

    storage: Storage
    trail: OperatorTrail

    def keep(self, card: Professional, *, operator: Operator) -> None:
        """Store the card of somebody who works at a registered organisation."""
        organisation = self._organisation(card)
        _check(_card(card, organisation))
        self._log(organisation, operator)
        self.storage.organisations.put_professional(card)

    def set_supervisor(self, card: Professional, *, operator: Operator) -> tuple[str, ...]:
        """Make somebody the one whom a supervisor's municipalities are told by (D17).

        Answers the municipalities' codes.
        """
        organisation = self._organisation(card)
        _check((*_card(card, organisation), *_supervision(organisation)))
        self._log(organisation, operator)
        self.storage.organisations.put_professional(card)
        for code in organisation.municipalities:
            self.storage.organisations.set_supervisor(code, card.receiver)
        return organisation.municipalities

    def release(self, organisation_id: str, professional_id: str, *, operator: Operator) -> bool:
        """Write to a flagged address again (D28); False when it is not flagged, or there is no card.

        What waited is told within the hour. Raises StorageBusy when the card changes meanwhile.
        """
        card = self.storage.organisations.professional(organisation_id, professional_id)
        if card is None or not card.is_unreachable:
            return False
        entry = self.trail.entry(Act.ADDRESS_RELEASED, organisation_id, operator)
        try:
            self.storage.organisations.put_mailbox(card, None, entry)
        except Stale as error:
            raise StorageBusy("the card changed") from error
        return True

    def flagged(self) -> Iterator[Professional]:
        """The cards to whose address nothing is sent any more, of every organisation (D28)."""
        for organisation in self.storage.organisations.all():
            after: str | None = None
            while True:
                page = self.storage.organisations.cards(organisation.id, limit=PAGE, after=after)
                yield from (card for card in page.items if card.is_unreachable)
                if page.next is None:
                    break
                after = page.next

    def _organisation(self, card: Professional) -> Organisation:
        organisation = self.storage.organisations.get(card.organisation_id)
        if organisation is None:
            raise OrganisationNotFound
        return organisation

    def _log(self, organisation: Organisation, operator: Operator) -> None:
        entry = self.trail.entry(Act.ORGANISATION_CHANGED, organisation.id, operator)
        self.storage.audit.append(entry)


def _check(problems: Iterable[FieldProblem]) -> None:
    found = tuple(problems)
    if found:
        raise OrganisationRefused(found)


def _card(card: Professional, organisation: Organisation) -> Iterator[FieldProblem]:
    if not card.id or "#" in card.id or not card.id.isprintable():
        yield FieldProblem("/professional/id", "bad-id", "Printable characters without a #.")
    if not card.name.strip() or not card.name.isprintable():
        yield FieldProblem("/professional/name", "bad-name", "A name of printable characters.")
    if not is_email_address(card.email):
        yield FieldProblem("/professional/email", "bad-email", "An e-mail address.")
    elif not organisation.receives_at(card.email):
        detail = "The address is in one of the organisation's registered e-mail domains."
        yield FieldProblem("/professional/email", "email-domain-not-registered", detail)


def _supervision(organisation: Organisation) -> Iterator[FieldProblem]:
    if organisation.kind is not OrganisationKind.SUPERVISION:
        yield FieldProblem("/kind", "not-a-supervisor", "The organisation supervises no municipality (D17).")
