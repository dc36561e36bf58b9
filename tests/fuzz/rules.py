"""Rules of requests that JSON Schema cannot say, by the codes that problems tell them with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

BEYOND_THE_SCHEMA: Final = frozenset(
    {
        # about what every text and number of a body is, also in a key whose members are its maker's
        *("forbidden-character", "number-too-large", "too-deep"),
        # about the calendar and the day it is
        *("invalid-date", "birth-date-in-future", "too-old", "end-in-past", "end-too-late", "no-extension"),
        *("informed-in-future", "out-of-range"),
        # about the caller, and what the index knows
        *("professional-left", "unknown-professional", "same-professional"),
        *("bsn-required", "bsn-not-allowed", "email-domain-not-registered", "invalid-cursor", "unknown-site"),
        # between fields, and sums of digits
        *("invalid-bsn", "holds-bsn", "youth-not-identified", "parent-unusable", "named-twice", "one-of-two"),
        # of an address to publish keys at: https, a host with a name; of a period: its order
        *("bad-uri", "before-valid-from"),
        # of a key: what its algorithm asks of its members (RFC 7518)
        *("private-key", "wrong-kind", "bad-kid", "wrong-use", "wrong-algorithm", "wrong-size", "unreadable"),
        # of an organisation: what its kind asks, and what only the region's administrator has
        *("not-allowed", "required", "bad-email"),
        # of the caller's own organisation: who manages organisations does not shut itself out
        "own-access",
        # of a request of a family: who may ask on a day, and what of a decision goes with what
        *("in-future", "not-entitled", "not-for-access", "not-about-this-youth", "ground-mismatch"),
        *("ground-required", "ground-not-allowed", "measure-required", "not-partly", "not-granted"),
        "not-concerned",
        *("not-of-this-kind", "correction-mismatch", "has-ended"),
    }
)


def rules_broken(answer: Any) -> frozenset[str]:
    """The codes of every broken rule that an answer tells, a batch's lines included."""
    return frozenset(_codes(answer))


def _codes(answer: Any) -> Iterator[str]:
    if isinstance(answer, dict):
        if {"in", "location", "code"} <= set(answer):
            yield answer["code"]
        for member in answer.values():
            yield from _codes(member)
    elif isinstance(answer, list):
        for member in answer:
            yield from _codes(member)
