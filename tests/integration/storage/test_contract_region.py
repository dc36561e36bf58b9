"""What every store of organisations, the register, audit and settings does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from chalicelib.domain.organisation import (
    ContactPoint,
    Domain,
    Language,
    OrganisationKind,
    OrganisationState,
    RegisterNumbers,
)
from chalicelib.domain.site import Site
from chalicelib.matching.records import Address
from chalicelib.ports.errors import AlreadyThere, Stale
from chalicelib.ports.storage import ExcludedAddress, Storage
from chalicelib.security.hashing import FIRST_KEYSET
from tests.builders import NOW, make_organisation, make_professional
from tests.integration.storage.given import new_audit
from tests.signal_requests import NEXT_KEYSET

DAY = date(2026, 11, 22)
SHELTER = ExcludedAddress(
    id="lo-e1",
    form="3511AB|12",
    level="NUMBER",
    kind="SHELTER",
    source="municipality",
    valid_from=DAY,
    valid_until=None,
    address=Address(postal_code="3511AB", house_number=12),
)


def test_organisation_reads_back_as_registered(storage: Storage) -> None:
    """Every field returns, lists in their order."""
    organisation = make_organisation(
        kind=OrganisationKind.SUPERVISION,
        domains=(Domain.SOCIAL_SUPPORT, Domain.EDUCATION),
        email_domains=("b.example", "a.example"),
        contact_point=ContactPoint(name="Loket", email="loket@a.example", telephone=None),
        municipalities=("0344", "0307"),
        topic_arn="arn:aws:sns:eu-central-1:1:a",
        administrator="beheer@a.example",
        aws_account="111122223333",
        numbers=RegisterNumbers(kvk="90000001", agb="12345678"),
        language=Language.ENGLISH,
        oin=None,
        scopes=frozenset(),
    )
    storage.organisations.put(organisation, previous_revision=None, audit=new_audit())

    assert storage.organisations.get("school") == organisation
    assert storage.organisations.get_many(["school", "none"]) == {"school": organisation}
    assert storage.organisations.get("none") is None


def test_all_organisations_by_id(storage: Storage) -> None:
    """Those registered, each once, changed or not."""
    assert storage.organisations.all() == ()
    school, ggd = make_organisation("school"), make_organisation("ggd")
    for organisation in (school, ggd):
        storage.organisations.put(organisation, previous_revision=None, audit=new_audit())
    renamed = replace(school, name="Another name", revision=2)
    storage.organisations.put(renamed, previous_revision=1, audit=new_audit())

    assert storage.organisations.all() == (ggd, renamed)


def test_cards_page_by_page(storage: Storage) -> None:
    """An organisation's own, by staff id, each once."""
    cards = {name: make_professional("school", name) for name in ("c", "a", "b")}
    for card in (*cards.values(), make_professional("ggd", "aa")):
        storage.organisations.put_professional(card)

    first = storage.organisations.cards("school", limit=2, after=None)
    second = storage.organisations.cards("school", limit=2, after=first.next)

    assert (first.items, first.next) == ((cards["a"], cards["b"]), "b")
    assert (second.items, second.next) == ((cards["c"],), None)


def test_a_card_is_kept_only_in_the_place_of_the_one_that_was_read(storage: Storage) -> None:
    """Of none, or of just that one; what is absent on it counts too."""
    card = make_professional(telephone=None)
    changed = replace(card, telephone="+31307654321", function=None)
    storage.organisations.keep_card(card, previous=None, audit=new_audit())

    for previous in (None, changed, replace(card, site=None)):
        with pytest.raises(Stale):
            storage.organisations.keep_card(changed, previous=previous, audit=new_audit())
    assert storage.organisations.professional("school", "p1") == card

    storage.organisations.keep_card(changed, previous=card, audit=new_audit())
    assert storage.organisations.professional("school", "p1") == changed


