"""A simulated region: its stores, its functions and the streams between them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from chalicelib.api.rights_cases import RightsCases
from chalicelib.domain.audit import SYSTEM, Act, AuditEntry
from chalicelib.domain.dates import amsterdam_day
from chalicelib.domain.legal_profile import DUTCH_DEFAULT, LegalProfile
from chalicelib.domain.organisation import Organisation, OrganisationKind, Professional
from chalicelib.functions.records import each_changed
from chalicelib.matches.decided import DecidePersons
from chalicelib.matches.earlier import FindEarlier
from chalicelib.matches.reconcile import Reconcile
from chalicelib.matching import MatchingProfile, default_model
from chalicelib.notices.deliver import Deliver
from chalicelib.organisations.exclude_address import ExcludeAddress
from chalicelib.organisations.trail import OperatorTrail
from chalicelib.ports.storage import Storage
from chalicelib.reviews.decide import DecideReview
from chalicelib.rights.of_youth import FindAllOfYouth
from chalicelib.rights.run import WorkOffAgenda
from chalicelib.security.cursors import Cursors
from chalicelib.security.hashing import FIRST_KEYSET
from chalicelib.signals.archiving import Archiving
from chalicelib.signals.death import ConfirmDeath, ReportDeath
from chalicelib.signals.end import EndSignal
from chalicelib.signals.erase import EraseSignal
from chalicelib.signals.expire import ExpireSignals
from chalicelib.signals.give import GiveSignal
from chalicelib.signals.let_go import LetGo
from chalicelib.signals.renew import RenewSignal
from chalicelib.upkeep.recheck import RecheckAddresses
from chalicelib.upkeep.sweep import Sweep
from tests.builders import STAGE_CODE, make_organisation, make_professional
from tests.fakes import FakeNames, FakePseudonyms, FixedClock
from tests.rights_cases import memory_finder, memory_rights
from tests.simulation.post import Post
from tests.simulation.quickly import QuickHasher
from tests.simulation.scheduling import Scheduler
from tests.simulation.stores import SteppedState
from tests.simulation.variant import Variant
from tests.unit.notices.scene import REGION

PROFESSIONALS = (("school", "p1"), ("school", "p2"), ("ggd", "p1"), ("debt", "p1"), ("police", "p1"))
SUPERVISOR = "utrecht#regie"
MOST_TRIES = 6
"""How often a stream hands over a record that fails, before it goes to the dead letters."""

API, MATCH, DELIVER, SWEEP, EXPIRE = (timedelta(seconds=one) for one in (29, 120, 120, 55, 900))
"""How long each function may run (infra/functions.py)."""


@dataclass(slots=True)
class Region:
    """Everything that is deployed, over one set of stores."""

    storage: Storage
    state: SteppedState
    clock: FixedClock
    scheduler: Scheduler
    post: Post
    names: FakeNames
    variant: Variant
    profile: MatchingProfile = field(default_factory=MatchingProfile)
    legal: LegalProfile = DUTCH_DEFAULT
    tries: dict[str, int] = field(default_factory=dict)
    sequence: int = 0
    rotates: bool = False

    def found(self) -> None:
        """Register the organisations and the supervisor of Utrecht."""
        for name, who in PROFESSIONALS:
            self._register(
                make_organisation(
                    name, may_use_bsn=name != "police", topic_arn=f"arn:{name}" if name != "debt" else None
                ),
                make_professional(name, who),
            )
        self._register(
            make_organisation("utrecht", kind=OrganisationKind.SUPERVISION),
            make_professional("utrecht", "regie"),
        )
        self.storage.organisations.set_supervisor("0344", SUPERVISOR)

    @property
    def in_use(self) -> tuple[str, ...]:
        """The key sets that are written."""
        return self.state.keysets.written if self.state.keysets is not None else (FIRST_KEYSET,)

    def _register(self, organisation: Organisation, professional: Professional) -> None:
        known = self.storage.organisations.get(organisation.id)
        if known is None:
            audit = AuditEntry.of(
                Act.ORGANISATION_REGISTERED,
                organisation.id,
                organisation_id=SYSTEM,
                professional_id=None,
                at=self.clock.now(),
                token=organisation.id,
            )
            self.storage.organisations.put(organisation, previous_revision=None, audit=audit)
        self.state.organisations[organisation.id] = organisation
        self.storage.organisations.put_professional(professional)

    @property
    def reconcile(self) -> Reconcile:
        """The use case of the match function."""
        return self.variant.reconcile(
            storage=self.storage,
            hasher=QuickHasher(),
            names=self.names,
            clock=self.clock,
            model=default_model(),
            profile=self.profile,
            stage_code=STAGE_CODE,
            same_organisation=False,
            time_left=self.scheduler.time_left,
        )

    @property
    def deliver(self) -> Deliver:
        """The use case of the deliver function."""
        return self.variant.deliver(
            storage=self.storage,
            mailer=self.post,
            events=self.post,
            names=self.names,
            clock=self.clock,
            region=REGION,
            legal=self.legal,
            time_left=self.scheduler.time_left,
        )

    @property
    def sweep(self) -> Sweep:
        """The minute function."""
        return self.variant.sweep(
            storage=self.storage,
            clock=self.clock,
            reconcile=self.reconcile,
            deliver=self.deliver,
            time_left=self.scheduler.time_left,
        )

    @property
    def expire(self) -> ExpireSignals:
        """The run that ends what is over."""
        return ExpireSignals(
            storage=self.storage, names=self.names, clock=self.clock, archiving=self.archiving
        )

    @property
    def let_go(self) -> LetGo:
        """The run that lets signals go from the archive."""
        return LetGo(storage=self.storage, names=self.names, clock=self.clock, erase=self.erase)

    @property
    def archiving(self) -> Archiving:
        """What the archive keeps."""
        return Archiving(settings=self.storage.settings, hasher=QuickHasher(), legal=self.legal)

    @property
    def give(self) -> GiveSignal:
        """What an organisation calls."""
        return GiveSignal(
            storage=self.storage,
            hasher=QuickHasher(),
            pseudonyms=FakePseudonyms(),
            names=self.names,
            clock=self.clock,
            legal=self.legal,
        )

    @property
    def end(self) -> EndSignal:
        """Closing and retracting."""
        return EndSignal(storage=self.storage, names=self.names, clock=self.clock, archiving=self.archiving)

    @property
    def renew(self) -> RenewSignal:
        """Letting a new signal take another's place."""
        return RenewSignal(
            storage=self.storage, give=self.give, names=self.names, clock=self.clock, stage_code=STAGE_CODE
        )

    @property
    def rights(self) -> RightsCases:
        """What requests of families lead to."""
        return memory_rights(
            self.storage,
            self.clock,
            self.names,
            QuickHasher(),
            profile=self.profile,
            legal=self.legal,
        )

    @property
    def agenda(self) -> WorkOffAgenda:
        """The run that finishes what requests still want."""
        return WorkOffAgenda(
            storage=self.storage,
            carry_out=self.rights.file.carry_out,
            names=self.names,
            clock=self.clock,
            legal=self.legal,
        )

    @property
    def report_death(self) -> ReportDeath:
        """What a professional says of a youth who died."""
        persons = DecidePersons(
            storage=self.storage,
            hasher=QuickHasher(),
            model=default_model(),
            profile=self.profile,
            today=amsterdam_day(self.clock.now()),
        )
        find = FindAllOfYouth(
            earlier=lambda: FindEarlier(persons),
            find=memory_finder(self.storage, self.clock, QuickHasher(), self.profile),
        )
        return ReportDeath(storage=self.storage, erase=self.erase, find=find, clock=self.clock)

    @property
    def confirm_death(self) -> ConfirmDeath:
        """What the region's administrator answers."""
        cursors = Cursors(FakePseudonyms())
        return ConfirmDeath(
            storage=self.storage, erase=self.erase, cursors=cursors, names=self.names, clock=self.clock
        )

    @property
    def erase(self) -> EraseSignal:
        """Leaving nothing of a signal."""
        return EraseSignal(storage=self.storage, names=self.names, clock=self.clock, legal=self.legal)

    @property
    def decide(self) -> DecideReview:
        """Where people look at doubtful pairs."""
        return DecideReview(storage=self.storage, names=self.names, clock=self.clock)

    @property
    def exclude(self) -> ExcludeAddress:
        """What an operator calls."""
        trail = OperatorTrail(names=self.names, clock=self.clock)
        return ExcludeAddress(storage=self.storage, hasher=QuickHasher(), trail=trail, clock=self.clock)

    @property
    def recheck(self) -> RecheckAddresses:
        """The run that looks at addresses on the days of their entries."""
        return RecheckAddresses(storage=self.storage, clock=self.clock)

    def spawn_sweep(self) -> None:
        """A minute has passed."""
        self.scheduler.spawn("sweep", self.sweep, life=SWEEP)

    def spawn_expire(self) -> None:
        """The schedule says so."""

        def run() -> None:
            self.expire(budget=self.scheduler.time_left)
            self.let_go(budget=self.scheduler.time_left)
            self.agenda(budget=self.scheduler.time_left)
            if self.rotates:
                self.recheck(budget=self.scheduler.time_left)

        self.scheduler.spawn("expire", run, life=EXPIRE)

    def spawn_match(self, signal_ids: Iterable[str]) -> None:
        """A batch of the signals' stream."""
        self._spawn_batch("match", "signalId", tuple(signal_ids), self.reconcile, MATCH)

    def spawn_deliver(self, receivers: Iterable[str]) -> None:
        """A batch of the outbox's stream."""
        self._spawn_batch("deliver", "receiver", tuple(receivers), self.deliver, DELIVER)

    def _spawn_batch(
        self, name: str, key: str, keys: tuple[str, ...], act: Callable[[str], object], life: timedelta
    ) -> None:
        """Hand a batch over as Lambda does, and again what failed, or all of it after a crash."""
        if not keys:
            return
        self.sequence += 1
        event = {
            "Records": [
                {"dynamodb": {"Keys": {key: {"S": one}}, "SequenceNumber": str(place)}}
                for place, one in enumerate(keys)
            ]
        }
        failed = [str(place) for place in range(len(keys))]

        def handle() -> None:
            answer = each_changed(event, key, lambda one: void(act(one)), self._note_failure)
            failed[:] = [one["itemIdentifier"] for one in answer["batchItemFailures"]]

        def over(_: BaseException | None) -> None:
            stream = self.state.changed if name == "match" else self.state.woken
            for place in failed:
                one = keys[int(place)]
                self.tries[one] = self.tries.get(one, 0) + 1
                if self.tries[one] % MOST_TRIES:
                    stream.append(one)
                else:
                    self.scheduler.count("dead letter")

        self.scheduler.spawn(f"{name} {self.sequence} of {', '.join(keys)}", handle, life=life, over=over)

    def _note_failure(self, name: str, error: Exception) -> None:
        self.scheduler.trace(f"{name} failed: {error!r}")
        self.scheduler.count(f"failed: {type(error).__name__}")


def void(_: object) -> None:
    """Only the doing counts."""
