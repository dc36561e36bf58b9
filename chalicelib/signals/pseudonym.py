"""What the trail calls a youth: a keyed hash that says nothing without our secret (D39)."""

from __future__ import annotations

from typing import Final

from chalicelib.matching import Youth
from chalicelib.ports.world import Pseudonyms

_PURPOSE: Final = "youth"


def youth_pseudonym(youth: Youth, signal_id: str, pseudonyms: Pseudonyms) -> str:
    """Of the BSN, the same in every signal that holds it; without a BSN of the signal alone.

    Nothing else of a youth goes in: names that are written otherwise would tell two of one, and names
    that are common one of two.
    """
    whose = f"signal:{signal_id}" if youth.bsn is None else f"bsn:{youth.bsn}"
    return pseudonyms.digest(_PURPOSE, whose)[:32]
