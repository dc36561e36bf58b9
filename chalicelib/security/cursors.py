"""Cursors of lists: opaque, signed, and good for one organisation and one set of filters."""

from __future__ import annotations

import base64
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from chalicelib.domain.errors import CursorRefused
from chalicelib.ports.world import Pseudonyms

_PURPOSE: Final = "cursor"
_LONGEST: Final = 4096


@dataclass(frozen=True, slots=True)
class Cursors:
    """Signs where a list stopped, and opens it again for who it was given to."""

    pseudonyms: Pseudonyms

    def signed(self, after: str, bound_to: Sequence[str]) -> str:
        """``<position, base64url>.<signature>``, safe in a query."""
        position = base64.urlsafe_b64encode(after.encode()).decode().rstrip("=")
        return f"{position}.{self._signature(position, bound_to)}"

    def opened(self, cursor: str, bound_to: Sequence[str]) -> str:
        """The position within. Raises CursorRefused unless we signed it for just this list."""
        if len(cursor) > _LONGEST or not cursor.isascii():
            raise CursorRefused
        position, _, signature = cursor.partition(".")
        expected = self._signature(position, bound_to)
        if not hmac.compare_digest(signature, expected):
            raise CursorRefused
        return base64.urlsafe_b64decode(position + "=" * (-len(position) % 4)).decode()

    def _signature(self, position: str, bound_to: Sequence[str]) -> str:
        parts = (position, *bound_to)
        return self.pseudonyms.digest(_PURPOSE, "".join(f"{len(part)}:{part}" for part in parts))
