"""The key pair of access tokens in memory."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from chalicelib.security.token_key import PublicTokenKey

KID = "0f2a"


@dataclass(frozen=True, eq=False)
class LocalTokenKey:
    """A key pair in memory, signing as KMS does."""

    kid: str = KID

    @cached_property
    def private(self) -> rsa.RSAPrivateKey:
        """The private half, made when it is first asked for."""
        return rsa.generate_private_key(65537, 2048)

    def public(self) -> PublicTokenKey:
        """The public half."""
        der = self.private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return PublicTokenKey(self.kid, der)

    def named(self, kid: str) -> PublicTokenKey | None:
        """The public half, under its name."""
        return self.public() if kid == self.kid else None

    def all(self) -> tuple[PublicTokenKey, ...]:
        """The one there is."""
        return (self.public(),)

    def sign(self, message: bytes, kid: str) -> bytes:
        """A PS256 signature."""
        return self.private.sign(message, padding.PSS(padding.MGF1(hashes.SHA256()), 32), hashes.SHA256())
