"""Oversight, put together."""

from __future__ import annotations

from chalicelib.organisations.read_erasure import ReadErasure
from chalicelib.organisations.read_trail import ReadTrail
from chalicelib.ports.world import Pseudonyms
from chalicelib.security.cursors import Cursors
from chalicelib.wiring import base


def read_trail(pseudonyms: Pseudonyms) -> ReadTrail:
    """Reading the audit trail of this stage."""
    return ReadTrail(
        storage=base.storage(), cursors=Cursors(pseudonyms), names=base.names(), clock=base.clock()
    )


def read_erasure() -> ReadErasure:
    """Reading the certificates of this stage."""
    return ReadErasure(storage=base.storage(), names=base.names(), clock=base.clock())
