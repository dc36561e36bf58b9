"""Use cases of signals that most requests do not ask for: each imported and put together when one does."""
# ruff: noqa: PLC0415

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chalicelib.ports.world import IndexHasher, Pseudonyms
from chalicelib.security.cursors import Cursors
from chalicelib.signals.give import GiveSignal
from chalicelib.wiring import base
from chalicelib.wiring.later import later

if TYPE_CHECKING:
    from chalicelib.api.signal_cases import (
        ChangesSignals,
        ConfirmsDeaths,
        EndsSignals,
        ListsSearches,
        ListsUninformed,
        OpensHistory,
        RenewsSignals,
        ReportsDeaths,
        TransfersSignals,
        WritesInformationLetters,
    )
    from chalicelib.signals.own_cards import KeepOwnCards
    from chalicelib.signals.own_sites import KeepOwnSites


@dataclass(frozen=True, slots=True)
class AboutSignals:
    """Over this stage's storage, besides ``give``."""

    pseudonyms: Pseudonyms
    hasher: IndexHasher
    give: GiveSignal

    @later
    def change_signal(self) -> ChangesSignals:
        """Changing a signal."""
        from chalicelib.signals.change import ChangeSignal

        return ChangeSignal(
            hasher=self.hasher,
            pseudonyms=self.pseudonyms,
            storage=base.storage(),
            names=base.names(),
            clock=base.clock(),
            legal=base.settings().legal,
        )

    @later
    def end_signal(self) -> EndsSignals:
        """Closing and retracting."""
        from chalicelib.wiring.ending import end_signal

        return end_signal(self.hasher)

    @later
    def renew_signal(self) -> RenewsSignals:
        """Renewing a signal."""
        from chalicelib.signals.renew import RenewSignal

        return RenewSignal(
            give=self.give,
            storage=base.storage(),
            names=base.names(),
            clock=base.clock(),
            stage_code=base.settings().stage_code,
        )

    @later
    def transfer_signals(self) -> TransfersSignals:
        """Moving what somebody leaves behind."""
        from chalicelib.signals.transfer import TransferSignals

        return TransferSignals(
            storage=base.storage(), cursors=Cursors(self.pseudonyms), names=base.names(), clock=base.clock()
        )

    @later
    def list_uninformed(self) -> ListsUninformed:
        """Of whom the family was not told yet."""
        from chalicelib.signals.uninformed import ListUninformed

        return ListUninformed(
            storage=base.storage(),
            cursors=Cursors(self.pseudonyms),
            names=base.names(),
            clock=base.clock(),
            legal=base.settings().legal,
        )

    @later
    def list_searches(self) -> ListsSearches:
        """Retractions after a look."""
        from chalicelib.signals.searching import ListSearches

        return ListSearches(
            storage=base.storage(), cursors=Cursors(self.pseudonyms), names=base.names(), clock=base.clock()
        )

    @later
    def own_cards(self) -> KeepOwnCards:
        """The organisation's contact cards."""
        from chalicelib.signals.own_cards import KeepOwnCards

        return KeepOwnCards(
            storage=base.storage(), cursors=Cursors(self.pseudonyms), names=base.names(), clock=base.clock()
        )

    @later
    def own_sites(self) -> KeepOwnSites:
        """The organisation's sites."""
        from chalicelib.signals.own_sites import KeepOwnSites

        return KeepOwnSites(
            storage=base.storage(), cursors=Cursors(self.pseudonyms), names=base.names(), clock=base.clock()
        )

    @later
    def open_history(self) -> OpensHistory:
        """Opening the archive."""
        from chalicelib.wiring.histories import open_history

        return open_history(self.pseudonyms, self.hasher)

    @later
    def report_death(self) -> ReportsDeaths:
        """Reporting that a youth died."""
        from chalicelib.wiring.deaths import report_death

        return report_death(self.hasher)

    @later
    def confirm_death(self) -> ConfirmsDeaths:
        """What the administrator does with such a report."""
        from chalicelib.wiring.deaths import confirm_death

        return confirm_death(self.pseudonyms)

    @later
    def information_letter(self) -> WritesInformationLetters:
        """Letters to families."""
        from chalicelib.wiring.letters import information_letter

        return information_letter()
