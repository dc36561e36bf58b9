"""Of a signal that was erased nothing is left in any table: every field is planted, and looked for raw (D38).

Sealing and hashing are left out here, so that what would be hidden in a region shows.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import boto3
import pytest

from chalicelib.domain.audit import IndexItself
from chalicelib.domain.caller import Caller
from chalicelib.domain.erasure import ErasureGround
from chalicelib.domain.organisation import Scope, receiver_key
from chalicelib.domain.review import ReviewState, ReviewVerdict
from chalicelib.domain.signal import SignalState
from chalicelib.matches.reconcile import Reconcile
from chalicelib.matching import Address, MatchingProfile, PartialDate, Youth, default_model
from chalicelib.matching.records import Parent, Sex
from chalicelib.models.erasures import UNFINISHED
from chalicelib.models.storage import storage_over
from chalicelib.models.tables import create_all, table_shapes, tables_of
from chalicelib.notices.deliver import Deliver
from chalicelib.ports.storage import Storage
from chalicelib.reviews.ask import AskConfirmation
from chalicelib.reviews.decide import DecideReview
from chalicelib.signals.batch import GiveSignals
from chalicelib.signals.change import ChangeSignal
from chalicelib.signals.end import EndSignal
from chalicelib.signals.erase import EraseSignal
from chalicelib.signals.erasing import FinishErasures
from chalicelib.signals.expire import ExpireSignals
from chalicelib.signals.give import GiveSignal
from chalicelib.signals.renew import RenewSignal
from chalicelib.signals.request import RenewalRequest, SignalRequest
from chalicelib.upkeep.audit_bucket import AuditBucket
from chalicelib.upkeep.audit_copies import ledger_line
from infra.errors import InfraError
from infra.operators.action import Action
from infra.operators.desk import Desk
from infra.repair import REPAIR_COMMANDS
from infra.repair.rows import Row, Rows, texts
from infra.repair.traces import Traces
from tests.builders import STAGE_CODE, WrittenOut, make_organisation, make_professional
from tests.fakes import FakeEvents, FakeMailer, FakeNames, FakePseudonyms, FixedClock
from tests.integration.storage.bucket import OIN, make_bucket
from tests.integration.storage.conftest import MOTO_PREFIX
from tests.integration.storage.given import new_audit
from tests.signal_requests import archiving_of, make_card, make_request
from tests.unit.notices.scene import REGION
from tests.unit.operators.counter import Counter as DeskInMemory
from tests.unit.signals.test_change import youth_with

pytestmark = pytest.mark.rule("D38")

YOUTH = Youth(
    bsn="999990342",
    given_names="Xyvonder",
    initials="Q.Z.",
    surname_prefix="qvd",
    surname="Zqkwaliteit",
    birth_date=PartialDate(2014, 8, 17),
    address=Address(
        postal_code="9876ZQ",
        house_number=38271,
        house_letter="Q",
        house_number_addition="zq7",
        street="Merktekenlaan",
        city="Kenmerkstad",
        municipality_code="0344",
        addressable_object_id="0344010000098765",
    ),
    previous_address=Address(
        postal_code="8765QX", house_number=51623, street="Eerderestraat", city="Vroegerstad"
    ),
    parents=(Parent(bsn="999991772", given_names="Ouderke", surname="Ouderteken"),),
)
NEW_NAME = "Verbeterdmerk"
MARKS = (
    "999990342", "Xyvonder", "Q.Z.", "qvd", "Zqkwaliteit", "9876ZQ", "38271", "zq7", "Merktekenlaan",
    "Kenmerkstad", "0344010000098765", "8765QX", "51623", "Eerderestraat", "Vroegerstad", "999991772",
    "Ouderke", "Ouderteken", NEW_NAME,
)  # fmt: skip


class Unsealed:
    """Seals nothing."""

    def seal(self, plain: bytes, identity: str) -> bytes:
        """The record itself."""
        return plain

    def open(self, sealed: bytes, identity: str) -> bytes:
        """The record itself."""
        return sealed


@dataclass(slots=True)
class Life:
    """A region in which a youth is known to three organisations, with all that comes of it."""

    storage: Storage
    clock: FixedClock = field(default_factory=FixedClock)
    names: FakeNames = field(default_factory=FakeNames)
    callers: dict[str, Caller] = field(default_factory=dict)
    signals: list[str] = field(default_factory=list)

    def join(self, name: str, *, may_use_bsn: bool = True) -> Caller:
        """Register an organisation."""
        organisation = make_organisation(name, scopes=frozenset(Scope), may_use_bsn=may_use_bsn)
        self.storage.organisations.put(organisation, previous_revision=None, audit=new_audit())
        self.callers[name] = Caller(
            organisation=organisation, scopes=organisation.scopes, professional_id="staff-17"
        )
        return self.callers[name]

    @property
    def give(self) -> GiveSignal:
        """Giving a signal."""
        return GiveSignal(
            storage=self.storage,
            hasher=WrittenOut(),
            pseudonyms=FakePseudonyms(),
            names=self.names,
            clock=self.clock,
        )

    @property
    def ending(self) -> EndSignal:
        """Closing, into the archive, and retracting."""
        archiving = archiving_of(self.storage, WrittenOut())
        return EndSignal(storage=self.storage, names=self.names, clock=self.clock, archiving=archiving)

    def known_to(self, name: str, youth: Youth) -> str:
        """A signal of an organisation, under an Idempotency-Key."""
        caller = self.join(name, may_use_bsn=youth.bsn is not None)
        signal_id = self.give(caller, self.request(name, youth), f"key-{name}").signal.id
        self.signals.append(signal_id)
        return signal_id

    def request(self, name: str, youth: Youth) -> SignalRequest:
        """What it sends."""
        return make_request(
            youth=youth, reference=f"ref-{name}", professional=make_card(email=f"staff@{name}.example")
        )

    def settle(self) -> None:
        """What the functions do when the streams wake them."""
        reconcile = Reconcile(
            storage=self.storage,
            hasher=WrittenOut(),
            names=self.names,
            clock=self.clock,
            model=default_model(),
            profile=MatchingProfile(),
            stage_code=STAGE_CODE,
            same_organisation=False,
        )
        deliver = Deliver(
            storage=self.storage,
            mailer=FakeMailer(),
            events=FakeEvents(),
            names=self.names,
            clock=self.clock,
            region=REGION,
        )
        later = self.clock.now() + timedelta(days=1)
        for work in self.storage.work.pending_before(later, limit=100):
            reconcile(work.signal_id)
        for receiver in self.storage.work.receivers_due_before(later, limit=100):
            deliver(receiver)

    def live(self) -> None:
        """Matches, a doubt with a verdict, a correction, a batch, a reconcile that failed, and an end."""
        self.join("utrecht")
        self.storage.organisations.put_professional(make_professional("utrecht", "p1"))
        self.storage.organisations.set_supervisor("0344", receiver_key("utrecht", "p1"))
        school = self.known_to("school", YOUTH)
        self.known_to("ggd", replace(YOUTH, bsn=None, parents=(replace(YOUTH.parents[0], bsn=None),)))
        sister = replace(
            YOUTH, given_names="Roos", initials="R.", sex=Sex.FEMALE, birth_date=PartialDate(2016, 8, 21)
        )
        self.known_to("care", sister)
        self.settle()
        self.decide()
        batch = GiveSignals(give=self.give, clock=self.clock)
        (given,) = batch(self.join("police"), {0: self.request("police", YOUTH)}, "key-batch").values()
        self.signals.append(given.signal.id)  # type: ignore[union-attr] # it is no refusal
        self.settle()
        self.correct(school)
        self.storage.work.put_off(self.pending(school), "SealBroken", self.clock.now())
        self.ending.close(self.callers["police"], self.signals[-1])

    def decide(self) -> None:
        """Ask, and then say, that they are two."""
        page = self.storage.reviews.page(ReviewState.OPEN, limit=10, after=None)
        for review in page.items:
            AskConfirmation(storage=self.storage, names=self.names, clock=self.clock)(
                self.callers["utrecht"], review.id
            )
            DecideReview(storage=self.storage, names=self.names, clock=self.clock).give(
                self.callers["utrecht"], review.id, ReviewVerdict.NOT_SAME
            )

    def correct(self, signal_id: str) -> None:
        """Another name; what it said before waits with its reconcile."""
        change = ChangeSignal(
            storage=self.storage,
            hasher=WrittenOut(),
            pseudonyms=FakePseudonyms(),
            names=self.names,
            clock=self.clock,
        )
        change(self.callers["school"], signal_id, youth_with(surname=NEW_NAME), None)

    def renew(self, name: str, signal_id: str) -> str:
        """Let a new signal take another's place; its id."""
        renew = RenewSignal(
            storage=self.storage, give=self.give, names=self.names, clock=self.clock, stage_code=STAGE_CODE
        )
        wanted = RenewalRequest(planned_end_date=date(2028, 7, 31), informed=None, reference=None)
        self.signals.append(renew(self.callers[name], signal_id, wanted).signal.id)
        self.settle()
        return self.signals[-1]

    def pending(self, signal_id: str) -> Any:
        """The work item of a signal."""
        found = self.storage.work.pending(signal_id)
        assert found is not None
        return found

    def erase(self, *signal_ids: str) -> None:
        """Erase signals, and let the functions do the rest."""
        erase = EraseSignal(storage=self.storage, names=self.names, clock=self.clock)
        for one in signal_ids:
            erase(one, ErasureGround.RIGHT, IndexItself())
        self.settle()
        self.finish()

    def finish(self) -> None:
        """What the minute function does, until it finds nothing."""
        finish = FinishErasures(storage=self.storage, clock=self.clock, time_left=lambda: True)
        for _ in range(3):
            self.clock.advance(timedelta(minutes=3))
            finish()
            self.settle()