@pytest.mark.rule("D28")
def test_who_left_stays_so_until_the_card_is_stored_by_itself(storage: Storage) -> None:
    """A signal that writes the card, and what is heard of its mailbox, change nothing of it."""
    card = make_professional()
    storage.organisations.put_professional(card)

    storage.organisations.close_card(card, NOW, "p2", new_audit())
    storage.organisations.put_professional(replace(card, telephone="+31307654321"))
    left = storage.organisations.professional("school", "p1")
    assert left is not None
    storage.organisations.keep_card(card, previous=left, audit=new_audit())
    back = storage.organisations.professional("school", "p1")

    assert (left.left_at, left.left_to, left.telephone) == (NOW, "p2", "+31307654321")
    assert back is not None
    assert back.left_to is None
    assert (back.left_at, left.revision == replace(left, left_at=None).revision) == (None, False)


def test_a_card_that_changed_is_not_closed(storage: Storage) -> None:
    """Read again who it is."""
    card = make_professional()
    storage.organisations.put_professional(card)

    with pytest.raises(Stale):
        storage.organisations.close_card(replace(card, name="Somebody else"), NOW, "p2", new_audit())


def test_a_card_is_read_with_its_site_as_that_is_now(storage: Storage) -> None:
    """However it is read; a site that is not there is none."""
    zuid = Site(organisation_id="school", id="zuid", name="Zuid", telephone=None)
    renamed = replace(zuid, name="De Zon", telephone="+31301234500")
    storage.organisations.keep_site(zuid, previous=None, audit=new_audit())
    for one in ("zuid", "noord"):
        storage.organisations.put_professional(make_professional(professional=one, site=None, site_id=one))

    storage.organisations.keep_site(renamed, previous=zuid, audit=new_audit())

    card = storage.organisations.professional("school", "zuid")
    several = storage.organisations.professionals(["school#zuid", "school#noord"])
    listed = storage.organisations.cards("school", limit=5, after=None).items
    assert card is not None
    assert (card.place, card.shown_site, card.shown_telephone) == (renamed, "De Zon", "+31301234567")
    assert {one: found.place for one, found in several.items()} == {
        "school#zuid": renamed,
        "school#noord": None,
    }
    assert [found.place for found in listed] == [None, renamed]
    assert replace(card, telephone=None).shown_telephone == "+31301234500"


def test_a_site_is_kept_only_in_the_place_of_the_one_that_was_read(storage: Storage) -> None:
    """Of none, or of just that one; what is absent on it counts too."""
    site = Site(organisation_id="school", id="zuid", name="Zuid", telephone=None)
    changed = replace(site, telephone="+31301234500")
    storage.organisations.keep_site(site, previous=None, audit=new_audit())

    for previous in (None, changed, replace(site, name="Noord")):
        with pytest.raises(Stale):
            storage.organisations.keep_site(changed, previous=previous, audit=new_audit())
    storage.organisations.keep_site(changed, previous=site, audit=new_audit())

    assert storage.organisations.site("school", "zuid") == changed
    assert storage.organisations.site("ggd", "zuid") is None


def test_sites_page_by_page(storage: Storage) -> None:
    """An organisation's own, by id, each once."""
    for organisation, one in (("school", "c"), ("school", "a"), ("school", "b"), ("ggd", "aa")):
        site = Site(organisation_id=organisation, id=one, name="Zuid", telephone=None)
        storage.organisations.keep_site(site, previous=None, audit=new_audit())

    first = storage.organisations.sites("school", limit=2, after=None)
    second = storage.organisations.sites("school", limit=2, after=first.next)

    assert ([site.id for site in first.items], first.next) == (["a", "b"], "b")
    assert ([site.id for site in second.items], second.next) == (["c"], None)


