"""Keyed hashes: for the index under one secret, for every other purpose under another."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from chalicelib.clock import Clock
from chalicelib.domain.signal import IndexKey
from chalicelib.matching.every_fold import FOLDS, is_in_fold
from chalicelib.matching.keys import FOLD_VERSION, MatchKey
from chalicelib.security.clients import secrets_client
from chalicelib.security.secrets import StoredSecret, VersionedSecret

HASH_BYTES: Final = 16
FIRST_SECRET: Final = "v1"  # noqa: S105 - the name of a version
FIRST_KEYSET: Final = f"{FOLD_VERSION}.{FIRST_SECRET}"


@dataclass(frozen=True, slots=True)
class HmacIndexHasher:
    """HMAC-SHA-256 of key set, family and value, cut to 16 bytes.

    A key set is ``<fold version>.<secret version>``. A key is hashed only under the key sets of a fold
    that has its family, so that keys of one fold never stand under the name of another.
    """

    secret: VersionedSecret

    def hashed(self, keys: Iterable[MatchKey], keysets: Iterable[str]) -> frozenset[IndexKey]:
        """Each key under each key set of its fold. Raises LookupError for an unknown key set."""
        plain = tuple(keys)
        return frozenset(
            IndexKey(key.family, keyset, _digest(secret, keyset, key.family, key.value)[:HASH_BYTES])
            for keyset, secret in [(one, self._secret_of(one)) for one in keysets]
            for key in plain
            if is_in_fold(key.family, fold_of(keyset))
        )

    def _secret_of(self, keyset: str) -> bytes:
        if fold_of(keyset) not in FOLDS:
            raise LookupError(f"this code does not fold as key set {keyset} does")
        return self.secret.version(secret_version_of(keyset))


@dataclass(frozen=True, slots=True)
class HmacPseudonyms:
    """HMAC-SHA-256 of purpose and text, under the first version of a secret of its own.

    Always the first version: a digest has to stay comparable with those stored before.
    """

    secret: VersionedSecret

    def digest(self, purpose: str, text: str) -> str:
        """64 hex digits that cannot be compared across purposes."""
        return _digest(self.secret.version(FIRST_SECRET), purpose, text).hex()


def fold_of(keyset: str) -> str:
    """The fold version that a key set is named by."""
    return keyset.partition(".")[0]


def secret_version_of(keyset: str) -> str:
    """The version of the secret that a key set is named by."""
    return keyset.partition(".")[2]


def index_hasher(secret_name: str, clock: Clock) -> HmacIndexHasher:
    """The hasher of a stage; its secret is read at the first use."""
    return HmacIndexHasher(StoredSecret(secret_name, secrets_client, clock))


def pseudonyms(secret_name: str, clock: Clock) -> HmacPseudonyms:
    """The pseudonyms of a stage; their secret is read at the first use."""
    return HmacPseudonyms(StoredSecret(secret_name, secrets_client, clock))


def _digest(secret: bytes, *parts: str) -> bytes:
    """The lengths go in too, so that no two lists of parts read the same."""
    message = b"".join(len(part.encode()).to_bytes(4) + part.encode() for part in parts)
    return hmac.digest(secret, message, "sha256")
