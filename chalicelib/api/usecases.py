"""What the endpoints call: wiring fills it with the use cases over real storage, tests with fakes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from chalicelib.api.limits import Limits
from chalicelib.api.log import Log
from chalicelib.api.organisation_cases import OrganisationCases
from chalicelib.api.repeats import Repeats
from chalicelib.api.trail_cases import ReadsErasure, ReadsTrail
from chalicelib.domain.caller import Caller
from chalicelib.domain.client_keys import ClientKeys
from chalicelib.domain.death import DeathReport
from chalicelib.domain.organisation import Language
from chalicelib.domain.review import ReviewState, ReviewVerdict
from chalicelib.domain.signal import SignalState
from chalicelib.matches.read import ExplainedMatch, SeenMatch
from chalicelib.ports.errors import StorageError
from chalicelib.ports.storage import OrganisationStore
from chalicelib.reviews.read import SeenReviews
from chalicelib.reviews.seen import SeenReview
from chalicelib.security.token_key import PublicTokenKey
from chalicelib.signals.batch import Outcome
from chalicelib.signals.own_cards import KeepOwnCards
from chalicelib.signals.own_sites import KeepOwnSites
from chalicelib.signals.request import (
    GivenSignal,
    OwnSignal,
    OwnSignals,
    ProfessionalCard,
    RenewalRequest,
    SignalEdit,
    SignalRequest,
)
from chalicelib.signals.searching import SuspectedSearches
from chalicelib.signals.transfer import Transferred
from chalicelib.signals.uninformed import InformingOverview

if TYPE_CHECKING:  # what is seldom asked for is not waited for: a JOSE library, the rights of families
    from chalicelib.api.rights_cases import RightsCases
    from chalicelib.organisations.grant_token import GrantedToken, TokenRequest
    from chalicelib.organisations.keep_keys import GivenKeys
    from chalicelib.signals.inform import Audience, InformationLetter
    from chalicelib.signals.open_history import OpenedHistory

_NOBODY = "nobody"


class GivesSignals(Protocol):
    """:class:`chalicelib.signals.give.GiveSignal`."""

    def __call__(self, caller: Caller, request: SignalRequest, idempotency_key: str | None) -> GivenSignal:
        """Give a signal. Raises SignalRefused, ReferenceInUse, IdempotencyMismatch, StorageBusy."""
        ...


class GivesManySignals(Protocol):
    """:class:`chalicelib.signals.batch.GiveSignals`."""

    def __call__(
        self, caller: Caller, requests: Mapping[int, SignalRequest], idempotency_key: str | None
    ) -> dict[int, Outcome]:
        """Give each line's signal. Raises nothing: an error is the outcome of its line."""
        ...


class ReadsSignals(Protocol):
    """:class:`chalicelib.signals.read.ReadSignals`."""

    def one(self, caller: Caller, signal_id: str) -> OwnSignal:
        """One own signal. Raises SignalNotFound, StorageBusy."""
        ...

    def page(
        self,
        caller: Caller,
        *,
        state: SignalState | None,
        reference: str | None,
        limit: int,
        cursor: str | None,
    ) -> OwnSignals:
        """A page of own signals. Raises CursorRefused, StorageBusy."""
        ...


class ChangesSignals(Protocol):
    """:class:`chalicelib.signals.change.ChangeSignal`."""

    def __call__(
        self, caller: Caller, signal_id: str, edit: SignalEdit, revisions: Collection[int] | None
    ) -> OwnSignal:
        """Change. Raises SignalNotFound, SignalAlreadyEnded, SignalRevised, SignalRefused, StorageBusy."""
        ...


class EndsSignals(Protocol):
    """:class:`chalicelib.signals.end.EndSignal`."""

    def close(self, caller: Caller, signal_id: str) -> OwnSignal:
        """Close. Raises SignalNotFound, SignalAlreadyEnded, StorageBusy."""
        ...

    def retract(self, caller: Caller, signal_id: str) -> OwnSignal:
        """Retract. Raises SignalNotFound, SignalAlreadyEnded, StorageBusy."""
        ...


class RenewsSignals(Protocol):
    """:class:`chalicelib.signals.renew.RenewSignal`."""

    def __call__(self, caller: Caller, signal_id: str, wanted: RenewalRequest) -> GivenSignal:
        """Renew. Raises SignalNotFound, SignalAlreadyEnded, SignalRestricted, SignalRefused, ReferenceInUse.

        StorageBusy too.
        """
        ...


class TransfersSignals(Protocol):
    """:class:`chalicelib.signals.transfer.TransferSignals`."""

    def __call__(
        self, caller: Caller, leaver: str, to: str | ProfessionalCard, cursor: str | None
    ) -> Transferred:
        """Hand over. Raises ProfessionalNotFound, SignalRefused, CursorRefused, StorageBusy."""
        ...


class ReportsDeaths(Protocol):
    """:class:`chalicelib.signals.death.ReportDeath`."""

    def __call__(self, caller: Caller, signal_id: str) -> OwnSignal:
        """Report. Raises SignalNotFound, SignalAlreadyEnded, StorageBusy."""
        ...