def test_the_register_page_by_page(storage: Storage) -> None:
    """Each entry once, also while it is kept under two key sets; one is found by its id."""
    storage.settings.keysets()
    storage.settings.put_keysets((FIRST_KEYSET, NEXT_KEYSET), (FIRST_KEYSET,), previous=(FIRST_KEYSET,))
    entries = [replace(SHELTER, id=f"lo-e{number}", form=f"3511AB|{number}",
                       address=Address(postal_code="3511AB", house_number=number))
               for number in (3, 1, 2)]  # fmt: skip
    for entry in entries:
        storage.exclusions.put(entry)

    first = storage.exclusions.page(limit=2, after=None)
    second = storage.exclusions.page(limit=2, after=first.next)

    assert ([one.id for one in first.items], first.next) == (["lo-e1", "lo-e2"], "lo-e2")
    assert (second.items, second.next) == ((entries[0],), None)
    assert storage.exclusions.entry("lo-e2") == entries[2]
    assert storage.exclusions.entry("lo-e9") is None


def test_organisations_page_by_page(storage: Storage) -> None:
    """By id, each once; the last page has no next."""
    for name in ("c", "a", "b"):
        storage.organisations.put(make_organisation(name), previous_revision=None, audit=new_audit())

    first = storage.organisations.page(limit=2, after=None)
    second = storage.organisations.page(limit=2, after=first.next)

    assert ([one.id for one in first.items], first.next) == (["a", "b"], "b")
    assert ([one.id for one in second.items], second.next) == (["c"], None)


def test_organisation_is_registered_once(storage: Storage) -> None:
    """A second one with the same id is refused."""
    storage.organisations.put(make_organisation(), previous_revision=None, audit=new_audit())

    with pytest.raises(AlreadyThere):
        storage.organisations.put(
            make_organisation(name="Another"), previous_revision=None, audit=new_audit()
        )


def test_change_of_an_old_organisation_is_stale(storage: Storage) -> None:
    """A suspension is not undone by who read before it."""
    organisation = make_organisation()
    storage.organisations.put(organisation, previous_revision=None, audit=new_audit())
    suspended = replace(organisation, state=OrganisationState.SUSPENDED, revision=2)
    storage.organisations.put(suspended, previous_revision=1, audit=new_audit())

    with pytest.raises(Stale):
        storage.organisations.put(
            replace(organisation, name="Another", revision=2), previous_revision=1, audit=new_audit()
        )

    assert storage.organisations.get("school") == suspended


def test_organisation_is_not_changed_without_its_audit_entry(storage: Storage) -> None:
    """When the audit entry cannot be added nothing is written (D39)."""
    entry = new_audit()
    storage.audit.append(entry)

    with pytest.raises(AlreadyThere):
        storage.organisations.put(make_organisation(), previous_revision=None, audit=entry)

    assert storage.organisations.get("school") is None
    assert storage.organisations.all() == ()


def test_cards_are_read_by_receiver(storage: Storage) -> None:
    """A card is replaced as a whole."""
    first = make_professional("school", "p1")
    second = make_professional("ggd", "p2", function=None, site=None, telephone=None)
    for card in (make_professional("school", "p1", name="Before"), first, second):
        storage.organisations.put_professional(card)

    assert storage.organisations.professionals(["school#p1", "ggd#p2", "ggd#p1"]) == {
        "school#p1": first,
        "ggd#p2": second,
    }
    assert storage.organisations.professional("school", "p2") is None


def test_municipality_has_one_supervisor(storage: Storage) -> None:
    """The last one set (D17)."""
    assert storage.organisations.supervisor("0344") is None
    storage.organisations.set_supervisor("0344", "utrecht#p1")
    storage.organisations.set_supervisor("0344", "utrecht#p2")

    assert storage.organisations.supervisor("0344") == "utrecht#p2"


def test_address_is_excluded_while_its_entry_holds(storage: Storage) -> None:
    """From the first day to the last, both included (D13)."""
    until = DAY + timedelta(days=9)
    storage.exclusions.put(replace(SHELTER, valid_until=until))
    days = (DAY - timedelta(days=1), DAY, until, until + timedelta(days=1))

    assert [bool(storage.exclusions.excluded([SHELTER.form], day)) for day in days] == [
        False,
        True,
        True,
        False,
    ]


def test_only_registered_forms_are_excluded(storage: Storage) -> None:
    """Of all that are asked about."""
    storage.exclusions.put(SHELTER)

    assert storage.exclusions.excluded(["3511AB|12", "3511AB|13"], DAY) == {"3511AB|12"}
    assert storage.exclusions.excluded([], DAY) == frozenset()


