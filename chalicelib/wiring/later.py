"""What few requests need, put together when one does: no other request waits for it."""
# ruff: noqa: PLC0415

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chalicelib.ports.world import IndexHasher, Pseudonyms

if TYPE_CHECKING:
    from chalicelib.api.rights_cases import RightsCases
    from chalicelib.api.sign_in import SignIn
    from chalicelib.domain.caller import Caller
    from chalicelib.domain.client_keys import ClientKeys
    from chalicelib.domain.death import DeathReport
    from chalicelib.domain.erasure import ErasureCertificate
    from chalicelib.domain.organisation import Language
    from chalicelib.organisations.grant_token import GrantedToken, TokenRequest
    from chalicelib.organisations.keep_keys import GivenKeys
    from chalicelib.organisations.read_trail import TrailEntries, TrailQuestion
    from chalicelib.ports.world import IndexHasher
    from chalicelib.signals.inform import Audience, InformationLetter
    from chalicelib.signals.open_history import OpenedHistory
    from chalicelib.signals.request import OwnSignal


@dataclass(frozen=True, slots=True)
class LaterSignIn:
    """As :class:`chalicelib.api.sign_in.SignIn`."""

    pseudonyms: Pseudonyms

    def __call__(self, request: TokenRequest) -> GrantedToken:
        """A token. Raises OAuthRefusal, StorageBusy."""
        return self._now()(request)

    def refuse(self, reason: str, organisation_id: str | None, request_id: str | None) -> None:
        """Log and write down that somebody was refused. Raises StorageBusy."""
        self._now().refuse(reason, organisation_id, request_id)

    def _now(self) -> SignIn:
        from chalicelib.wiring.sign_in import sign_in

        return sign_in(self.pseudonyms)


@dataclass(frozen=True, slots=True)
class LaterKeys:
    """As :class:`chalicelib.organisations.keep_keys.KeepKeys`."""

    def read(self, caller: Caller, organisation_id: str) -> ClientKeys:
        """The keys. Raises OrganisationNotFound, StorageBusy."""
        from chalicelib.wiring.sign_in import keep_keys

        return keep_keys().read(caller, organisation_id)

    def replace(
        self, caller: Caller, organisation_id: str, given: GivenKeys, revisions: Collection[int] | None
    ) -> ClientKeys:
        """Replace them. Raises OrganisationNotFound, OrganisationRefused, KeysRevised, StorageBusy."""
        from chalicelib.wiring.sign_in import keep_keys

        return keep_keys().replace(caller, organisation_id, given, revisions)


@dataclass(frozen=True, slots=True)
class LaterHistory:
    """As :class:`chalicelib.signals.open_history.OpenHistory`."""

    pseudonyms: Pseudonyms
    hasher: IndexHasher

    def __call__(self, caller: Caller, signal_id: str, idempotency_key: str | None) -> OpenedHistory:
        """Open. Raises SignalNotFound, SignalAlreadyEnded, SignalRestricted, HistoryClosed, StorageBusy."""
        from chalicelib.wiring.histories import open_history

        return open_history(self.pseudonyms, self.hasher)(caller, signal_id, idempotency_key)


@dataclass(frozen=True, slots=True)
class LaterDeathReport:
    """As :class:`chalicelib.signals.death.ReportDeath`."""

    hasher: IndexHasher

    def __call__(self, caller: Caller, signal_id: str) -> OwnSignal:
        """Report. Raises SignalNotFound, SignalAlreadyEnded, StorageBusy."""
        from chalicelib.wiring.deaths import report_death

        return report_death(self.hasher)(caller, signal_id)


@dataclass(frozen=True, slots=True)
class LaterDeathConfirmation:
    """As :class:`chalicelib.signals.death.ConfirmDeath`."""

    pseudonyms: Pseudonyms

    def page(
        self, caller: Caller, *, limit: int, cursor: str | None
    ) -> tuple[tuple[DeathReport, ...], str | None]:
        """A page of the reports. Raises CursorRefused, StorageBusy."""
        from chalicelib.wiring.deaths import confirm_death

        return confirm_death(self.pseudonyms).page(caller, limit=limit, cursor=cursor)

    def confirm(self, caller: Caller, signal_id: str) -> DeathReport:
        """Confirm. Raises DeathReportNotFound, StorageBusy."""
        from chalicelib.wiring.deaths import confirm_death

        return confirm_death(self.pseudonyms).confirm(caller, signal_id)


@dataclass(frozen=True, slots=True)
class LaterTrail:
    """As :class:`chalicelib.organisations.read_trail.ReadTrail`."""

    pseudonyms: Pseudonyms

    def __call__(
        self, caller: Caller, question: TrailQuestion, *, limit: int, cursor: str | None
    ) -> TrailEntries:
        """A page of the trail. Raises OrganisationNotFound, CursorRefused, StorageBusy."""
        from chalicelib.wiring.trail import read_trail

        return read_trail(self.pseudonyms)(caller, question, limit=limit, cursor=cursor)


@dataclass(frozen=True, slots=True)
class LaterErasure:
    """As :class:`chalicelib.organisations.read_erasure.ReadErasure`."""

    def __call__(self, caller: Caller, signal_id: str) -> ErasureCertificate:
        """The certificate. Raises ErasureNotFound, StorageBusy."""
        from chalicelib.wiring.trail import read_erasure

        return read_erasure()(caller, signal_id)


@dataclass(frozen=True, slots=True)
class LaterLetters:
    """As :class:`chalicelib.signals.inform.WriteInformationLetter`."""

    def __call__(self, caller: Caller, audience: Audience, language: Language) -> InformationLetter:
        """The letter. Raises StorageBusy."""
        from chalicelib.wiring.letters import information_letter

        return information_letter()(caller, audience, language)


@dataclass(frozen=True, slots=True)
class LaterRights:
    """The use cases of requests of families."""

    pseudonyms: Pseudonyms
    hasher: IndexHasher

    def __call__(self) -> RightsCases:
        """Them, over this stage's storage."""
        from chalicelib.wiring.rights import rights_cases

        return rights_cases(self.pseudonyms, self.hasher)
