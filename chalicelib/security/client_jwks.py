"""Which public keys of organisations are taken, and which of them may have signed (RFC 7517, 7518)."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from joserfc import errors
from joserfc.jwk import ECKey, RSAKey

from chalicelib.domain.client_keys import Jwk

ALGORITHMS: Final = ("PS256", "RS256", "ES256")
"""By which assertions are signed, best first; never ``none``, never with a shared secret."""
MOST_KEYS: Final = 10
"""Of one organisation at once: enough to rotate, too few to try them all at length."""
PRIVATE_MEMBERS: Final = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
"""What a public key never has (RFC 7518, section 6)."""

_FITTING: Final[Mapping[str, tuple[str, ...]]] = {"RSA": ("PS256", "RS256"), "EC": ("ES256",)}
_MEMBERS: Final[Mapping[str, tuple[str, ...]]] = {"RSA": ("n", "e"), "EC": ("crv", "x", "y")}
_RSA_BITS: Final = range(2048, 8193)
_CURVE: Final = "P-256"
_LONGEST_KID: Final = 200


class UnfitKey(Exception):  # noqa: N818 - named as the domain's refusals are
    """A key that signs no assertion of ours.

    Attributes:
        code: which rule it breaks.
        detail: why, without anything of the key.
    """

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


def fit_key(key: Mapping[str, Any]) -> Jwk:
    """The members of a public key that count, with its thumbprint (RFC 7638) as ``kid`` if it has none.

    Raises UnfitKey: private or secret, of another kind, too small, or meant for something else.
    """
    if PRIVATE_MEMBERS & key.keys():
        raise UnfitKey("private-key", "This is a private key: never send it, and do not use it any more.")
    kind = key.get("kty")
    if not isinstance(kind, str) or kind not in _FITTING:
        raise UnfitKey("wrong-kind", "An RSA key, or an EC key on the curve P-256.")
    _require_purpose(key, kind)
    members = {"kty": kind} | {name: key.get(name) for name in _MEMBERS[kind]}
    made = _imported(members)
    kid = key.get("kid") or made.thumbprint()
    if not isinstance(kid, str) or not kid.isprintable() or len(kid) > _LONGEST_KID:
        raise UnfitKey("bad-kid", "A kid is a text of 200 printable characters at most.")
    named = {"alg": str(key["alg"])} if key.get("alg") is not None else {}
    return {name: str(value) for name, value in members.items()} | {"kid": kid} | named


def fit_keys(document: Any) -> tuple[Jwk, ...]:
    """The keys of a published set that can be used, ten at most; others are passed over (RFC 7517, 5)."""
    listed = document.get("keys") if isinstance(document, dict) else None
    return tuple(_usable(listed if isinstance(listed, list) else []))[:MOST_KEYS]


def keys_for(keys: Iterable[Jwk], *, kid: str | None, algorithm: str) -> tuple[Jwk, ...]:
    """Those that may have signed by this algorithm under this ``kid``, or under any when none is named."""
    return tuple(
        key
        for key in keys
        if (kid is None or key["kid"] == kid)
        and algorithm in _FITTING[key["kty"]]
        and key.get("alg", algorithm) == algorithm
    )


def imported(key: Jwk) -> RSAKey | ECKey:
    """A fit key, ready to verify with."""
    return _imported({name: key[name] for name in ("kty", *_MEMBERS[key["kty"]])})


def _usable(listed: Iterable[Any]) -> Iterator[Jwk]:
    for key in listed:
        if isinstance(key, dict):
            try:
                yield fit_key(key)
            except UnfitKey:
                continue


def _require_purpose(key: Mapping[str, Any], kind: str) -> None:
    operations = key.get("key_ops")
    verifies = operations is None or (isinstance(operations, list) and "verify" in operations)
    if key.get("use") not in (None, "sig") or not verifies:
        raise UnfitKey("wrong-use", "A key for signatures (use: sig).")
    if key.get("alg") is not None and key["alg"] not in _FITTING[kind]:
        raise UnfitKey("wrong-algorithm", f"A key for {', '.join(_FITTING[kind])}.")


def _imported(members: Mapping[str, Any]) -> RSAKey | ECKey:
    try:
        if members["kty"] == "EC":
            return _on_the_curve(members)
        if _bits(members["n"]) not in _RSA_BITS:
            raise UnfitKey("wrong-size", "An RSA key of 2048 to 8192 bits.")
        return RSAKey.import_key(dict(members))
    except (errors.JoseError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise UnfitKey("unreadable", "This is no key that can be read.") from error


def _bits(modulus: str) -> int:
    return int.from_bytes(base64.urlsafe_b64decode(modulus + "=" * (-len(modulus) % 4))).bit_length()


def _on_the_curve(members: Mapping[str, Any]) -> ECKey:
    if members.get("crv") != _CURVE:
        raise UnfitKey("wrong-kind", "An RSA key, or an EC key on the curve P-256.")
    made = ECKey.import_key(dict(members))
    made.public_key.public_numbers()  # which reads the point
    return made
