"""Person records open only whole, in their own row, under a key that is still there."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.ports.sealing import SealBroken
from chalicelib.security.sealing import KEPT, DataKeySealer
from tests.fakes import FixedClock
from tests.fakes.sealing import FakeDataKeys, FakeKeyService


@dataclass(slots=True)
class Process:
    """One process that seals, beside others over the same keys."""

    keys: FakeDataKeys = field(default_factory=FakeDataKeys)
    service: FakeKeyService = field(default_factory=FakeKeyService)
    clock: FixedClock = field(default_factory=FixedClock)
    block: int = 1_024
    most_uses: int = 2**24

    def sealer(self) -> DataKeySealer:
        """A sealer that has opened nothing yet."""
        return DataKeySealer(
            keys=self.keys,
            master_key="alias/data",
            kms=self.service.client,
            clock=self.clock,
            block=self.block,
            most_uses=self.most_uses,
        )


@given(plain=st.binary(max_size=2_000), identity=st.text(max_size=60))
def test_sealed_record_opens(plain: bytes, identity: str) -> None:
    """Another process opens what one has sealed, whatever it holds."""
    process = Process()
    sealed = process.sealer().seal(plain, identity)

    assert process.sealer().open(sealed, identity) == plain


@given(plain=st.binary(min_size=1, max_size=100), place=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_changed_record_stays_closed(plain: bytes, place: int, bit: int) -> None:
    """One bit anywhere: layout, key id, nonce, ciphertext or tag."""
    sealer = Process().sealer()
    sealed = bytearray(sealer.seal(plain, "signals/lo-s1/person"))
    sealed[place % len(sealed)] ^= 1 << bit

    with pytest.raises(SealBroken):
        sealer.open(bytes(sealed), "signals/lo-s1/person")


@given(kept=st.integers(0, 10_000))
def test_shortened_record_stays_closed(kept: int) -> None:
    """Cut off anywhere."""
    sealer = Process().sealer()
    sealed = sealer.seal(b"a person", "signals/lo-s1/person")

    with pytest.raises(SealBroken):
        sealer.open(sealed[: kept % len(sealed)], "signals/lo-s1/person")


@given(identity=st.text(max_size=60).filter(lambda text: text != "signals/lo-s1/person"))
def test_record_of_another_row_stays_closed(identity: str) -> None:
    """A record copied into another signal's row, or another field, is refused."""
    sealer = Process().sealer()
    sealed = sealer.seal(b"a person", "signals/lo-s1/person")

    with pytest.raises(SealBroken):
        sealer.open(sealed, identity)


def test_record_without_its_key_stays_closed() -> None:
    """When a data key is destroyed, so is all that it sealed."""
    process = Process()
    sealed = process.sealer().seal(b"a person", "row")
    process.keys.keys.clear()

    with pytest.raises(SealBroken):
        process.sealer().open(sealed, "row")


def test_a_key_that_was_lost_can_be_put_back_beside_what_was_sealed_since() -> None:
    """Another of the same id would shut out the records of one of the two for ever."""
    process = Process()
    before = process.sealer().seal(b"before", "row")
    lost = process.keys.keys.pop("2026-11-22#1")
    since = process.sealer().seal(b"since", "row")
    process.keys.keys["2026-11-22#1"] = lost

    assert set(process.keys.keys) == {"2026-11-22#1", "2026-11-22#2"}
    assert [process.sealer().open(one, "row") for one in (before, since)] == [b"before", b"since"]


def test_nothing_is_sealed_for_long_under_a_key_that_was_lost() -> None:
    """A process that goes on with the key it remembers would make records that nobody else can open."""
    process = Process()
    sealer = process.sealer()
    sealer.seal(b"before", "row")
    process.keys.keys.clear()
    process.clock.advance(KEPT)

    since = sealer.seal(b"since", "row")

    assert process.sealer().open(since, "row") == b"since"


def test_a_record_that_names_no_key_stays_closed() -> None:
    """No table takes an empty key: the error would not say that the record is broken."""
    sealer = Process().sealer()

    for sealed in (b"\x01", b"\x01\x00" + bytes(40)):
        with pytest.raises(SealBroken):
            sealer.open(sealed, "row")


def test_sealed_record_shows_nothing() -> None:
    """Neither the person nor the same person twice."""
    sealer = Process().sealer()
    first, second = sealer.seal(b"Sebastiaan", "row"), sealer.seal(b"Sebastiaan", "row")

    assert b"Sebastiaan" not in first
    assert first != second


def test_sealed_record_is_little_longer() -> None:
    """Layout, length and key id, nonce and tag are all that is added."""
    sealed = Process().sealer().seal(b"a person", "row")

    assert len(sealed) == len(b"a person") + 1 + 1 + len("2026-11-22#1") + 12 + 16


def test_one_key_a_day() -> None:
    """Every process of a day seals under the same key, and asks the key service once."""
    process = Process()
    for _ in range(3):
        sealer = process.sealer()
        sealer.seal(b"one", "row")
        sealer.seal(b"two", "row")
    process.clock.advance(timedelta(days=1))
    process.sealer().seal(b"three", "row")

    assert list(process.keys.keys) == ["2026-11-22#1", "2026-11-23#1"]
    assert process.service.opened == 4


def test_process_that_lives_on_changes_keys_at_midnight() -> None:
    """What is left of yesterday's block is not used."""
    process = Process()
    sealer = process.sealer()
    sealer.seal(b"one", "row")
    process.clock.advance(timedelta(days=1))
    sealer.seal(b"two", "row")

    assert process.keys.used == {"2026-11-22#1": 1_024, "2026-11-23#1": 1_024}


def test_uses_are_counted_in_blocks() -> None:
    """A block is reserved before its first use, the next when it is used up."""
    process = Process(block=2)
    sealer = process.sealer()
    for _ in range(3):
        sealer.seal(b"one", "row")

    assert process.keys.used == {"2026-11-22#1": 4}
    assert process.service.opened == 1


def test_used_up_key_is_followed_by_another() -> None:
    """No key seals more records than its nonces allow."""
    process = Process(block=2, most_uses=4)
    sealer = process.sealer()
    sealed = [sealer.seal(b"one", "row") for _ in range(5)]

    assert process.keys.used == {"2026-11-22#1": 4, "2026-11-22#2": 2}
    assert {process.sealer().open(record, "row") for record in sealed} == {b"one"}


def test_first_to_make_a_key_wins() -> None:
    """Who loses the race seals under the winner's key."""
    process = Process()
    rival = process.service.generate_data_key(
        KeyId="alias/data", KeySpec="AES_256", EncryptionContext={"keyId": "2026-11-22#1"}
    )["CiphertextBlob"]
    process.keys.rival = rival
    sealed = process.sealer().seal(b"one", "row")

    assert process.keys.keys == {"2026-11-22#1": rival}
    assert process.sealer().open(sealed, "row") == b"one"


def test_opened_keys_are_kept_for_minutes() -> None:
    """The key service is asked once per key and some minutes, however many records are opened."""
    process = Process()
    sealed = process.sealer().seal(b"one", "row")
    process.service.opened = 0
    sealer = process.sealer()
    for _ in range(50):
        sealer.open(sealed, "row")
    process.clock.advance(KEPT - timedelta(seconds=1))
    sealer.open(sealed, "row")
    assert process.service.opened == 1
    process.clock.advance(timedelta(seconds=1))
    sealer.open(sealed, "row")

    assert process.service.opened == 2