@pytest.fixture
def life(aws: None) -> Life:
    """A whole life, lived."""
    create_all(MOTO_PREFIX)
    clock = FixedClock()
    storage = storage_over(tables_of(MOTO_PREFIX), Unsealed(), WrittenOut(), clock)
    lived = Life(storage, clock)
    lived.live()
    return lived


@pytest.fixture
def traces(life: Life) -> Traces:
    """The look of an operator."""
    return Traces(Rows(MOTO_PREFIX, boto3.client("dynamodb")), boto3.client("sqs"))


def test_every_field_was_planted(life: Life, traces: Traces) -> None:
    """Each mark, and each signal, is found before anything is erased: the look can see."""
    found = traces.of(life.signals, MARKS)

    assert {trace.what for trace in found} == {*life.signals, *(f"word {n + 1}" for n in range(len(MARKS)))}
    places = {trace.place for trace in found if trace.what.startswith("word")}
    assert places == {"signals", "match-keys", "archive-keys", "work"}
    planted = {one.name for one in fields(Youth) if getattr(YOUTH, one.name) not in {None, ()}}
    assert planted == {one.name for one in fields(Youth)} - {"sex"}


def test_nothing_is_left_of_signals_that_were_erased(life: Life, traces: Traces) -> None:
    """No field in any row; what still names them are certificates, numbers and the trail."""
    life.erase(*life.signals)

    assert traces.of(life.signals, MARKS) == []
    held = [life.storage.erasures.get(one) for one in life.signals]
    assert all(one is not None and one.completed_at is not None for one in held)


