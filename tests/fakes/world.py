"""Stand-ins for the world: a clock that stands still, countable names, and boxes for mails and events."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from chalicelib.domain.client_keys import Jwk
from chalicelib.domain.signal import IndexKey
from chalicelib.matching import is_in_fold
from chalicelib.matching.keys import MatchKey
from chalicelib.ports.world import Mail
from chalicelib.security.hashing import FIRST_KEYSET, fold_of
from chalicelib.security.naming import ALPHABET, BODY_LENGTH, match_key, signal_number
from chalicelib.security.published_keys import FetchRefused

DAY_ONE = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@dataclass(slots=True)
class FixedClock:
    """A clock that moves only when told to."""

    moment: datetime = DAY_ONE

    def now(self) -> datetime:
        """The moment it was set to."""
        return self.moment

    def advance(self, by: timedelta) -> None:
        """Move on."""
        self.moment += by


@dataclass(slots=True)
class FakeNames:
    """Names that count up, so they never collide within a test."""

    stage_code: str = "lo"
    given: dict[str, int] = field(default_factory=dict)

    def new_id(self) -> str:
        """``lo-00000000000000000000000000000001`` and on."""
        return f"{self.stage_code}-{self._next('id'):032x}"

    def signal_number(self) -> str:
        """``S-2222-2223`` and on."""
        return signal_number(_body(self._next("signal")))

    def match_key(self) -> str:
        """``M-2222-2223-…`` and on, with a right check symbol."""
        return match_key(_body(self._next("match")))

    def token(self) -> str:
        """``000000000001`` and on."""
        return f"{self._next('token'):012x}"

    def _next(self, kind: str) -> int:
        self.given[kind] = self.given.get(kind, 0) + 1
        return self.given[kind]


@dataclass(frozen=True, slots=True)
class FakeHasher:
    """Hashes without a secret."""

    known: frozenset[str] = frozenset({FIRST_KEYSET})

    def hashed(self, keys: Iterable[MatchKey], keysets: Iterable[str]) -> frozenset[IndexKey]:
        """A hash of each key under each key set of its fold."""
        asked = tuple(keysets)
        for keyset in asked:
            if keyset not in self.known:
                raise LookupError(keyset)
        return frozenset(
            IndexKey(key.family, keyset, _digest(keyset, key.family, key.value)[:16])
            for key in keys
            for keyset in asked
            if is_in_fold(key.family, fold_of(keyset))
        )


@dataclass(frozen=True, slots=True)
class FakePseudonyms:
    """Digests without a secret."""

    def digest(self, purpose: str, text: str) -> str:
        """A hex digest, different per purpose."""
        return _digest(purpose, text).hex()


@dataclass(slots=True)
class FakePublished:
    """Sets of keys by the address where organisations publish them; ``asked`` keeps who was asked."""

    sets: dict[str, tuple[Jwk, ...]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def __call__(self, uri: str) -> tuple[Jwk, ...]:
        """The keys at an address."""
        self.asked.append(uri)
        if uri not in self.sets:
            raise FetchRefused("nobody there")
        return self.sets[uri]


@dataclass(slots=True)
class FakeMailer:
    """A mailbox; each exception in ``failures`` is raised once instead of sending."""

    sent: list[Mail] = field(default_factory=list)
    failures: deque[Exception] = field(default_factory=deque)

    def send(self, mail: Mail) -> str:
        """Keep the mail; answers ``mail-1`` and on."""
        if self.failures:
            raise self.failures.popleft()
        self.sent.append(mail)
        return f"mail-{len(self.sent)}"


@dataclass(slots=True)
class FakeEvents:
    """A box of published events; each exception in ``failures`` is raised once instead of publishing."""

    published: list[tuple[str, Mapping[str, str | Mapping[str, str]]]] = field(default_factory=list)
    failures: deque[Exception] = field(default_factory=deque)

    def publish(self, topic_arn: str, event: Mapping[str, str | Mapping[str, str]]) -> None:
        """Keep the event with the topic it went to."""
        if self.failures:
            raise self.failures.popleft()
        self.published.append((topic_arn, event))


def _digest(*parts: str) -> bytes:
    return hashlib.sha256("\0".join(parts).encode()).digest()


def _body(number: int) -> str:
    symbols = []
    for _ in range(BODY_LENGTH):
        number, place = divmod(number, len(ALPHABET))
        symbols.append(ALPHABET[place])
    return "".join(reversed(symbols))