class ConfirmsDeaths(Protocol):
    """:class:`chalicelib.signals.death.ConfirmDeath`."""

    def page(
        self, caller: Caller, *, limit: int, cursor: str | None
    ) -> tuple[tuple[DeathReport, ...], str | None]:
        """A page of the reports, and what starts the next. Raises CursorRefused, StorageBusy."""
        ...

    def confirm(self, caller: Caller, signal_id: str) -> DeathReport:
        """Confirm, and erase. Raises DeathReportNotFound, StorageBusy."""
        ...


class ReadsMatches(Protocol):
    """:class:`chalicelib.matches.read.ReadMatches`."""

    def of_signal(self, caller: Caller, signal_id: str) -> tuple[SeenMatch, ...]:
        """The matches of an own signal. Raises SignalNotFound, StorageBusy."""
        ...

    def one(self, caller: Caller, match_id: str) -> SeenMatch:
        """One match. Raises MatchNotFound, StorageBusy."""
        ...

    def explanation(self, caller: Caller, match_id: str) -> ExplainedMatch:
        """Why it was made. Raises MatchNotFound, StorageBusy."""
        ...


class ReadsReviews(Protocol):
    """:class:`chalicelib.reviews.read.ReadReviews`."""

    def one(self, caller: Caller, review_id: str) -> SeenReview:
        """One review. Raises ReviewNotFound, StorageBusy."""
        ...

    def page(self, caller: Caller, *, state: ReviewState, limit: int, cursor: str | None) -> SeenReviews:
        """A page of reviews. Raises CursorRefused, StorageBusy."""
        ...


class DecidesReviews(Protocol):
    """:class:`chalicelib.reviews.decide.DecideReview`."""

    def give(
        self, caller: Caller, review_id: str, verdict: ReviewVerdict, revisions: Collection[int] | None = None
    ) -> SeenReview:
        """Give a verdict. Raises ReviewNotFound, ReviewRevised, ReviewClosed, StorageBusy."""
        ...

    def undo(self, caller: Caller, review_id: str, revisions: Collection[int] | None = None) -> SeenReview:
        """Take it back. Raises ReviewNotFound, ReviewRevised, ReviewClosed, StorageBusy."""
        ...


class AsksConfirmation(Protocol):
    """:class:`chalicelib.reviews.ask.AskConfirmation`."""

    def __call__(self, caller: Caller, review_id: str) -> SeenReview:
        """Ask both sides. Raises ReviewNotFound, ReviewClosed, StorageBusy."""
        ...


class SignsIn(Protocol):
    """:class:`chalicelib.api.sign_in.SignIn`."""

    def __call__(self, request: TokenRequest) -> GrantedToken:
        """A token. Raises OAuthRefusal, StorageBusy."""
        ...

    def refuse(self, reason: str, organisation_id: str | None, request_id: str | None) -> None:
        """Log and write down that somebody was refused. Raises StorageBusy."""
        ...


class KeepsKeys(Protocol):
    """:class:`chalicelib.organisations.keep_keys.KeepKeys`."""

    def read(self, caller: Caller, organisation_id: str) -> ClientKeys:
        """The keys. Raises OrganisationNotFound, StorageBusy."""
        ...

    def replace(
        self, caller: Caller, organisation_id: str, given: GivenKeys, revisions: Collection[int] | None
    ) -> ClientKeys:
        """Replace them. Raises OrganisationNotFound, OrganisationRefused, KeysRevised, StorageBusy."""
        ...


class TellsTokenKeys(Protocol):
    """:class:`chalicelib.security.token_key.TokenKey`."""

    def all(self) -> tuple[PublicTokenKey, ...]:
        """The public halves of all keys that access tokens are verified with. Raises StorageBusy."""


class ListsUninformed(Protocol):
    """:class:`chalicelib.signals.uninformed.ListUninformed`."""

    def __call__(self, caller: Caller, *, limit: int, cursor: str | None) -> InformingOverview:
        """Whom still has to be informed. Raises CursorRefused, StorageBusy."""
        ...


class OpensHistory(Protocol):
    """:class:`chalicelib.signals.open_history.OpenHistory`."""

    def __call__(self, caller: Caller, signal_id: str, idempotency_key: str | None) -> OpenedHistory:
        """Open. Raises SignalNotFound, SignalAlreadyEnded, SignalRestricted, HistoryClosed, StorageBusy."""
        ...


class WritesInformationLetters(Protocol):
    """:class:`chalicelib.signals.inform.WriteInformationLetter`."""

    def __call__(self, caller: Caller, audience: Audience, language: Language) -> InformationLetter:
        """The letter to a family. Raises StorageBusy."""
        ...


class ListsSearches(Protocol):
    """:class:`chalicelib.signals.searching.ListSearches`."""

    def __call__(self, caller: Caller, *, limit: int, cursor: str | None) -> SuspectedSearches:
        """A page of who has to be looked at. Raises CursorRefused, StorageBusy."""
        ...


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
