"""The unique names that a signal takes: its number, its reference, and the key of its request."""

from __future__ import annotations

from chalicelib.domain.signal import Signal
from chalicelib.ports.world import Pseudonyms


def signal_number_name(number: str) -> str:
    """Taken for good: a number on paper never comes to mean another signal."""
    return f"signal-number#{number}"


def reference_name(organisation_id: str, reference: str) -> str:
    """Taken while the signal has not ended."""
    return f"reference#{organisation_id}#{reference}"


def reference_of(signal: Signal) -> str:
    """The name of a signal's own reference."""
    return reference_name(signal.organisation_id, signal.reference)


def idempotency_name(organisation_id: str, key: str, pseudonyms: Pseudonyms) -> str:
    """Taken for 24 hours; the key is hashed, for it is whatever a system chose."""
    return f"idempotency#{organisation_id}#{pseudonyms.digest('idempotency-key', key)}"
