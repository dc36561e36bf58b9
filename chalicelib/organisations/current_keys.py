"""An organisation's keys as they are now: registered here, or fetched from where it publishes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Protocol

from chalicelib.clock import Clock
from chalicelib.domain.client_keys import ClientKeys, FetchedKeys, Jwk
from chalicelib.ports.errors import Stale
from chalicelib.ports.storage import ClientStore
from chalicelib.security.assertions import ClaimedAssertion
from chalicelib.security.client_jwks import keys_for
from chalicelib.security.published_keys import FetchRefused

FRESH: Final = timedelta(hours=1)
"""How long fetched keys count without another look."""
USABLE: Final = timedelta(hours=24)
"""How long they count while their address does not answer."""
PAUSE: Final = timedelta(minutes=1)
"""Between two looks at one address, by all functions together, whatever strangers send."""


class FetchesKeys(Protocol):
    """:class:`chalicelib.security.published_keys.PublishedKeys`."""

    def __call__(self, uri: str) -> tuple[Jwk, ...]:
        """The usable keys at an address. Raises FetchRefused."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrentKeys:
    """Finds the keys that may have signed an assertion; raises StorageBusy."""

    clients: ClientStore
    fetch: FetchesKeys
    clock: Clock

    def __call__(self, assertion: ClaimedAssertion) -> tuple[Jwk, ...]:
        """All keys of the client that is named, none when it is unknown."""
        held = self.clients.keys(assertion.client_id)
        if held is None:
            return ()
        if held.uri is None:
            return held.keys
        return self._published(held, held.uri, assertion)

    def _published(self, held: ClientKeys, uri: str, assertion: ClaimedAssertion) -> tuple[Jwk, ...]:
        now, fetched = self.clock.now(), held.fetched
        if fetched is not None and now - fetched.at < FRESH and _has_key(fetched, assertion):
            return fetched.keys
        renewed = self._fetched(held, uri)
        if renewed is not None:
            return renewed.keys
        return fetched.keys if fetched is not None and now - fetched.at < USABLE else ()

    def _fetched(self, held: ClientKeys, uri: str) -> FetchedKeys | None:
        """What is at the address now; None when it was looked at just before, or does not answer."""
        now = self.clock.now()
        if not self.clients.begin_fetch(held, now=now, none_since=now - PAUSE):
            return None
        try:
            fetched = FetchedKeys(keys=self.fetch(uri), at=now)
            self.clients.put_fetched(held, fetched)
        except (FetchRefused, Stale):
            return None
        return fetched


def _has_key(fetched: FetchedKeys, assertion: ClaimedAssertion) -> bool:
    return bool(keys_for(fetched.keys, kid=assertion.kid, algorithm=assertion.algorithm))
