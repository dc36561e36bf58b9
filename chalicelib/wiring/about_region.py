"""Use cases besides signals: each imported and put together when a request first asks for it."""
# ruff: noqa: PLC0415

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chalicelib.ports.world import IndexHasher, Pseudonyms
from chalicelib.security.cursors import Cursors
from chalicelib.wiring import base
from chalicelib.wiring.later import later

if TYPE_CHECKING:
    from chalicelib.api.match_cases import AsksConfirmation, DecidesReviews, ReadsMatches, ReadsReviews
    from chalicelib.api.organisation_cases import OrganisationCases
    from chalicelib.api.rights_cases import RightsCases
    from chalicelib.api.sign_in_cases import KeepsKeys, SignsIn
    from chalicelib.api.trail_cases import ReadsErasure, ReadsTrail


@dataclass(frozen=True, slots=True)
class AboutRegion:
    """Over this stage's storage: matches, doubts, organisations, oversight and rights."""

    pseudonyms: Pseudonyms
    hasher: IndexHasher

    @later
    def read_matches(self) -> ReadsMatches:
        """Who else is involved."""
        from chalicelib.matches.read import ReadMatches

        return ReadMatches(storage=base.storage(), names=base.names(), clock=base.clock())

    @later
    def read_reviews(self) -> ReadsReviews:
        """Doubtful pairs."""
        from chalicelib.reviews.read import ReadReviews

        return ReadReviews(
            storage=base.storage(), cursors=Cursors(self.pseudonyms), names=base.names(), clock=base.clock()
        )

    @later
    def decide_review(self) -> DecidesReviews:
        """Deciding on a doubtful pair."""
        from chalicelib.reviews.decide import DecideReview

        return DecideReview(storage=base.storage(), names=base.names(), clock=base.clock())

    @later
    def ask_confirmation(self) -> AsksConfirmation:
        """Asking organisations to look at their records."""
        from chalicelib.reviews.ask import AskConfirmation

        return AskConfirmation(storage=base.storage(), names=base.names(), clock=base.clock())

    @later
    def read_trail(self) -> ReadsTrail:
        """Reading the audit trail."""
        from chalicelib.wiring.trail import read_trail

        return read_trail(self.pseudonyms)

    @later
    def read_erasure(self) -> ReadsErasure:
        """Reading certificates."""
        from chalicelib.wiring.trail import read_erasure

        return read_erasure()

    @later
    def organisations(self) -> OrganisationCases:
        """What is done with organisations."""
        from chalicelib.wiring.organisations import organisation_cases

        return organisation_cases(self.pseudonyms, self.hasher)

    @later
    def sign_in(self) -> SignsIn:
        """Access tokens."""
        from chalicelib.wiring.sign_in import sign_in

        return sign_in(self.pseudonyms)

    @later
    def keep_keys(self) -> KeepsKeys:
        """Organisations' keys."""
        from chalicelib.wiring.sign_in import keep_keys

        return keep_keys()

    def rights(self) -> RightsCases:
        """Requests of families."""
        from chalicelib.wiring.rights import rights_cases

        return rights_cases(self.pseudonyms, self.hasher)
