"""The key pair that access tokens rest on, kept by KMS: we ask it to sign, and never see it."""

from __future__ import annotations

import base64
import hashlib
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, Protocol

from chalicelib.clock import Clock
from chalicelib.security.clients import kms_client, service_errors

if TYPE_CHECKING:
    from mypy_boto3_kms import KMSClient

_REMEMBERED: Final = timedelta(minutes=5)
_PEM_COLUMNS: Final = 64


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


class TokenKey(Protocol):
    """The key pair that access tokens rest on; the private half never leaves its keeper."""

    def public(self) -> PublicTokenKey:
        """The public half, from a memory of a few minutes."""
        ...

    def sign(self, message: bytes) -> bytes:
        """A PS256 signature (RSASSA-PSS with SHA-256 and a salt of 32 bytes)."""
        ...


class KmsTokenKey:
    """An asymmetric RSA key of KMS (``SIGN_VERIFY``), named by alias or ARN."""

    def __init__(self, key: str, clock: Clock, client: Callable[[], KMSClient] = kms_client) -> None:
        self._key = key
        self._clock = clock
        self._client = client
        self._known: tuple[datetime, PublicTokenKey] | None = None

    def public(self) -> PublicTokenKey:
        """The public half; the last part of the key's ARN is its ``kid``. Raises StorageBusy."""
        now = self._clock.now()
        if self._known is None or now - self._known[0] > _REMEMBERED:
            with service_errors():
                answer = self._client().get_public_key(KeyId=self._key)
            self._known = now, PublicTokenKey(answer["KeyId"].rpartition("/")[2], answer["PublicKey"])
        return self._known[1]

    def sign(self, message: bytes) -> bytes:
        """A PS256 signature made by KMS. Raises StorageBusy."""
        with service_errors():
            answer = self._client().sign(
                KeyId=self._key,
                Message=hashlib.sha256(message).digest(),
                MessageType="DIGEST",
                SigningAlgorithm="RSASSA_PSS_SHA_256",
            )
        return answer["Signature"]
