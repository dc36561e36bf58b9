"""Where professionals work: kept in one place by their organisation, and named by contact cards (D28)."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A place of an organisation, a row of its own.

    ``id`` is the organisation's own. ``telephone`` is shown of a professional who has none.
    """

    organisation_id: str
    id: str
    name: str
    telephone: str | None

    @property
    def revision(self) -> int:
        """A number that the site under another name or number does not share."""
        shown = (self.name, self.telephone)
        return 1 + int.from_bytes(sha256(repr(shown).encode()).digest()[:4])
