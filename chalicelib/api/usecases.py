"""What the endpoints call: wiring fills it with the use cases over real storage, tests with fakes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from chalicelib.api.limits import Limits
from chalicelib.api.log import Log
from chalicelib.api.match_cases import AsksConfirmation, DecidesReviews, ReadsMatches, ReadsReviews
from chalicelib.api.repeats import Repeats
from chalicelib.api.sign_in_cases import KeepsKeys, SignsIn, TellsTokenKeys
from chalicelib.api.signal_cases import (
    ChangesSignals,
    ConfirmsDeaths,
    EndsSignals,
    GivesManySignals,
    GivesSignals,
    ListsSearches,
    ListsUninformed,
    OpensHistory,
    ReadsSignals,
    RenewsSignals,
    ReportsDeaths,
    TransfersSignals,
    WritesInformationLetters,
)
from chalicelib.api.trail_cases import ReadsErasure, ReadsTrail
from chalicelib.ports.errors import StorageError
from chalicelib.ports.storage import OrganisationStore

if TYPE_CHECKING:  # what is seldom asked for is not waited for
    from chalicelib.api.organisation_cases import OrganisationCases
    from chalicelib.api.rights_cases import RightsCases
    from chalicelib.signals.own_cards import KeepOwnCards
    from chalicelib.signals.own_sites import KeepOwnSites

_NOBODY = "nobody"


class TellsHealth(Protocol):
    """:class:`TablesAnswer`."""

    def __call__(self) -> bool:
        """Whether storage answers now."""
        ...


@dataclass(frozen=True, slots=True)
class TablesAnswer:
    """Asks the tables for something that is not there: cheap, consistent, and it touches nobody."""

    organisations: OrganisationStore

    def __call__(self) -> bool:
        """Whether storage answers now."""
        try:
            self.organisations.get(_NOBODY)
        except StorageError:
            return False
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class UseCases:
    """All that the endpoints can do."""

    give_signal: GivesSignals
    give_signals: GivesManySignals
    read_signals: ReadsSignals
    change_signal: ChangesSignals
    end_signal: EndsSignals
    list_uninformed: ListsUninformed
    open_history: OpensHistory
    information_letter: WritesInformationLetters
    renew_signal: RenewsSignals
    transfer_signals: TransfersSignals
    report_death: ReportsDeaths
    confirm_death: ConfirmsDeaths
    list_searches: ListsSearches
    read_trail: ReadsTrail
    read_erasure: ReadsErasure
    read_matches: ReadsMatches
    read_reviews: ReadsReviews
    decide_review: DecidesReviews
    ask_confirmation: AsksConfirmation
    organisations: OrganisationCases
    rights: Callable[[], RightsCases]
    sign_in: SignsIn
    keep_keys: KeepsKeys
    token_keys: TellsTokenKeys
    own_cards: KeepOwnCards
    own_sites: KeepOwnSites
    tables_answer: TellsHealth
    issuer: str
    """Of access tokens."""
    base_url: str
    """The public base of the stage, ``…/v1``: links come from here, never from the Host header."""
    documentation_url: str
    """Where problems are documented."""
    repeats: Repeats
    limits: Limits
    log: Log
