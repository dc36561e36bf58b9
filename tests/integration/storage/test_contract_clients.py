"""What every store of organisations' keys and used assertions does."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.client_keys import ClientKeys, FetchedKeys
from chalicelib.ports.errors import AlreadyThere, NameTaken, Stale
from chalicelib.ports.storage import Storage, UniqueName
from tests.builders import NOW
from tests.integration.storage.conftest import Region
from tests.integration.storage.given import new_audit

KEY = {"kty": "EC", "crv": "P-256", "kid": "one", "x": "x", "y": "y"}
KEYS = ClientKeys(organisation_id="school", keys=(KEY, KEY | {"kid": "two"}), uri=None, revision=1)
PUBLISHED = replace(KEYS, keys=(), uri="https://keys.school.example/")
FETCHED = FetchedKeys(keys=(KEY,), at=NOW)
MINUTE = timedelta(minutes=1)


def test_keys_read_back_as_put(storage: Storage) -> None:
    """Registered, and after that only where they are published."""
    assert storage.clients.keys("school") is None
    storage.clients.put_keys(KEYS, previous_revision=None, audit=new_audit())
    registered = storage.clients.keys("school")
    storage.clients.put_keys(replace(PUBLISHED, revision=2), previous_revision=1, audit=new_audit())

    assert (registered, storage.clients.keys("school")) == (KEYS, replace(PUBLISHED, revision=2))


def test_keys_are_created_once_and_changed_as_read(storage: Storage) -> None:
    """Who read something else writes nothing."""
    storage.clients.put_keys(KEYS, previous_revision=None, audit=new_audit())

    with pytest.raises(AlreadyThere):
        storage.clients.put_keys(PUBLISHED, previous_revision=None, audit=new_audit())
    with pytest.raises(Stale):
        storage.clients.put_keys(PUBLISHED, previous_revision=2, audit=new_audit())
    with pytest.raises(Stale):
        storage.clients.put_keys(replace(KEYS, organisation_id="ggd"), previous_revision=1, audit=new_audit())

    assert storage.clients.keys("school") == KEYS


def test_a_change_of_keys_and_its_entry_are_one(storage: Storage) -> None:
    """An entry that exists already: nothing is changed."""
    audit = new_audit()
    storage.clients.put_keys(KEYS, previous_revision=None, audit=audit)

    with pytest.raises(AlreadyThere):
        storage.clients.put_keys(replace(PUBLISHED, revision=2), previous_revision=1, audit=audit)

    assert storage.clients.keys("school") == KEYS


def test_what_was_fetched_stays_until_the_keys_change(storage: Storage) -> None:
    """It is of the address that it came from."""
    storage.clients.put_keys(PUBLISHED, previous_revision=None, audit=new_audit())
    storage.clients.put_fetched(PUBLISHED, FETCHED)
    kept = storage.clients.keys("school")
    storage.clients.put_keys(replace(PUBLISHED, revision=2), previous_revision=1, audit=new_audit())

    assert kept == replace(PUBLISHED, fetched=FETCHED)
    assert storage.clients.keys("school") == replace(PUBLISHED, revision=2)
    with pytest.raises(Stale):
        storage.clients.put_fetched(PUBLISHED, FETCHED)
    with pytest.raises(Stale):
        storage.clients.put_fetched(replace(PUBLISHED, organisation_id="ggd"), FETCHED)


def test_one_looks_at_a_time(storage: Storage) -> None:
    """Whoever comes within the pause does not; who has old keys in hand does not either."""
    storage.clients.put_keys(PUBLISHED, previous_revision=None, audit=new_audit())

    tries = [
        storage.clients.begin_fetch(PUBLISHED, now=now, none_since=now - MINUTE)
        for now in (NOW, NOW + timedelta(seconds=59), NOW + MINUTE)
    ]

    assert tries == [True, False, True]
    later = NOW + timedelta(hours=1)
    assert not storage.clients.begin_fetch(replace(PUBLISHED, revision=2), now=later, none_since=NOW)


def test_other_keys_are_looked_at_at_once(storage: Storage) -> None:
    """A look at the old address does not count."""
    storage.clients.put_keys(PUBLISHED, previous_revision=None, audit=new_audit())
    storage.clients.begin_fetch(PUBLISHED, now=NOW, none_since=NOW - MINUTE)
    another = replace(PUBLISHED, uri="https://elsewhere.school.example/", revision=2)
    storage.clients.put_keys(another, previous_revision=1, audit=new_audit())

    assert storage.clients.begin_fetch(another, now=NOW, none_since=NOW - MINUTE)


def test_an_assertion_is_spent_once_while_it_counts(region: Region) -> None:
    """Judged by its own time on the write, whether it was swept away or not."""
    spend = region.storage.clients.spend
    assertion = UniqueName(name="assertion#1", target="school", expires_at=region.clock.now() + MINUTE)
    spend(assertion, new_audit())

    with pytest.raises(NameTaken):
        spend(assertion, new_audit())
    spend(replace(assertion, name="assertion#2"), new_audit())
    region.clock.advance(MINUTE)
    spend(replace(assertion, expires_at=region.clock.now() + MINUTE), new_audit())
    with pytest.raises(NameTaken):
        spend(assertion, new_audit())


def test_an_assertion_that_is_refused_leaves_no_entry(storage: Storage) -> None:
    """Use and entry are one write: the same entry can be written after."""
    assertion = UniqueName(name="assertion#1", target="school", expires_at=NOW + MINUTE)
    storage.clients.spend(assertion, new_audit())
    entry = new_audit()

    with pytest.raises(NameTaken):
        storage.clients.spend(assertion, entry)
    storage.audit.append(entry)
    with pytest.raises(AlreadyThere):
        storage.clients.spend(replace(assertion, name="assertion#2"), entry)
