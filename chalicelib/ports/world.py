"""What the use cases need of the world outside: keyed hashes, names, mail and events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from chalicelib.domain.signal import IndexKey
from chalicelib.matching.keys import MatchKey


class IndexHasher(Protocol):
    """Turns plain match keys into what the index may hold."""

    def hashed(self, keys: Iterable[MatchKey], keysets: Iterable[str]) -> frozenset[IndexKey]:
        """HMAC of each key under each key set. Raises LookupError for an unknown key set."""
        ...


class Pseudonyms(Protocol):
    """Keyed hashes for other purposes than the index, under another secret."""

    def digest(self, purpose: str, text: str) -> str:
        """A hex digest that cannot be compared across purposes."""
        ...


class Names(Protocol):
    """Makes ids and references; the only randomness of the use cases."""

    def new_id(self) -> str:
        """``<stage code>-<32 hex>``."""
        ...

    def signal_number(self) -> str:
        """``S-7KQ4-M2XD``: eight symbols without look-alikes."""
        ...

    def match_key(self) -> str:
        """``M-4TZ9-K3WD-7``: eight symbols and a check symbol."""
        ...

    def token(self) -> str:
        """A short random string for audit entries and lease owners."""
        ...


NOTICE_IDS: Final = "X-Notice-Id"
"""The header of a mail that names the notices it tells, by their ids."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A mail ready to send; headers hold ids only."""

    to: str
    subject: str
    text: str
    html: str
    headers: Mapping[str, str]


class Mailer(Protocol):
    """Sends mail."""

    def send(self, mail: Mail) -> str:
        """The mail service's id. Raises DeliveryUnavailable, DeliveryRejected."""
        ...


class EventPublisher(Protocol):
    """Publishes CloudEvents to an organisation's own topic."""

    def publish(self, topic_arn: str, event: Mapping[str, str | Mapping[str, str]]) -> None:
        """Publish one event. Raises DeliveryUnavailable, DeliveryRejected."""
        ...
