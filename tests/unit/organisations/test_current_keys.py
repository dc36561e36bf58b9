"""When an organisation's published keys are looked at, and how long what was read counts."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chalicelib.domain.client_keys import ClientKeys, FetchedKeys, Jwk
from chalicelib.organisations.current_keys import CurrentKeys
from chalicelib.security.assertions import ClaimedAssertion
from tests.fakes import FakePublished, FakeStorage, FixedClock
from tests.systems import key_named, public

URI = "https://systems.school.example/jwks.json"
OLD, NEW = public(key_named("old")), public(key_named("new"))


class World:
    """A school that publishes its keys."""

    def __init__(self) -> None:
        self.clock = FixedClock()
        self.storage = FakeStorage(self.clock)
        self.published = FakePublished({URI: (OLD,)})
        self.storage.state.client_keys["school"] = ClientKeys(
            organisation_id="school", keys=(), uri=URI, revision=1
        )

    def keys(self, kid: str | None = "old", client: str = "school") -> tuple[Jwk, ...]:
        """The keys for an assertion that names one."""
        current = CurrentKeys(clients=self.storage.clients, fetch=self.published, clock=self.clock)
        return current(ClaimedAssertion(text="", client_id=client, algorithm="ES256", kid=kid))


@pytest.fixture
def world() -> World:
    """A school that publishes its keys, never looked at."""
    return World()


def test_published_keys_are_read_once_an_hour(world: World) -> None:
    """And every hour again, so that a key that was taken away counts no longer."""
    assert [world.keys(), world.keys()] == [(OLD,), (OLD,)]
    assert world.published.asked == [URI]
    world.clock.advance(timedelta(hours=1))
    world.published.sets[URI] = (NEW,)

    assert world.keys("new") == (NEW,)
    assert world.published.asked == [URI] * 2


def test_a_new_kid_is_looked_for_at_once_but_once_a_minute(world: World) -> None:
    """A rotation needs no notice; a stranger's kids make us knock no more than that."""
    world.keys()
    world.published.sets[URI] = (OLD, NEW)
    world.clock.advance(timedelta(seconds=59))
    assert world.keys("new") == (OLD,)
    world.clock.advance(timedelta(seconds=1))

    assert [world.keys("new"), world.keys("mine"), world.keys("yours")] == [(OLD, NEW)] * 3
    assert world.published.asked == [URI] * 2


def test_keys_outlive_an_address_that_does_not_answer_by_a_day(world: World) -> None:
    """Not longer: a key that was taken away would count on."""
    world.keys()
    del world.published.sets[URI]
    world.clock.advance(timedelta(hours=23, minutes=59))
    assert world.keys() == (OLD,)
    world.clock.advance(timedelta(minutes=1))

    assert world.keys() == ()


def test_an_address_that_never_answered_has_no_keys(world: World) -> None:
    """And is not asked again within the minute."""
    world.published.sets.clear()

    assert [world.keys(), world.keys()] == [(), ()]
    assert world.published.asked == [URI]


def test_registered_keys_are_looked_for_nowhere(world: World) -> None:
    """They are in the row."""
    world.storage.state.client_keys["ggd"] = ClientKeys(
        organisation_id="ggd", keys=(OLD,), uri=None, revision=1
    )

    assert (world.keys("new", "ggd"), world.keys(client="nobody")) == ((OLD,), ())
    assert not world.published.asked


def test_keys_that_changed_meanwhile_are_not_overwritten(world: World) -> None:
    """What was read at the old address does not count at the new one."""
    clients = world.storage.state.client_keys
    moved = ClientKeys(organisation_id="school", keys=(), uri=f"{URI}?2", revision=2)

    def move(operation: str) -> None:
        if operation == "clients.put_fetched":
            clients["school"] = moved

    world.storage.state.before = move

    assert world.keys() == ()
    assert clients["school"] == moved


def test_what_was_fetched_tells_when(world: World) -> None:
    """For the hour and the day."""
    world.keys()

    assert world.storage.state.client_keys["school"].fetched == FetchedKeys(keys=(OLD,), at=world.clock.now())
