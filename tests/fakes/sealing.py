"""Stand-ins for what sealing rests on: a key service that counts, and data keys in memory."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from chalicelib.ports.errors import AlreadyThere, Stale
from chalicelib.ports.sealing import Reservation

if TYPE_CHECKING:
    from mypy_boto3_kms import KMSClient

Answer = dict[str, bytes]


@dataclass(slots=True)
class FakeKeyService:
    """KMS: wraps by remembering; opens only in the context in which it wrapped."""

    opened: int = 0
    keys: dict[bytes, tuple[bytes, Mapping[str, str]]] = field(default_factory=dict)

    def generate_data_key(self, *, KeyId: str, KeySpec: str, EncryptionContext: Mapping[str, str]) -> Answer:  # noqa: N803 - AWS's names
        """A new key, wrapped."""
        wrapped = f"{KeyId}/{len(self.keys)}".encode()
        self.keys[wrapped] = (os.urandom(32), dict(EncryptionContext))
        return {"CiphertextBlob": wrapped, "Plaintext": self.keys[wrapped][0]}

    def decrypt(self, *, KeyId: str, CiphertextBlob: bytes, EncryptionContext: Mapping[str, str]) -> Answer:  # noqa: N803 - AWS's names
        """The key that was wrapped. Raises KeyError when it was not, or in another context."""
        plain, context = self.keys[CiphertextBlob]
        if context != EncryptionContext:
            raise KeyError(KeyId)
        self.opened += 1
        return {"Plaintext": plain}

    def client(self) -> KMSClient:
        """Itself, as the client whose two calls it answers."""
        return cast("KMSClient", self)


@dataclass(slots=True)
class FakeDataKeys:
    """Data keys over a dict; ``rival``, when set, is created just before our own first one."""

    rival: bytes | None = None
    keys: dict[str, bytes] = field(default_factory=dict)
    used: dict[str, int] = field(default_factory=dict)
    made: set[str] = field(default_factory=set)

    def wrapped(self, key_id: str) -> bytes | None:
        """The wrapped key; of no id an error, as DynamoDB has it."""
        if not key_id:
            raise RuntimeError("an empty key")
        return self.keys.get(key_id)

    def create(self, key_id: str, wrapped: bytes) -> None:
        """Keep a new key, unused. Raises AlreadyThere when one of this id is there, or was."""
        if self.rival is not None:
            self.keys[key_id], self.rival = self.rival, None
        if key_id in self.keys or key_id in self.made:
            raise AlreadyThere(key_id)
        self.keys[key_id] = wrapped
        self.made.add(key_id)

    def reserve(self, key_id: str, uses: int, *, most: int) -> Reservation | None:
        """Count uses of a key in advance."""
        if key_id not in self.keys:
            return None
        if self.used.get(key_id, 0) + uses > most:
            raise Stale(key_id)
        self.used[key_id] = self.used.get(key_id, 0) + uses
        return Reservation(self.keys[key_id], self.used[key_id])
