"""Every row of a deployed region, raw, with what is sealed in it opened by its real keys.

Shares no code with what sealed, hashed and wrote, so that one mistake cannot hide in both.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from chalicelib.models.tables import table_shapes
from infra.chalice_config import environment
from infra.repair.rows import Row, Rows
from infra.stages import LOCAL_STAGE, stage_named
from tests.e2e.deployed_stack import Stack
from tests.e2e.region import BROKEN_SEAL

SEALED_TO = {
    ("signals", "person"): ("signalId", "signals/{}/person"),
    ("requests", "record"): ("requestId", "requests/{}/record"),
    ("work", "formers"): ("itemId", "work/{}/former"),
    ("excluded-addresses", "address"): ("addressKey", "excluded-addresses/{}/address"),
}
"""What is sealed: the attribute of which table, and the identity that is authenticated with it."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A row, with what was sealed in it in the clear; ``text`` is all of it, hashes as hex digits."""

    table: str
    row: Row
    opened: tuple[Any, ...]
    text: str


@dataclass(slots=True)
class RawRegion:
    """Reads the tables of a stack as whoever has its keys could."""

    stack: Stack
    _keys: dict[str, AESGCM] = field(default_factory=dict)

    def everything(self) -> list[Seen]:
        """Each row of each table."""
        rows = Rows(self.stack.prefix, self.stack.client("dynamodb"))
        return [
            self._seen(rows, table, row)
            for table in table_shapes()
            for page in rows.pages(table)
            for row in page
        ]

    def pseudonym(self, bsn: str) -> str:
        """What the trail calls the youth with this number: a keyed hash, under the region's secret."""
        name = environment(stage_named(LOCAL_STAGE), base_url="")["VERWIJSINDEX_PSEUDONYM_SECRET"]
        held = self.stack.client("secretsmanager").get_secret_value(SecretId=name)["SecretString"]
        parts = [b"youth", f"bsn:{bsn}".encode()]
        message = b"".join(len(part).to_bytes(4) + part for part in parts)
        digest = hmac.new(json.loads(held)["v1"].encode(), message, hashlib.sha256).hexdigest()
        return digest[:32]

    def _seen(self, rows: Rows, table: str, row: Row) -> Seen:
        opened = tuple(self._opened(rows, table, row))
        plain = [{name: _text(value) for name, value in row.items()}, *opened]
        return Seen(table, row, opened, json.dumps(plain, ensure_ascii=False))

    def _opened(self, rows: Rows, table: str, row: Row) -> Iterator[Any]:
        for (where, attribute), (key, identity) in SEALED_TO.items():
            held = row.get(attribute) if where == table else None
            whose = row[key].hex() if held and isinstance(row[key], bytes) else row.get(key)
            several = held if isinstance(held, set) else [held] if held else []
            whole = {bytes(one) for one in several} - {BROKEN_SEAL}  # in a set they come wrapped
            for sealed in sorted(whole):
                yield json.loads(self._open(rows, sealed, identity.format(whose)))

    def _open(self, rows: Rows, sealed: bytes, identity: str) -> bytes:
        end = 2 + sealed[1]
        head, nonce, ciphertext = sealed[:end], sealed[end : end + 12], sealed[end + 12 :]
        cipher = self._key(rows, head[2:].decode())
        return cipher.decrypt(nonce, ciphertext, head + identity.encode())

    def _key(self, rows: Rows, key_id: str) -> AESGCM:
        if key_id not in self._keys:
            (row,) = rows.held("data-keys", [{"keyId": key_id}])
            answer = self.stack.client("kms").decrypt(
                CiphertextBlob=row["wrapped"], EncryptionContext={"keyId": key_id}
            )
            self._keys[key_id] = AESGCM(answer["Plaintext"])
        return self._keys[key_id]


def _plain(value: Any) -> Any:
    """Bytes come wrapped when they are in a set."""
    return value.__bytes__() if hasattr(value, "__bytes__") else value


def _text(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, Mapping):
        return {name: _text(held) for name, held in value.items()}
    if isinstance(value, set | list):
        return sorted(str(_text(_plain(one))) for one in value)
    return str(value)
