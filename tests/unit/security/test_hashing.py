"""Keyed hashes differ with everything that must not be confused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.matching.keys import MatchKey
from chalicelib.security.hashing import FIRST_KEYSET, HmacIndexHasher, HmacPseudonyms


@dataclass(frozen=True, slots=True)
class Secret:
    """A secret that is known."""

    versions: Mapping[str, bytes] = field(default_factory=lambda: {"v1": b"first", "v2": b"second"})

    def version(self, name: str) -> bytes:
        """The secret of this version."""
        return self.versions[name]


HASHER = HmacIndexHasher(Secret())
KEY = MatchKey("bsn", "999990342")
FOLD = FIRST_KEYSET.partition(".")[0]


def hashed(key: MatchKey, keyset: str = FIRST_KEYSET, hasher: HmacIndexHasher = HASHER) -> bytes:
    """The hash of one key under one key set."""
    (index_key,) = hasher.hashed([key], [keyset])
    return index_key.hashed


def test_hash_is_short_and_shows_nothing() -> None:
    """Sixteen bytes, under the names of family and key set."""
    (index_key,) = HASHER.hashed([KEY], [FIRST_KEYSET])

    assert (index_key.family, index_key.keyset, len(index_key.hashed)) == ("bsn", FIRST_KEYSET, 16)
    assert b"9999" not in index_key.hashed


@given(value=st.text(max_size=40))
def test_hash_repeats(value: str) -> None:
    """The same key gives the same hash in every process."""
    key = MatchKey("parent", value)

    assert hashed(key) == hashed(key, hasher=HmacIndexHasher(Secret()))


def test_hash_differs_by_family_value_key_set_and_secret() -> None:
    """No two of these can be compared."""
    other_secret = HmacIndexHasher(Secret({"v1": b"another"}))
    hashes = {
        hashed(KEY),
        hashed(MatchKey("parent-bsn", "999990342")),
        hashed(MatchKey("bsn", "999990019")),
        hashed(KEY, f"{FOLD}.v2"),
        hashed(KEY, hasher=other_secret),
    }

    assert len(hashes) == 5


def test_key_set_differs_under_the_same_secret() -> None:
    """The name of the key set goes in, not only its secret."""
    same = HmacIndexHasher(Secret({"v1": b"first", "v2": b"first"}))

    assert hashed(KEY, f"{FOLD}.v1", same) != hashed(KEY, f"{FOLD}.v2", same)


@given(family=st.text(max_size=9), value=st.text(max_size=9), cut=st.integers(1, 8))
def test_parts_do_not_run_together(family: str, value: str, cut: int) -> None:
    """Letters moved from value to family give another hash."""
    moved = MatchKey(family + value[:cut], value[cut:])

    assert (hashed(moved) == hashed(MatchKey(family, value))) is (moved == MatchKey(family, value))


def test_every_key_is_hashed_under_every_key_set() -> None:
    """While two key sets are written, each key is there twice."""
    keysets = [f"{FOLD}.v1", f"{FOLD}.v2"]
    found = HASHER.hashed([KEY, MatchKey("address", "3511AB|12")], keysets)

    assert {(key.family, key.keyset) for key in found} == {
        (family, keyset) for family in ("bsn", "address") for keyset in keysets
    }


@pytest.mark.parametrize("keyset", [f"{FOLD}.v3", "0.v1", "v1", ""])
def test_unknown_key_set_is_refused(keyset: str) -> None:
    """An unknown secret, or another folding than this code's."""
    with pytest.raises(LookupError):
        HASHER.hashed([KEY], [keyset])


def test_pseudonyms_differ_by_purpose_text_and_secret() -> None:
    """A digest of one purpose says nothing about another."""
    pseudonyms = HmacPseudonyms(Secret())
    digests = {
        pseudonyms.digest("idempotency", "a"),
        pseudonyms.digest("cursor", "a"),
        pseudonyms.digest("idempotency", "b"),
        HmacPseudonyms(Secret({"v1": b"another"})).digest("idempotency", "a"),
    }

    assert len(digests) == 4
    assert {len(digest) for digest in digests} == {64}


def test_pseudonyms_outlive_a_new_secret() -> None:
    """A digest stays comparable when a second version is there."""
    before = HmacPseudonyms(Secret({"v1": b"first"})).digest("idempotency", "a")

    assert HmacPseudonyms(Secret()).digest("idempotency", "a") == before
