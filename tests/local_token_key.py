"""The key pair of access tokens in memory."""

from __future__ import annotations

from dataclasses import dataclass, field

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from chalicelib.security.token_key import PublicTokenKey

KID = "0f2a"


@dataclass(frozen=True, slots=True)
class LocalTokenKey:
    """A key pair in memory, signing as KMS does."""

    private: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))

    def public(self) -> PublicTokenKey:
        """The public half."""
        der = self.private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return PublicTokenKey(KID, der)

    def sign(self, message: bytes) -> bytes:
        """A PS256 signature."""
        return self.private.sign(message, padding.PSS(padding.MGF1(hashes.SHA256()), 32), hashes.SHA256())
