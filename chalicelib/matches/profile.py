"""How a region matches, by its law."""

from __future__ import annotations

from chalicelib.domain.legal_profile import LegalProfile
from chalicelib.matching import MatchingProfile


def profile_of(legal: LegalProfile) -> MatchingProfile:
    """The settings of the matching core under a legal profile (D12, D13)."""
    return MatchingProfile(address_match=legal.address_match, address_alone=legal.address_alone)
