"""Rows of contact cards, and what delivery knows of their mailboxes beside them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pynamodb.expressions.update import Action

from chalicelib.domain.organisation import Language, Mailbox, MailTrouble, Professional
from chalicelib.models.moments import moment_of, stored
from chalicelib.models.rows.organisations import ProfessionalRow
from chalicelib.models.tables import Tables
from chalicelib.models.transactions import Transaction
from chalicelib.ports.errors import Stale


def put_card(transaction: Transaction, tables: Tables, card: Professional) -> None:
    """Create or replace a contact card; what is known of its mailbox stays."""
    transaction.update(row_of_card(tables, card), card_actions(card))


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


def row_of_card(tables: Tables, card: Professional) -> ProfessionalRow:
    """The row of a card, by its key alone."""
    return tables.professionals(card.organisation_id, card.id)


def card_actions(card: Professional) -> list[Action]:
    """What makes a row show a card; it touches nothing else."""
    optional = (
        (ProfessionalRow.function, card.function),
        (ProfessionalRow.site, card.site),
        (ProfessionalRow.telephone, card.telephone),
    )
    return [
        ProfessionalRow.name.set(card.name),
        ProfessionalRow.email.set(card.email),
        ProfessionalRow.language.set(card.language.value),
        *(attribute.remove() if value is None else attribute.set(value) for attribute, value in optional),
    ]


def card_of(row: ProfessionalRow) -> Professional:
    """The card in a row."""
    return Professional(
        organisation_id=row.organisation_id,
        id=row.professional_id,
        name=row.name,
        function=row.function,
        site=row.site,
        email=row.email,
        telephone=row.telephone,
        language=Language(row.language),
        mailbox=_mailbox(row.mailbox) if row.mailbox is not None else None,
    )


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
