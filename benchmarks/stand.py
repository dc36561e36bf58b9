"""A stage deployed for measuring: its own embedded AWS, taken down afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.inside import Inside, inside
from chalicelib.domain.organisation import Domain, OrganisationKind
from chalicelib.organisations.registration import Registration
from examples.demonstration.calls import Organisation
from examples.demonstration.enrolment import Enrolment
from examples.demonstration.quiet import Workload
from infra.account import Account, open_account
from infra.deploy import deploy
from infra.emulator import Emulator
from infra.emulator.brakes import Brakes
from infra.operators.desk import open_desk
from infra.stages import LOCAL_STAGE, stage_named


@dataclass(frozen=True, slots=True)
class Stand:
    """The running stage.

    ``bundle`` is the size of the functions' package in bytes; in ``watch`` the embedded AWS tells what keeps
    it busy.
    """

    account: Account
    emulator: Emulator
    enrolment: Enrolment
    base_url: str
    bundle: int
    watch: Path | None

    def inside(self, start: float, end: float) -> Inside:
        """What the embedded AWS told of itself between two moments, in seconds since 1970."""
        if self.watch is None:
            return Inside()
        return inside(self.watch, self.account.stage.prefix, start, end)

    @property
    def workload(self) -> Workload:
        """To wait until all is quiet."""
        return Workload(self.account)

    def organisation(self, organisation_id: str) -> Organisation:
        """Register an organisation that may use the BSN, and give its way in."""
        registration = Registration(
            id=organisation_id,
            name=f"Organisation {organisation_id}",
            kind=OrganisationKind.REPORTING,
            domains=(Domain.YOUTH_HELP,),
            may_use_bsn=True,
            email_domains=(f"{organisation_id}.example",),
        )
        self.enrolment.desk.register(registration, operator="benchmark")
        return Organisation(self.base_url, self.enrolment.tokens(organisation_id))


@contextmanager
def standing(watch: Path | None = None, brakes: Path | None = None) -> Iterator[Stand]:
    """Start, deploy, hand over, take down.

    Args:
        watch: where the embedded AWS tells of itself, if at all.
        brakes: where it is told by how much parts are slowed (`infra.emulator.brakes`); none are at first.
    """
    stage = stage_named(LOCAL_STAGE)
    if brakes is not None:
        Brakes().put(brakes)
    with (
        TemporaryDirectory() as folder,
        Emulator(region=stage.region, home=Path(folder), watch=watch, brakes=brakes) as emulator,
    ):
        account = open_account(stage, Path(folder))
        outcome = deploy(account, lambda _: None)
        enrolment = Enrolment(open_desk(account))
        yield Stand(account, emulator, enrolment, outcome.base_url, outcome.bundle_bytes, watch)
