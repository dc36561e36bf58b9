"""The key pairs that access tokens rest on, kept by KMS: we ask it to sign, and never see them.

A rotation goes by three aliases, so that keys overlap: ``…-token`` signs; ``…-token-next`` is published
before it signs; ``…-token-previous`` signed until lately. What any of them names is published and counts.
"""

from __future__ import annotations

import base64
import hashlib
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, Protocol

from botocore.exceptions import ClientError

from chalicelib.clock import Clock
from chalicelib.security.clients import kms_client, service_errors

if TYPE_CHECKING:
    from mypy_boto3_kms import KMSClient

NEXT: Final = "-next"
PREVIOUS: Final = "-previous"
"""What the aliases of the keys beside the one that signs end in."""

_REMEMBERED: Final = timedelta(minutes=5)
PAUSE: Final = timedelta(seconds=10)
"""Between two looks for a key that nobody knows: as long may a key be published and not be found."""
_PEM_COLUMNS: Final = 64
_NOT_THERE: Final = frozenset({"NotFoundException", "AccessDeniedException", "KMSInvalidStateException"})
"""What KMS says of an alias that names nothing; a role may ask for no other keys than those."""


@dataclass(frozen=True, slots=True)
class PublicTokenKey:
    """The public half: its id, and itself as DER (SubjectPublicKeyInfo)."""

    kid: str
    der: bytes

    @property
    def pem(self) -> str:
        """Itself as PEM."""
        lines = textwrap.wrap(base64.b64encode(self.der).decode(), _PEM_COLUMNS)
        return "\n".join(("-----BEGIN PUBLIC KEY-----", *lines, "-----END PUBLIC KEY-----", ""))


class KeyMoved(Exception):  # noqa: N818 - named as the ports' states are
    """Another key signs than the one that was remembered: what names it is made anew."""


class TokenKey(Protocol):
    """The key pairs that access tokens rest on; the private halves never leave their keeper."""

    def public(self) -> PublicTokenKey:
        """The public half of the key that signs, from a memory of a few minutes."""
        ...

    def named(self, kid: str) -> PublicTokenKey | None:
        """The public half with this id, if its signatures count."""
        ...

    def all(self) -> tuple[PublicTokenKey, ...]:
        """The public halves of all keys whose signatures count, the one that signs first."""
        ...

    def sign(self, message: bytes, kid: str) -> bytes:
        """A PS256 signature (RSASSA-PSS with SHA-256 and a salt of 32 bytes) by the key that signs.

        Raises KeyMoved when that is another than ``kid`` by now.
        """
        ...


class KmsTokenKey:
    """Asymmetric RSA keys of KMS (``SIGN_VERIFY``); ``key`` is the alias of the one that signs."""

    def __init__(self, key: str, clock: Clock, client: Callable[[], KMSClient] = kms_client) -> None:
        self._key = key
        self._clock = clock
        self._client = client
        self._known: tuple[datetime, PublicTokenKey] | None = None
        self._all: tuple[datetime, tuple[PublicTokenKey, ...]] | None = None

    def public(self) -> PublicTokenKey:
        """The public half; the last part of the key's ARN is its ``kid``. Raises StorageBusy."""
        now = self._clock.now()
        if self._known is None or now - self._known[0] > _REMEMBERED:
            self._known = now, self._public(self._key)
        return self._known[1]

    def named(self, kid: str) -> PublicTokenKey | None:
        """The public half with this id, if its signatures count. Raises StorageBusy.

        The others are asked for only when a token names another key than the one that signs, and then
        at most once in ten seconds, whatever strangers send.
        """
        if self.public().kid == kid:
            return self.public()
        held = self._found(kid, _REMEMBERED)
        return held if held is not None else self._found(kid, PAUSE)

    def all(self) -> tuple[PublicTokenKey, ...]:
        """The public halves of all keys whose signatures count, the one that signs first."""
        return self._listed(_REMEMBERED)

    def sign(self, message: bytes, kid: str) -> bytes:
        """A PS256 signature made by KMS. Raises KeyMoved, StorageBusy."""
        with service_errors():
            answer = self._client().sign(
                KeyId=self._key,
                Message=hashlib.sha256(message).digest(),
                MessageType="DIGEST",
                SigningAlgorithm="RSASSA_PSS_SHA_256",
            )
        if answer["KeyId"].rpartition("/")[2] != kid:
            self._known = self._all = None
            raise KeyMoved
        return answer["Signature"]

    def _found(self, kid: str, remembered: timedelta) -> PublicTokenKey | None:
        return next((key for key in self._listed(remembered) if key.kid == kid), None)

    def _listed(self, remembered: timedelta) -> tuple[PublicTokenKey, ...]:
        now = self._clock.now()
        if self._all is None or now - self._all[0] > remembered:
            self._known = now, self._public(self._key)
            others = (self._public_or_none(f"{self._key}{suffix}") for suffix in (NEXT, PREVIOUS))
            self._all = now, (self._known[1], *(one for one in others if one is not None))
        return self._all[1]

    def _public(self, key: str) -> PublicTokenKey:
        with service_errors():
            answer = self._client().get_public_key(KeyId=key)
        return PublicTokenKey(answer["KeyId"].rpartition("/")[2], answer["PublicKey"])

    def _public_or_none(self, key: str) -> PublicTokenKey | None:
        try:
            return self._public(key)
        except ClientError as error:
            if error.response["Error"]["Code"] in _NOT_THERE:
                return None
            raise
