"""How far a walk over the rows of a stage was: a word that an operator can hand back."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64

from infra.errors import InfraError
from infra.repair.rows import KEYS, Row


def word_of(table: str, key: Row) -> str:
    """A place as a word: the table, and the key of the last row that was judged."""
    parts = [part.hex() if isinstance(part, bytes) else part for part in key.values()]
    kinds = ["B" if isinstance(part, bytes) else "S" for part in key.values()]
    return urlsafe_b64encode(json.dumps([table, kinds, parts]).encode()).decode()


def place_of(word: str) -> tuple[str, Row]:
    """The table and the key that a word stands for. Raises InfraError."""
    try:
        table, kinds, parts = json.loads(urlsafe_b64decode(word))
        values = [
            bytes.fromhex(part) if kind == "B" else str(part) for kind, part in zip(kinds, parts, strict=True)
        ]
        return table, dict(zip(KEYS[table], values, strict=True))
    except (NotBase64, ValueError, KeyError, TypeError) as error:
        raise InfraError("that is no place where `verify` stopped") from error
