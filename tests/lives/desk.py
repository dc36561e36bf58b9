"""What else can be done in a simulated region: changing, handing over, requests of families, other law."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from chalicelib.api.rights_cases import RightsCases
from chalicelib.domain.audit import Act, AuditEntry, IndexItself
from chalicelib.domain.caller import Caller
from chalicelib.domain.dates import amsterdam_day
from chalicelib.domain.legal_profile import LegalProfile
from chalicelib.domain.organisation import OrganisationKind, Scope
from chalicelib.domain.signal import Signal
from chalicelib.matches.decided import DecidePersons
from chalicelib.matches.earlier import FindEarlier
from chalicelib.matching import default_model
from chalicelib.rights.of_youth import FindAllOfYouth
from chalicelib.rights.run import WorkOffAgenda
from chalicelib.security.cursors import Cursors
from chalicelib.signals.change import ChangeSignal
from chalicelib.signals.death import ReportDeath
from chalicelib.signals.erasing import FinishErasures
from chalicelib.signals.open_history import OpenHistory
from chalicelib.signals.remind import RemindOfEnds
from chalicelib.signals.remind_informing import RemindOfInforming
from chalicelib.signals.transfer import TransferSignals
from chalicelib.upkeep.legal_change import ChangeOfLaw
from chalicelib.upkeep.legal_report import FRESH, keep_report, kept_report
from chalicelib.upkeep.recheck import RecheckAddresses
from tests.builders import make_organisation, make_professional
from tests.fakes import FakePseudonyms
from tests.rights_cases import memory_finder, memory_rights
from tests.simulation.quickly import QuickHasher
from tests.simulation.region import EXPIRE, Region

HANDLER: Final = Caller(
    organisation=make_organisation(
        "region", kind=OrganisationKind.ADMINISTRATION, scopes=frozenset({Scope.RIGHTS_HANDLE})
    ),
    scopes=frozenset({Scope.RIGHTS_HANDLE}),
    professional_id="handler",
)
"""Who handles requests of families, and confirms deaths."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Use cases over a region, each as the law is now."""

    region: Region

    def open(self) -> None:
        """Register who handles requests."""
        self.region.storage.organisations.put_professional(make_professional("region", "handler"))
        self.region.state.organisations["region"] = HANDLER.organisation

    @property
    def change(self) -> ChangeSignal:
        """Changing what was given, by its organisation."""
        region = self.region
        return ChangeSignal(
            storage=region.storage,
            hasher=QuickHasher(),
            pseudonyms=FakePseudonyms(),
            names=region.names,
            clock=region.clock,
            legal=region.legal,
        )

    @property
    def transfer(self) -> TransferSignals:
        """Handing over the signals of who leaves."""
        region = self.region
        return TransferSignals(
            storage=region.storage,
            cursors=Cursors(FakePseudonyms()),
            names=region.names,
            clock=region.clock,
        )

    @property
    def rights(self) -> RightsCases:
        """What can be done with requests."""
        region = self.region
        return memory_rights(
            region.storage,
            region.clock,
            region.names,
            QuickHasher(),
            legal=region.legal,
            profile=region.profile,
        )

    @property
    def report_death(self) -> ReportDeath:
        """What a professional says of a youth who died."""
        region = self.region
        hasher = QuickHasher()
        find = memory_finder(region.storage, region.clock, hasher, region.profile)
        return replace(
            region.report_death, find=FindAllOfYouth(earlier=lambda: FindEarlier(self._persons), find=find)
        )

    @property
    def _persons(self) -> DecidePersons:
        region = self.region
        return DecidePersons(
            storage=region.storage,
            hasher=QuickHasher(),
            model=default_model(),
            profile=region.profile,
            today=amsterdam_day(region.clock.now()),
        )

    @property
    def history(self) -> OpenHistory:
        """Opening the archive."""
        region = self.region
        return OpenHistory(
            storage=region.storage,
            find=FindEarlier(self._persons).about_youth_of,
            pseudonyms=FakePseudonyms(),
            names=region.names,
            clock=region.clock,
            legal=region.legal,
        )

    @property
    def finish(self) -> FinishErasures:
        """What the minute function does for erasures."""
        return FinishErasures(storage=self.region.storage, clock=self.region.clock, time_left=lambda: True)

    def spawn_hour(self) -> None:
        """The hourly run, with all that it does (functions/expire.py)."""
        self.region.scheduler.spawn("hour", self._hour, life=EXPIRE)

    def _hour(self) -> None:
        region = self.region
        budget = region.scheduler.time_left
        region.expire(budget=budget)
        region.let_go(budget=budget)
        RemindOfEnds(storage=region.storage, names=region.names, clock=region.clock, legal=region.legal)(
            budget=budget
        )
        RemindOfInforming(storage=region.storage, names=region.names, clock=region.clock, legal=region.legal)(
            budget=budget
        )
        RecheckAddresses(storage=region.storage, clock=region.clock)(budget=budget)
        report = WorkOffAgenda(
            storage=region.storage,
            carry_out=self.rights.file.carry_out,
            names=region.names,
            clock=region.clock,
            legal=region.legal,
        )(budget=budget)
        if report.failed or report.silent:
            raise AssertionError(f"requests were not worked off: {report}")

    def legislate(self, after: LegalProfile) -> tuple[int, int]:
        """Go over to another law, by a report that was reviewed; how many it said, and how many it was.

        Raises AssertionError when the report is not the one that was kept.
        """
        region = self.region
        change = ChangeOfLaw(storage=region.storage, clock=region.clock, before=region.legal, after=after)
        report = change.look(dict)
        keep_report(region.storage.settings, report)
        reviewed = kept_report(region.storage.settings, report.digest)
        if reviewed != report or region.clock.now() - reviewed.at > FRESH:
            raise AssertionError("the report is not what was reviewed")
        region.legal = after
        done = change.apply(self._redated)
        said = report.counts["running that end earlier"] + report.counts["archived that go earlier"]
        if done.failed or not done.complete:
            raise AssertionError(f"the law does not hold for {done.failed}")
        return said, done.redated

    def _redated(self, signal: Signal) -> AuditEntry:
        region = self.region
        return IndexItself().entry(
            Act.SIGNAL_REDATED,
            signal.id,
            at=region.clock.now(),
            token=region.names.token(),
            youth=signal.pseudonym,
        )

    def acting(self, organisation: str, professional: str | None = None) -> Caller:
        """Somebody of a reporting organisation."""
        held = self.region.state.organisations[organisation]
        return replace(
            Caller(organisation=held, scopes=held.scopes, professional_id=None), professional_id=professional
        )