def test_what_is_left_of_one_is_nobodys_else(life: Life, traces: Traces) -> None:
    """The others keep what they gave, match as before, and name the erased one nowhere."""
    school = life.signals[0]

    life.erase(school)

    assert traces.of([school], [NEW_NAME]) == []
    others = life.storage.signals.get_many(life.signals[1:])
    assert {one.youth.surname for one in others.values() if one.youth} == {"Zqkwaliteit"}


@pytest.mark.rule("D7")
@pytest.mark.parametrize("asked", ["renewed", "heir"])
def test_nothing_is_left_of_a_line_of_renewals(life: Life, traces: Traces, asked: str) -> None:
    """Whichever of it is erased: no record, no reference; what stays are certificates and numbers."""
    renewed = life.signals[1]
    heir = life.renew("ggd", renewed)

    life.erase({"renewed": renewed, "heir": heir}[asked])

    assert traces.of([renewed, heir], ["ref-ggd"]) == []
    held = life.storage.erasures.get(renewed)
    assert held is not None
    assert (held.line, held.completed_at is not None) == (frozenset({heir}), True)


@pytest.mark.rule("D7")
@pytest.mark.rule("D35")
def test_nothing_is_left_of_what_a_retracted_signal_renewed(life: Life, traces: Traces) -> None:
    """The one that was retracted still says which it renewed: by its id, as a line of tombstones does."""
    renewed = life.signals[1]
    heir = life.renew("ggd", renewed)

    life.ending.retract(life.callers["ggd"], heir)
    life.settle()
    life.finish()

    assert traces.of([renewed]) == []


@pytest.mark.rule("D35")
def test_nothing_is_left_of_a_youth_whose_signals_were_retracted(life: Life, traces: Traces) -> None:
    """No field, no reference, no match: certificates, numbers and the trail, as an erasure does."""
    for signal in life.storage.signals.sealed(life.signals).values():
        if signal.state is SignalState.ACTIVE:
            life.ending.retract(life.callers[signal.organisation_id], signal.id)
    life.erase(
        *(one for one in life.signals if life.storage.signals.sealed([one])[one].state is SignalState.CLOSED)
    )

    assert traces.of(life.signals, (*MARKS, *(f"ref-{name}" for name in life.callers))) == []
    held = [life.storage.erasures.get(one) for one in life.signals]
    assert all(one is not None and one.completed_at is not None for one in held)


