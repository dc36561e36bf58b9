"""What every store of contact cards does with what is known of a mailbox (D28)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chalicelib.domain.audit import Act
from chalicelib.domain.organisation import Mailbox, MailTrouble, Professional
from chalicelib.ports.errors import AlreadyThere, Stale
from chalicelib.ports.storage import Storage
from tests.builders import NOW, make_professional, make_signal
from tests.integration.storage.given import new_audit, new_signal

BAD = Mailbox(address="p1@school.example", trouble=MailTrouble.BOUNCES, since=NOW)


def known(storage: Storage) -> Professional:
    """The card as it is stored."""
    card = storage.organisations.professional("school", "p1")
    assert card is not None
    return card


def flagged(storage: Storage, **changes: str | None) -> Professional:
    """A card whose address is known to be bad."""
    storage.organisations.put_professional(make_professional("school", "p1", **changes))
    storage.organisations.put_mailbox(known(storage), BAD, new_audit())
    return known(storage)


@pytest.mark.rule("D28")
def test_what_is_known_of_a_mailbox_stands_beside_the_card(storage: Storage) -> None:
    """It is the same card with it."""
    card = flagged(storage)

    assert (card.mailbox, card.is_unreachable) == (BAD, True)
    assert card == make_professional("school", "p1")


def test_a_card_that_is_written_again_keeps_it(storage: Storage) -> None:
    """By an operator as with a signal; and what the new card lacks is gone."""
    flagged(storage, function="Coach")
    storage.organisations.put_professional(make_professional("school", "p1", function=None))
    storage.signals.add(
        new_signal(make_signal("lo-s1"), professional=make_professional("school", "p1", site="Zuid"))
    )

    card = known(storage)
    assert (card.mailbox, card.site, card.function) == (BAD, "Zuid", make_professional().function)


def test_another_address_is_no_longer_unreachable(storage: Storage) -> None:
    """Until that one bounces too."""
    flagged(storage)
    storage.organisations.put_professional(make_professional("school", "p1", email="new@school.example"))

    assert known(storage).mailbox == BAD
    assert not known(storage).is_unreachable


def test_a_mailbox_is_written_as_it_was_read(storage: Storage) -> None:
    """Whoever comes second reads again; forgetting it is a write like any other."""
    card = flagged(storage)
    told = replace(BAD, told=True)
    storage.organisations.put_mailbox(card, told, None)

    with pytest.raises(Stale):
        storage.organisations.put_mailbox(card, None, new_audit())
    storage.organisations.put_mailbox(known(storage), None, None)

    assert known(storage).mailbox is None


def test_a_mailbox_of_another_address_or_of_nobody_is_not_written(storage: Storage) -> None:
    """The card changed meanwhile, or there is none."""
    with pytest.raises(Stale):
        storage.organisations.put_mailbox(make_professional("school", "p1"), BAD, new_audit())
    storage.organisations.put_professional(make_professional("school", "p1", email="new@school.example"))
    with pytest.raises(Stale):
        storage.organisations.put_mailbox(make_professional("school", "p1"), BAD, new_audit())

    assert known(storage).mailbox is None


@pytest.mark.rule("D39")
def test_flagging_and_its_audit_entry_are_one_write(storage: Storage) -> None:
    """An entry that exists refuses both."""
    storage.organisations.put_professional(make_professional("school", "p1"))
    entry = new_audit(act=Act.ADDRESS_FLAGGED)
    storage.audit.append(entry)

    with pytest.raises(AlreadyThere):
        storage.organisations.put_mailbox(known(storage), BAD, entry)

    assert known(storage).mailbox is None
