"""Person records sealed with AES-256-GCM under data keys that KMS wraps.

A data key serves one day and at most 2²⁴ records, so that random 96-bit nonces stay far from repeating
(NIST SP 800-38D allows 2³²). A process reserves uses in blocks; opened keys are kept for some minutes.
Neither sealing nor opening calls KMS more often than that.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from chalicelib.clock import Clock
from chalicelib.ports.errors import AlreadyThere, Stale
from chalicelib.ports.sealing import DataKeyStore, SealBroken
from chalicelib.security.clients import service_errors

if TYPE_CHECKING:
    from mypy_boto3_kms import KMSClient

MOST_USES: Final = 2**24
BLOCK: Final = 1_024
KEPT: Final = timedelta(minutes=5)
NONCE_BYTES: Final = 12
LAYOUT: Final = b"\x01"
"""First byte of a sealed record: layout, length of key id, key id, nonce, ciphertext with its tag."""
_KEY_ID: Final = 2
"""Where the key's id begins."""


@dataclass(slots=True)
class _Writing:
    """The key that seals now, how many uses of it are still ours, and when it was last known to be there."""

    key_id: str
    day: date
    cipher: AESGCM
    left: int
    seen_at: datetime


@dataclass(slots=True)
class DataKeySealer:
    """Seals records under the data key of the day; the identity of the row is authenticated with them.

    Attributes:
        master_key: alias or ARN of the KMS key that wraps data keys.
        kms: called at the first use.
    """

    keys: DataKeyStore
    master_key: str
    kms: Callable[[], KMSClient]
    clock: Clock
    block: int = BLOCK
    most_uses: int = MOST_USES
    _writing: _Writing | None = None
    _opened: dict[str, tuple[AESGCM, datetime]] = field(default_factory=dict)

    def seal(self, plain: bytes, identity: str) -> bytes:
        """The sealed record: 29 bytes and the key's id longer than the plain one."""
        writing = self._reserved()
        writing.left -= 1
        key_id = writing.key_id.encode()
        head = LAYOUT + len(key_id).to_bytes(1) + key_id
        nonce = os.urandom(NONCE_BYTES)
        return head + nonce + writing.cipher.encrypt(nonce, plain, head + identity.encode())

    def open(self, sealed: bytes, identity: str) -> bytes:
        """The plain record. Raises SealBroken when it was changed, swapped, or its key is gone."""
        if sealed[:1] != LAYOUT:
            raise SealBroken("not a sealed record of a known layout")
        head_end = _KEY_ID + int.from_bytes(sealed[1:2])
        head, rest = sealed[:head_end], sealed[head_end:]
        if len(head) <= _KEY_ID:
            raise SealBroken("the record names no data key")
        try:
            cipher = self._cipher(head[_KEY_ID:].decode())
            return cipher.decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], head + identity.encode())
        except (InvalidTag, ValueError) as error:
            raise SealBroken("the record does not open") from error

    def _reserved(self) -> _Writing:
        today = self.clock.now().date()
        writing = self._writing
        if writing is None or writing.day != today or writing.left < 1 or not self._is_there(writing):
            writing = self._writing = self._reserve(today)
        return writing

    def _is_there(self, writing: _Writing) -> bool:
        """Whether its key was stored some minutes ago at least: what a lost one seals nobody else opens."""
        now = self.clock.now()
        if now - writing.seen_at >= KEPT:
            if self.keys.wrapped(writing.key_id) is None:
                return False
            writing.seen_at = now
        return True

    def _reserve(self, today: date) -> _Writing:
        """A block of uses of today's first key that is not used up, nor lost; a new key when all are."""
        number = 1
        while True:
            key_id = f"{today.isoformat()}#{number}"
            try:
                reservation = self.keys.reserve(key_id, self.block, most=self.most_uses)
            except Stale:
                number += 1
                continue
            if reservation is None:
                number += not self._is_made(key_id)
                continue
            cipher = self._opened_cipher(key_id, reservation.wrapped)
            return _Writing(key_id, today, cipher, self.block, self.clock.now())

    def _is_made(self, key_id: str) -> bool:
        """Make a data key and keep it wrapped; when another process was first, its key stands.

        False when there was one that is gone: its id stays its own, so that it can be put back beside the
        key that seals meanwhile.
        """
        with service_errors():
            answer = self.kms().generate_data_key(
                KeyId=self.master_key, KeySpec="AES_256", EncryptionContext={"keyId": key_id}
            )
        try:
            self.keys.create(key_id, answer["CiphertextBlob"])
        except AlreadyThere:
            return self.keys.wrapped(key_id) is not None
        return True

    def _cipher(self, key_id: str) -> AESGCM:
        kept = self._opened.get(key_id)
        if kept is not None and self.clock.now() - kept[1] < KEPT:
            return kept[0]
        wrapped = self.keys.wrapped(key_id)
        if wrapped is None:
            raise SealBroken("the data key of the record is gone")
        return self._opened_cipher(key_id, wrapped)

    def _opened_cipher(self, key_id: str, wrapped: bytes) -> AESGCM:
        now = self.clock.now()
        kept = self._opened.get(key_id)
        if kept is not None and now - kept[1] < KEPT:
            return kept[0]
        with service_errors():
            answer = self.kms().decrypt(
                KeyId=self.master_key, CiphertextBlob=wrapped, EncryptionContext={"keyId": key_id}
            )
        cipher = AESGCM(answer["Plaintext"])
        self._opened = {one: held for one, held in self._opened.items() if now - held[1] < KEPT}
        self._opened[key_id] = (cipher, now)
        return cipher
