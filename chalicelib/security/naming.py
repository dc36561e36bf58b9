"""The only randomness of the use cases: ids, and the short references people write down or say.

References are written in 31 symbols without look-alikes (no 0 or O, 1, I or L). A match key ends in a
check symbol after the scheme of ISBN-10, with modulus 31: the symbols' places in the alphabet, weighed
9 to 2 from the left and the check symbol weighed 1, add up to a multiple of 31. As 31 is prime and
larger than each weight, one wrong symbol and any swap of two symbols (the check symbol's too) is caught.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Final

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
BODY_LENGTH: Final = 8


@dataclass(frozen=True, slots=True)
class RandomNames:
    """Names from the operating system's source of randomness; ids carry the stage's code."""

    stage_code: str

    def new_id(self) -> str:
        """``<stage code>-<32 hex>``."""
        return f"{self.stage_code}-{secrets.token_hex(16)}"

    def signal_number(self) -> str:
        """``S-7KQ4-M2XD``: 31 to the 8th possibilities, unique by condition."""
        return signal_number(_random_body())

    def match_key(self) -> str:
        """``M-4TZ9-K3WD-N``: eight symbols and the check symbol, unique by condition."""
        return match_key(_random_body())

    def token(self) -> str:
        """Twelve hex digits for audit entries and lease owners."""
        return secrets.token_hex(6)


def signal_number(body: str) -> str:
    """Eight symbols as a signal number."""
    return f"S-{body[:4]}-{body[4:]}"


def match_key(body: str) -> str:
    """Eight symbols and their check symbol as a match key."""
    return f"M-{body[:4]}-{body[4:]}-{check_symbol(body)}"


def check_symbol(body: str) -> str:
    """The symbol that makes the weighted sum a multiple of 31. Raises ValueError for a foreign symbol."""
    weights = range(len(body) + 1, 1, -1)
    total = sum(weight * ALPHABET.index(symbol) for weight, symbol in zip(weights, body, strict=True))
    return ALPHABET[-total % len(ALPHABET)]


def _random_body() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(BODY_LENGTH))
