"""An organisation's own contact cards, kept in one place: reads and notices show them as they are (D28)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, Protocol

from chalicelib.clock import Clock
from chalicelib.domain.audit import Act, AuditEntry
from chalicelib.domain.caller import Caller
from chalicelib.domain.errors import (
    ProfessionalExists,
    ProfessionalNotFound,
    ProfessionalRevised,
)
from chalicelib.domain.organisation import Professional
from chalicelib.ports.errors import Stale, StorageBusy
from chalicelib.ports.storage import Storage
from chalicelib.ports.world import Names
from chalicelib.security.cursors import Cursors
from chalicelib.signals.own_sites import unknown_site
from chalicelib.signals.request import ProfessionalCard
from chalicelib.signals.rules import check_card

ATTEMPTS: Final = 5
LIST: Final = "professionals"
"""What the audit trail calls the list of an organisation's own professionals."""


class CardEdit(Protocol):
    """A change as it was asked for, whatever the form it came in."""

    def applied_to(self, held: Professional) -> ProfessionalCard:
        """The card as it is to be; raises for what cannot be read, as the interface does."""
        ...


@dataclass(frozen=True, slots=True)
class OwnCards:
    """A page of own professionals, by id; ``cursor`` starts the next, None at the end."""

    items: tuple[Professional, ...]
    cursor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepOwnCards:
    """Shows and stores cards of the caller's organisation, and no other's; each act is logged (D39)."""

    storage: Storage
    cursors: Cursors
    names: Names
    clock: Clock

    def one(self, caller: Caller, professional_id: str) -> Professional:
        """One card. Raises ProfessionalNotFound, for another organisation's too."""
        held = self._held(caller, professional_id)
        if held is None:
            raise ProfessionalNotFound
        self._log(caller, Act.PROFESSIONAL_READ, professional_id)
        return held

    def page(self, caller: Caller, *, limit: int, cursor: str | None) -> OwnCards:
        """A page of cards, by staff id. Raises CursorRefused for a cursor that this list did not give."""
        bound_to = (LIST, caller.organisation.id)
        after = None if cursor is None else self.cursors.opened(cursor, bound_to)
        page = self.storage.organisations.cards(caller.organisation.id, limit=limit, after=after)
        self._log(caller, Act.PROFESSIONALS_LISTED, LIST)
        return OwnCards(
            items=page.items,
            cursor=None if page.next is None else self.cursors.signed(page.next, bound_to),
        )

    def create(self, caller: Caller, card: ProfessionalCard) -> tuple[Professional, bool]:
        """Store a card that was not there: the card, and whether it is new.

        The same card again is as it is. Raises SignalRefused, ProfessionalExists when another card is
        there, StorageBusy.
        """
        self._check(caller, card)
        wanted, held = card.at(caller.organisation), self._held(caller, card.id)
        if held == wanted and held.left_at is None:
            self._log(caller, Act.PROFESSIONAL_READ, card.id)
            return wanted, False
        if held is not None and held != wanted:
            raise ProfessionalExists
        try:
            self.storage.organisations.keep_card(wanted, previous=held, audit=self._changed(caller, card.id))
        except Stale as error:
            raise ProfessionalExists from error
        return wanted, True

    def change(
        self, caller: Caller, professional_id: str, edit: CardEdit, revisions: Collection[int] | None
    ) -> Professional:
        """Change a card, at one of these revisions when they are named; later reads show it so.

        Raises ProfessionalNotFound, ProfessionalRevised, SignalRefused, StorageBusy.
        """
        for _ in range(ATTEMPTS):
            held = self._held(caller, professional_id)
            if held is None:
                raise ProfessionalNotFound
            if revisions is not None and held.revision not in revisions:
                raise ProfessionalRevised
            card = edit.applied_to(held)
            self._check(caller, card)
            wanted = card.at(caller.organisation, held.mailbox)
            try:
                self.storage.organisations.keep_card(
                    wanted, previous=held, audit=self._changed(caller, professional_id)
                )
            except Stale:
                continue
            return wanted
        raise StorageBusy("the card kept changing")

    def _check(self, caller: Caller, card: ProfessionalCard) -> None:
        also = unknown_site(self.storage, caller.organisation, card.site_id)
        check_card(card, caller.organisation, also)

    def _held(self, caller: Caller, professional_id: str) -> Professional | None:
        return self.storage.organisations.professional(caller.organisation.id, professional_id)

    def _changed(self, caller: Caller, professional_id: str) -> AuditEntry:
        return self._entry(caller, Act.PROFESSIONAL_CHANGED, professional_id)

    def _log(self, caller: Caller, act: Act, resource: str) -> None:
        self.storage.audit.append(self._entry(caller, act, resource))

    def _entry(self, caller: Caller, act: Act, resource: str) -> AuditEntry:
        return caller.entry(act, resource, at=self.clock.now(), token=self.names.token())
