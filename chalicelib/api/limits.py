"""How much one organisation may ask in a minute, over all functions together (RFC 6585, section 4).

Each minute has a counter of its own per organisation: one write per request. When that cannot be
counted the request is let in: a limit keeps one organisation from the others' share, and is no
reason to shut all of them out; the gateway's own throttling stands before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from chalicelib.api import catalogue
from chalicelib.api.log import Log
from chalicelib.api.problems import Problem
from chalicelib.clock import Clock
from chalicelib.domain.organisation import Organisation
from chalicelib.observability import Code
from chalicelib.ports.counts import CountStore
from chalicelib.ports.errors import StorageBusy

_MINUTE: Final = 60
_KEPT: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Counts what organisations ask, against the stage's limit or their own."""

    counts: CountStore
    clock: Clock
    per_minute: int
    log: Log

    def __call__(self, organisation: Organisation, requests: int = 1) -> None:
        """Count these requests of an organisation; each line of a batch is one.

        Raises Problem (too-many-requests) when that is more than this minute has room for.
        """
        allowed = organisation.requests_per_minute or self.per_minute
        now = int(self.clock.now().timestamp())
        begun = now - now % _MINUTE
        try:
            counted = self.counts.add(
                f"requests#{organisation.id}#{begun}",
                requests,
                expires_at=datetime.fromtimestamp(begun, UTC) + _KEPT,
            )
        except StorageBusy:
            self.log(Code.REQUEST_NOT_COUNTED, organisation=organisation.id)
            return
        if counted > allowed:
            wait = begun + _MINUTE - now
            raise Problem(catalogue.TOO_MANY_REQUESTS, headers={"Retry-After": str(wait)})