@pytest.mark.rule("D1")
@pytest.mark.rule("D35")
def test_nothing_is_left_of_a_youth_who_comes_of_age_while_signals_run(life: Life, traces: Traces) -> None:
    """The hourly run on the 23rd birthday does as an erasure does, and the minute function finishes it."""
    youth = replace(
        YOUTH,
        bsn=None,
        surname="Jarigteken",
        birth_date=PartialDate(2003, 11, 24),
        parents=(replace(YOUTH.parents[0], bsn=None),),
    )
    ids = [life.known_to(name, youth) for name in ("college", "clinic")]
    life.settle()
    assert {trace.place for trace in traces.of(ids)} >= {"matches", "notices"}
    life.clock.advance(timedelta(days=2))

    archiving = archiving_of(life.storage, WrittenOut())
    expire = ExpireSignals(storage=life.storage, names=life.names, clock=life.clock, archiving=archiving)
    expire(budget=lambda: True)
    life.settle()
    life.finish()

    assert traces.of(ids, ["Jarigteken", "ref-college", "ref-clinic"]) == []
    held = [life.storage.erasures.get(one) for one in ids]
    assert [(one.ground, one.completed_at is not None) for one in held if one is not None] == [
        (ErasureGround.AGE, True)
    ] * 2


class Operator:
    """Types the commands."""

    def __init__(self, desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
        self._desk, self._capsys = desk, capsys

    def type(self, *words: str) -> str:
        """What a command prints."""
        parser = argparse.ArgumentParser()
        parsers = parser.add_subparsers(required=True)
        for command in REPAIR_COMMANDS:
            command.add_to(parsers)
        options = parser.parse_args(words)
        action: Action = options.action
        try:
            action.run_at(self._desk, options)
        except InfraError as error:
            return f"{self._capsys.readouterr().out}{error}\n"
        return self._capsys.readouterr().out


@pytest.fixture
def bucket(life: Life, monkeypatch: pytest.MonkeyPatch) -> AuditBucket:
    """The locked bucket, which no restore of tables touches."""
    return make_bucket(MOTO_PREFIX, monkeypatch)


@pytest.fixture
def operator(life: Life, bucket: AuditBucket, capsys: pytest.CaptureFixture[str]) -> Operator:
    """At a desk over the same tables."""
    desk = DeskInMemory(capsys).desk
    return Operator(
        replace(
            desk,
            settings=replace(desk.settings, table_prefix=MOTO_PREFIX),
            storage=life.storage,
            clock=life.clock,
        ),
        capsys,
    )


def test_an_operator_sees_that_an_erasure_is_one(life: Life, operator: Operator, tmp_path: Path) -> None:
    """The certificate, and where something is left while something is; words are told by their number."""
    words = tmp_path / "words.txt"
    words.write_text("\n".join(MARKS), encoding="utf-8")
    school = life.signals[0]

    before = operator.type("verify-erased", "local", school, "--words", str(words))
    life.erase(*life.signals)
    after = operator.type("verify-erased", "local", school, "--words", str(words))

    assert before.startswith(f"{school}: no certificate\n")
    assert f"! match-keys: {school}\n! match-keys: word 1\n" in before
    assert not any(mark in before + after for mark in MARKS if len(mark) > 4)
    assert after.startswith(f"{school}: erased 2026-11-22T09:30:00.000Z (RIGHT), completed ")
    assert "; backups until 2026-12-27; " in after
    assert after.endswith("no trace but the certificates, the numbers and the trail\n")


def _witnessed(rows: Rows, bucket: AuditBucket) -> None:
    """What the function `witness` writes of the trail so far."""
    for page in rows.pages("audit"):
        for row in page:
            line = ledger_line(texts(row), OIN)
            if line is not None:
                bucket.keep(line)


def _restore(before: dict[str, list[Row]], rows: Rows) -> None:
    """Have every table but the trail as it was at a moment, as a point-in-time recovery does."""
    for table, held in before.items():
        bound = boto3.resource("dynamodb").Table(f"{MOTO_PREFIX}{table}")
        keys = [name for name, _ in table_shapes()[table]["keys"]]
        for page in rows.pages(table):
            for row in page:
                bound.delete_item(Key={name: row[name] for name in keys})
        for row in held:
            bound.put_item(Item=dict(row))


@pytest.mark.rule("D35")
def test_a_signal_that_kept_its_reference_when_it_was_retracted_is_taken_up(
    life: Life, traces: Traces, operator: Operator, bucket: AuditBucket
) -> None:
    """As those did before there was a certificate of it: the ledger names it."""
    one = life.signals[1]
    life.ending.retract(life.callers["ggd"], one)
    life.settle()
    _as_retracted_without_a_certificate(one, "ref-ggd")
    _witnessed(traces.rows, bucket)
    assert {trace.place for trace in traces.of([one])} >= {"signals", "matches", "notices"}

    told = operator.type("reapply-erasures", "local")
    again = operator.type("reapply-erasures", "local")
    life.settle()
    life.finish()

    assert told == f"{one}\nlines of the ledger: 1; erased again: 1\n"
    assert again == "lines of the ledger: 1; erased again: 0\n"
    assert traces.of([one], ["ref-ggd"]) == []


def _as_retracted_without_a_certificate(signal_id: str, reference: str) -> None:
    """Have a signal's row as a retraction left it once."""
    dynamodb = boto3.resource("dynamodb")
    dynamodb.Table(f"{MOTO_PREFIX}signals").update_item(
        Key={"signalId": signal_id},
        UpdateExpression="SET #r = :r",
        ExpressionAttributeNames={"#r": "reference"},
        ExpressionAttributeValues={":r": reference},
    )
    dynamodb.Table(f"{MOTO_PREFIX}erasures").delete_item(Key={"signalId": signal_id})
    dynamodb.Table(f"{MOTO_PREFIX}work").delete_item(Key={"bucket": UNFINISHED, "itemId": signal_id})


def test_a_restore_brings_nobody_back(
    life: Life, traces: Traces, operator: Operator, bucket: AuditBucket
) -> None:
    """What was erased or retracted since is erased again, by the ledger that the restore does not touch."""
    rows = traces.rows
    before = {
        table: [row for page in rows.pages(table) for row in page]
        for table in table_shapes()
        if table != "audit"
    }
    retracted = life.signals[1]
    life.clock.advance(timedelta(days=2))
    life.ending.retract(life.callers["ggd"], retracted)
    life.erase(life.signals[0], *life.signals[2:])
    _witnessed(rows, bucket)
    _restore(before, rows)
    assert {trace.what for trace in traces.of([], MARKS)} >= {"word 1", "word 5"}

    told = operator.type("reapply-erasures", "local", "--since", "2026-11-22T10:30:00+01:00")
    again = operator.type("reapply-erasures", "local")
    life.settle()
    life.finish()

    assert told == "".join(f"{one}\n" for one in sorted(life.signals)) + (
        f"lines of the ledger: {len(life.signals)}; erased again: {len(life.signals)}\n"
    )
    assert again == f"lines of the ledger: {len(life.signals)}; erased again: 0\n"
    assert traces.of(life.signals, MARKS) == []


@pytest.mark.rule("D7")
@pytest.mark.parametrize("end", ["erase", "retract"])
def test_a_restore_to_before_a_renewal_brings_nobody_back(
    life: Life, traces: Traces, operator: Operator, bucket: AuditBucket, end: str
) -> None:
    """What took the place of a signal since left nothing; so does the signal, which the backup has whole."""
    renewed = life.signals[1]
    rows = traces.rows
    before = {
        table: [row for page in rows.pages(table) for row in page]
        for table in table_shapes()
        if table != "audit"
    }
    life.clock.advance(timedelta(days=2))
    heir = life.renew("ggd", life.renew("ggd", renewed))
    if end == "erase":
        life.erase(heir)
    else:
        life.ending.retract(life.callers["ggd"], heir)
    _witnessed(rows, bucket)
    _restore(before, rows)
    assert life.storage.signals.sealed([renewed])[renewed].state is SignalState.ACTIVE

    told = operator.type("reapply-erasures", "local", "--since", "2026-11-22T10:30:00+01:00")
    life.settle()
    life.finish()

    assert told == f"{renewed}\nlines of the ledger: 3; erased again: 1\n"
    assert traces.of([renewed, heir]) == []
    assert life.storage.signals.sealed([heir]) == {}


def test_a_ledger_is_read_from_the_moment_that_was_restored_to(
    life: Life, traces: Traces, operator: Operator, bucket: AuditBucket
) -> None:
    """What was erased long before that moment cannot come back."""
    life.erase(life.signals[0])
    _witnessed(traces.rows, bucket)

    told = operator.type("reapply-erasures", "local", "--since", "2026-11-25T00:00:00+00:00")

    assert told == "lines of the ledger: 0; erased again: 0\n"
