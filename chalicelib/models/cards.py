"""Rows of contact cards, and what delivery knows of their mailboxes beside them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import reduce
from operator import and_
from typing import Any

from pynamodb.attributes import UnicodeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.domain.organisation import Language, Mailbox, MailTrouble, Professional
from chalicelib.models.failures import storage_errors
from chalicelib.models.moments import moment_of, moment_or_none, stored
from chalicelib.models.rows.organisations import ProfessionalRow
from chalicelib.models.sites import placed
from chalicelib.models.tables import Tables
from chalicelib.models.transactions import Transaction
from chalicelib.ports.errors import Stale
from chalicelib.ports.storage import Page


def put_card(transaction: Transaction, tables: Tables, card: Professional) -> None:
    """Create or replace a contact card; what is known of its mailbox stays."""
    transaction.update(row_of_card(tables, card), card_actions(card))


def put_card_of_present(transaction: Transaction, tables: Tables, card: Professional) -> None:
    """As :func:`put_card`, of somebody who has not left; else Stale."""
    present = ProfessionalRow.left_at.does_not_exist()
    transaction.update(row_of_card(tables, card), card_actions(card), present, _changed)


def require_present(
    transaction: Transaction, tables: Tables, organisation_id: str, professional_id: str
) -> None:
    """Require that somebody has a card, and has not left (D28); else Stale."""
    present = ProfessionalRow.name.exists() & ProfessionalRow.left_at.does_not_exist()
    transaction.check(tables.professionals, organisation_id, present, _changed, professional_id)


def put_mailbox(
    transaction: Transaction, tables: Tables, card: Professional, mailbox: Mailbox | None
) -> None:
    """Write what is known of a mailbox if card and mailbox are as they were read; else Stale."""
    known, held, new = ProfessionalRow.mailbox, _json(card.mailbox), _json(mailbox)
    same = known.does_not_exist() if held is None else known == held
    action = known.remove() if new is None else known.set(new)
    transaction.update(
        row_of_card(tables, card), [action], (ProfessionalRow.email == card.email) & same, _changed
    )


def replace_card(
    transaction: Transaction, tables: Tables, card: Professional, previous: Professional | None
) -> None:
    """Write a card in the place of the one that was read, or of none; else Stale. Who had left is back."""
    same = ProfessionalRow.name.does_not_exist() if previous is None else _shows(previous)
    actions = [*card_actions(card), ProfessionalRow.left_at.remove(), ProfessionalRow.left_to.remove()]
    transaction.update(row_of_card(tables, card), actions, same, _changed)


def close_card(
    transaction: Transaction, tables: Tables, card: Professional, at: datetime, taker: str
) -> None:
    """Note that somebody is gone, and who took over; the card shows the same. Else, if changed, Stale."""
    gone: list[Action] = [ProfessionalRow.left_at.set(stored(at)), ProfessionalRow.left_to.set(taker)]
    transaction.update(row_of_card(tables, card), gone, _shows(card), _changed)


def page_of_cards(
    tables: Tables, organisation_id: str, *, limit: int, after: str | None
) -> Page[Professional]:
    """A page of an organisation's cards, by staff id."""
    later = ProfessionalRow.professional_id > after if after is not None else None
    with storage_errors():
        rows = list(tables.professionals.query(organisation_id, later, consistent_read=True, limit=limit + 1))
    last = rows[limit - 1].professional_id if len(rows) > limit else None
    return Page(placed(tables, map(card_of, rows[:limit])), last)


def row_of_card(tables: Tables, card: Professional) -> ProfessionalRow:
    """The row of a card, by its key alone."""
    return tables.professionals(card.organisation_id, card.id)


def card_actions(card: Professional) -> list[Action]:
    """What makes a row show a card; it touches nothing else."""
    return [
        attribute.remove() if value is None else attribute.set(value) for attribute, value in _shown(card)
    ]


def card_of(row: ProfessionalRow) -> Professional:
    """The card in a row. Raises ValueError for one that tells of nobody."""
    if None in {row.name, row.email}:
        raise ValueError("a card has a name and an address")
    return Professional(
        organisation_id=row.organisation_id,
        id=row.professional_id,
        name=row.name,
        function=row.function,
        site=row.site,
        site_id=row.site_id,
        email=row.email,
        telephone=row.telephone,
        language=Language(row.language),
        mailbox=_mailbox(row.mailbox) if row.mailbox is not None else None,
        left_at=moment_or_none(row.left_at),
        left_to=row.left_to,
    )


def _shown(card: Professional) -> tuple[tuple[UnicodeAttribute, str | None], ...]:
    """What a row shows of a card, attribute by attribute."""
    return (
        (ProfessionalRow.name, card.name),
        (ProfessionalRow.email, card.email),
        (ProfessionalRow.language, card.language.value),
        (ProfessionalRow.function, card.function),
        (ProfessionalRow.site, card.site),
        (ProfessionalRow.site_id, card.site_id),
        (ProfessionalRow.telephone, card.telephone),
    )


def _shows(card: Professional) -> Condition:
    """That a row shows just this card."""
    conditions = (
        attribute.does_not_exist() if value is None else attribute == value
        for attribute, value in _shown(card)
    )
    return reduce(and_, conditions)


def _mailbox(known: Mapping[str, Any]) -> Mailbox:
    return Mailbox(
        address=known["address"],
        trouble=MailTrouble(known["trouble"]),
        since=moment_of(known["since"]),
        told=known["told"],
    )


def _json(mailbox: Mailbox | None) -> dict[str, str | bool] | None:
    if mailbox is None:
        return None
    return {
        "address": mailbox.address,
        "trouble": mailbox.trouble.value,
        "since": stored(mailbox.since),
        "told": mailbox.told,
    }


def _changed(_: object) -> Stale:
    return Stale("a card changed")