def test_whole_register_reads_back_by_form(storage: Storage) -> None:
    """Addresses opened, of either level, whether or not they hold today."""
    exact = replace(
        SHELTER,
        form="3511AB|12|BIS",
        level="EXACT",
        valid_until=DAY - timedelta(days=1),
        address=Address(postal_code="3511AB", house_number=12, house_number_addition="bis"),
    )
    storage.exclusions.put(exact)
    storage.exclusions.put(SHELTER)

    assert storage.exclusions.all() == (SHELTER, exact)


def test_register_entry_is_replaced(storage: Storage) -> None:
    """The last entry of an address counts."""
    storage.exclusions.put(SHELTER)
    storage.exclusions.put(replace(SHELTER, valid_until=DAY))

    assert storage.exclusions.excluded([SHELTER.form], DAY + timedelta(days=1)) == frozenset()


def test_audit_entry_is_written_once(storage: Storage) -> None:
    """No entry is ever overwritten (D39)."""
    entry = new_audit()
    storage.audit.append(entry)

    with pytest.raises(AlreadyThere):
        storage.audit.append(replace(entry, resource="another"))


def test_first_key_set_is_written_and_read(storage: Storage) -> None:
    """A new region starts with one."""
    assert storage.settings.keysets() == ((FIRST_KEYSET,), (FIRST_KEYSET,))
    assert storage.settings.keysets() == ((FIRST_KEYSET,), (FIRST_KEYSET,))


def test_reports_are_kept_by_name(storage: Storage) -> None:
    """The last one of a run."""
    assert storage.settings.report("run#expire#2026-11-22") is None
    storage.settings.put_report("run#expire#2026-11-22", {"ended": 1})
    storage.settings.put_report("run#expire#2026-11-22", {"ended": 2, "cursor": "a"})

    assert storage.settings.report("run#expire#2026-11-22") == {"ended": 2, "cursor": "a"}


def test_key_sets_are_replaced_by_who_knows_them(storage: Storage) -> None:
    """Of two operators the later one is refused."""
    first, _ = storage.settings.keysets()

    storage.settings.put_keysets((*first, NEXT_KEYSET), first, previous=first)
    with pytest.raises(Stale):
        storage.settings.put_keysets(("9.v9",), ("9.v9",), previous=first)

    assert storage.settings.keysets() == ((*first, NEXT_KEYSET), first)


def test_the_register_follows_the_key_sets(storage: Storage) -> None:
    """Entries are written under each, are known to lack one, and go with their key set."""
    first, _ = storage.settings.keysets()
    storage.exclusions.put(SHELTER)
    storage.settings.put_keysets((*first, NEXT_KEYSET), first, previous=first)
    lacking = storage.exclusions.lacking(NEXT_KEYSET)
    for entry in lacking:
        storage.exclusions.put(entry)
    storage.settings.put_keysets((NEXT_KEYSET,), (NEXT_KEYSET,), previous=(*first, NEXT_KEYSET))

    assert lacking == (SHELTER,)
    assert storage.exclusions.lacking(NEXT_KEYSET) == ()
    assert (storage.exclusions.drop(*first), storage.exclusions.drop(*first)) == (1, 0)
    assert storage.exclusions.all() == (SHELTER,)
    assert storage.exclusions.excluded([SHELTER.form], DAY) == {SHELTER.form}


def test_an_entry_leaves_the_register_under_every_key_set(storage: Storage) -> None:
    """And can come back."""
    first, _ = storage.settings.keysets()
    storage.settings.put_keysets((*first, NEXT_KEYSET), first, previous=first)
    storage.exclusions.put(SHELTER)

    removed = [storage.exclusions.remove(SHELTER.form) for _ in range(2)]

    assert removed == [True, False]
    assert storage.exclusions.all() == ()
    assert storage.exclusions.excluded([SHELTER.form], DAY) == frozenset()
