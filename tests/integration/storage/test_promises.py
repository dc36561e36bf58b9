"""`verify` over real rows: a healthy region is clean, and each promise that is broken by hand is found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from chalicelib.domain.audit import IndexItself
from chalicelib.domain.caller import Caller
from chalicelib.domain.erasure import ErasureGround
from chalicelib.domain.organisation import receiver_key
from chalicelib.matches.reconcile import Reconcile
from chalicelib.matching import MatchingProfile, default_model
from chalicelib.models.buckets import WORK_BUCKETS, bucket_of
from chalicelib.models.moments import stored
from chalicelib.notices.deliver import Deliver
from chalicelib.signals.end import EndSignal
from chalicelib.signals.erase import EraseSignal
from chalicelib.signals.erasing import FinishErasures
from chalicelib.signals.give import GiveSignal
from chalicelib.signals.request import SignalRequest
from chalicelib.upkeep.audit_copies import copy_of, name_of
from infra.errors import InfraError
from infra.repair.copies import TABLE as COPIES
from infra.repair.look import Look
from infra.repair.mend import is_written, mendable
from infra.repair.place import place_of, word_of
from infra.repair.promises import PROMISES
from infra.repair.rows import KEYS, Row, Rows, key_of, texts
from infra.repair.verify import Verification, verify
from tests.builders import NOW, STAGE_CODE, make_organisation, make_professional
from tests.fakes import FakeEvents, FakeHasher, FakeMailer, FakeNames, FakePseudonyms
from tests.integration.conftest import set_no_account
from tests.integration.storage.bucket import OIN, copies_in, forget_new_copies, keep_all, make_bucket
from tests.integration.storage.conftest import MOTO_PREFIX, Region, region_in_tables
from tests.integration.storage.given import new_audit
from tests.signal_requests import archiving_of, make_card, make_request
from tests.unit.notices.scene import REGION

LONG_AGO = "2020-01-01"


class Town:
    """A region that works: two organisations and a supervisor, matches that stand and matches that ended."""

    def __init__(self, region: Region, environment: pytest.MonkeyPatch) -> None:
        self.region = region
        self.names = FakeNames()
        self.client = boto3.client("dynamodb")
        self.rows = Rows(MOTO_PREFIX, self.client)
        school, nurse = self._organisation("school"), self._organisation("ggd")
        self._supervised()
        self.mine = self._give(school, "one")
        self._give(nurse, "one")
        ended = self._give(nurse, "two")
        self.settle()
        archiving = archiving_of(region.storage)
        end = EndSignal(storage=region.storage, names=self.names, clock=region.clock, archiving=archiving)
        end.close(nurse, ended)
        self.settle()
        self._erase(self._give(nurse, "three"))
        region.storage.audit.append(new_audit(NOW - timedelta(hours=3)))
        self.bucket = make_bucket(MOTO_PREFIX, environment)
        keep_all(self.rows, self.bucket)
        self.copies = copies_in(self.bucket)

    def _erase(self, signal_id: str) -> None:
        """A signal that matches, gone whole: its match had a key of its own."""
        storage, clock = self.region.storage, self.region.clock
        self.settle()
        EraseSignal(storage=storage, names=self.names, clock=clock)(
            signal_id, ErasureGround.RIGHT, IndexItself()
        )
        self.settle()
        for _ in range(2):
            clock.advance(timedelta(minutes=3))
            FinishErasures(storage=storage, clock=clock, time_left=lambda: True)()
        assert storage.erasures.unfinished(limit=1) == ()

    def look(self) -> Look:
        """A look at it now."""
        kms = boto3.client("kms")
        return Look(
            rows=self.rows,
            copies=self.copies,
            storage=self.region.storage,
            kms=kms,
            master_key=kms.list_keys()["Keys"][0]["KeyArn"],
            now=self.region.clock.now(),
            stored_before=stored(self.region.clock.now() - timedelta(hours=1)),
            ended_before="2026-11-21",
            kept_since=stored(NOW - timedelta(days=5 * 365)),
        )

    def broken(self) -> set[str]:
        """The names of the promises that are broken."""
        return {one.promise.name for one in verify(self.look()) if one.broken}

    def first(self, table: str, **wanted: object) -> Row:
        """A row with these values."""
        return next(
            row
            for page in self.rows.pages(table)
            for row in page
            if all(row.get(name) == value for name, value in wanted.items())
        )

    def every_row(self) -> dict[str, list[Row]]:
        """All rows by table."""
        return {table: [row for page in self.look().pages(table) for row in page] for table in KEYS}

    def restore(self, before: dict[str, list[Row]]) -> None:
        """Make all rows what they were."""
        self.rows = replace(self.rows, page_size=500)
        forget_new_copies(self.copies, before[COPIES])
        for table, rows in self.every_row().items():
            for row in rows:
                if row not in before[table]:
                    self.drop(table, row)
            for row in before[table]:
                if row not in rows:
                    self.put(table, row)

    def drop(self, table: str, row: Row) -> None:
        """Delete a row behind everybody's back."""
        self._table(table).delete_item(Key=dict(key_of(table, row)))

    def put(self, table: str, row: Row) -> None:
        """Write a row behind everybody's back."""
        self._table(table).put_item(Item=dict(row))

    def _table(self, table: str) -> Any:
        return boto3.resource("dynamodb").Table(MOTO_PREFIX + table)

    def _organisation(self, name: str) -> Caller:
        organisation = make_organisation(name)
        self.region.storage.organisations.put(organisation, previous_revision=None, audit=new_audit())
        return Caller(organisation=organisation, scopes=organisation.scopes, professional_id=None)

    def _supervised(self) -> None:
        self._organisation("utrecht")
        self.region.storage.organisations.put_professional(make_professional("utrecht", "p1"))
        self.region.storage.organisations.set_supervisor("0344", receiver_key("utrecht", "p1"))

    def _give(self, caller: Caller, reference: str, **changes: Any) -> str:
        card = make_card(email=f"staff@{caller.organisation.id}.example")
        request: SignalRequest = make_request(reference=reference, professional=card, **changes)
        give = GiveSignal(
            storage=self.region.storage,
            hasher=FakeHasher(),
            pseudonyms=FakePseudonyms(),
            names=self.names,
            clock=self.region.clock,
        )
        return give(caller, request, f"key-{caller.organisation.id}-{reference}").signal.id

    def settle(self) -> None:
        """What the functions would do."""
        storage, clock = self.region.storage, self.region.clock
        reconcile = Reconcile(
            storage=storage,
            hasher=FakeHasher(),
            names=self.names,
            clock=clock,
            model=default_model(),
            profile=MatchingProfile(),
            stage_code=STAGE_CODE,
            same_organisation=False,
        )
        deliver = Deliver(
            storage=storage,
            mailer=FakeMailer(),
            events=FakeEvents(),
            names=self.names,
            clock=clock,
            region=REGION,
        )
        later = clock.now() + timedelta(minutes=1)
        for work in storage.work.pending_before(later, limit=100):
            reconcile(work.signal_id)
        for receiver in storage.work.receivers_due_before(later, limit=100):
            deliver(receiver)


@pytest.fixture(scope="module")
def built() -> Iterator[Town]:
    """A healthy region, built once."""
    with pytest.MonkeyPatch.context() as environment, mock_aws():
        set_no_account(environment)
        yield Town(region_in_tables(MOTO_PREFIX), environment)


@pytest.fixture
def town(built: Town) -> Iterator[Town]:
    """The healthy region, put back afterwards as it was."""
    before = built.every_row()
    yield built
    built.restore(before)


def test_a_healthy_region_is_clean(town: Town) -> None:
    """Every promise was put to some rows, and none is broken."""
    town.rows = replace(town.rows, page_size=2)

    verdicts = verify(town.look())

    assert [one.promise for one in verdicts] == list(PROMISES)
    assert {one.promise.name: one.broken for one in verdicts if one.broken} == {}
    assert {one.promise.table for one in verdicts if not one.rows} == {"work"}


def _lose_a_key(town: Town) -> None:
    town.drop("match-keys", town.first("match-keys", signalId=town.mine))


def _lose_an_archive_key(town: Town) -> None:
    town.drop("archive-keys", town.first("archive-keys"))


def _keep_a_record_out_of_the_archive(town: Town) -> None:
    archived = town.first("signals", state="CLOSED")
    gone = {"archivedUntil", "archiveBucket", "archiveKeys"}
    town.put("signals", {name: value for name, value in archived.items() if name not in gone})
    for page in list(town.rows.pages("archive-keys")):
        for row in page:
            town.drop("archive-keys", row)


def _keep_a_reference_for_good(town: Town) -> None:
    closed = town.first("signals", state="CLOSED")
    _keep_a_record_out_of_the_archive(town)
    gone = {"archivedUntil", "archiveBucket", "archiveKeys", "person"}
    town.put("signals", {name: value for name, value in closed.items() if name not in gone})


def _keep_an_active_signal_in_the_archive(town: Town) -> None:
    town.put("signals", {**town.first("signals", signalId=town.mine), "archivedUntil": "2031-11-22#x"})


def _keep_a_signal_too_long(town: Town) -> None:
    archived = town.first("signals", state="CLOSED")
    town.put("signals", {**archived, "archivedUntil": f"2026-11-20#{archived['signalId']}"})


def _leave_a_stray_archive_key(town: Town) -> None:
    town.put("archive-keys", {**town.first("archive-keys"), "archiveKey": b"stray"})


def _remember_what_was_told_of_an_ended_signal(town: Town) -> None:
    ended = town.first("signals", state="CLOSED")
    town.put("histories", {"signalId": ended["signalId"], "earlier": True})


def _leave_keys_with_an_ended_signal(town: Town) -> None:
    ended = town.first("signals", state="CLOSED")
    own = town.first("signals", signalId=town.mine)["matchKeys"]
    town.put("signals", {**ended, "matchKeys": own})
    for text in own:
        keyset, family, hashed = text.split("|")
        key = {"matchKey": bytes.fromhex(hashed), "signalId": ended["signalId"]}
        town.put("match-keys", {**key, "keyset": keyset, "family": family, "revision": 1})


def _let_a_signal_be_overdue(town: Town) -> None:
    town.put("signals", {**town.first("signals", signalId=town.mine), "lastDay": LONG_AGO})


def _break_a_seal(town: Town) -> None:
    town.put("signals", {**town.first("signals", signalId=town.mine), "person": b"\x01\x03key" + bytes(40)})


def _lose_a_card(town: Town) -> None:
    giver = town.first("signals", signalId=town.mine)
    town.drop("professionals", {name: giver[name] for name in ("organisationId", "professionalId")})


def _garble_a_card(town: Town) -> None:
    giver = town.first("signals", signalId=town.mine)
    key = {name: giver[name] for name in ("organisationId", "professionalId")}
    town.put("professionals", {**town.first("professionals", **key), "language": "xx"})


def _lose_an_organisation(town: Town) -> None:
    town.drop("organisations", town.first("organisations", organisationId="school"))


def _lose_a_number(town: Town) -> None:
    number = town.first("signals", signalId=town.mine)["number"]
    town.drop("references", {"name": f"signal-number#{number}"})


def _lose_a_reference(town: Town) -> None:
    town.drop("references", {"name": "reference#school#one"})


def _leave_an_orphan_key(town: Town) -> None:
    town.put("match-keys", {**town.first("match-keys"), "signalId": "lo-gone"})


def _let_a_key_not_fit(town: Town) -> None:
    town.put("match-keys", {**town.first("match-keys", signalId=town.mine), "matchKey": b"another"})


def _lose_a_mirror(town: Town) -> None:
    town.drop("signal-matches", town.first("signal-matches", signalId=town.mine))


def _let_a_mirror_lag(town: Town) -> None:
    town.put("signal-matches", {**town.first("signal-matches", signalId=town.mine), "revision": 99})


def _end_a_signal_without_its_matches(town: Town) -> None:
    signal = dict(town.first("signals", signalId=town.mine))
    keys = signal.pop("matchKeys")
    del signal["person"]
    town.put("signals", {**signal, "state": "RETRACTED", "endedAt": stored(NOW)})
    town.drop("histories", {"signalId": town.mine})
    for text in keys:
        key = {"matchKey": bytes.fromhex(text.rpartition("|")[2]), "signalId": town.mine}
        town.drop("match-keys", key)


def _lose_a_match_key(town: Town) -> None:
    match = town.first("matches", state="ACTIVE")
    town.drop("references", {"name": f"match-key#{match['matchKey']}"})


def _leave_an_orphan_mirror(town: Town) -> None:
    town.put("signal-matches", {**town.first("signal-matches"), "matchId": "lo-gone"})


def _let_a_name_point_nowhere(town: Town) -> None:
    town.put("references", {**town.first("references", name="reference#ggd#one"), "name": "reference#ggd#x",
                            "target": "lo-gone"})  # fmt: skip


def _let_a_supervisor_be_nobody(town: Town) -> None:
    town.put("references", {"name": "supervisor#0310", "target": "utrecht#nobody"})


def _let_a_number_point_nowhere(town: Town) -> None:
    town.put("references", {"name": "signal-number#S-GONE-GONE", "target": "lo-gone"})


def _let_a_match_key_point_nowhere(town: Town) -> None:
    town.put("references", {"name": "match-key#M-GONE-GONE-7", "target": "lo-gone"})


def _repeat(town: Town, organisation: str, made: str, **changes: object) -> None:
    """A key of a request that was answered a moment ago."""
    expires = int((town.region.clock.now() + timedelta(hours=23)).timestamp())
    row = {"name": f"idempotency#{organisation}#{made}", "target": made, "digest": "d", "expiresAt": expires}
    town.put("references", row | changes)


def _let_a_repeat_point_nowhere(town: Town) -> None:
    _repeat(town, "school", "lo-gone")


def test_what_a_request_made_may_be_of_any_kind(town: Town) -> None:
    """A signal, an organisation, a request of a family, a batch; or nothing yet, while it is answered."""
    asked = "lo-0000000000000000000000000000000a"
    town.put("requests", {"requestId": asked})
    for made in (town.mine, "ggd", asked, "signal-batch"):
        _repeat(town, "school", made)
    _repeat(town, "school", "run-1", runningUntil=stored(town.region.clock.now() + timedelta(seconds=20)))
    _repeat(town, "school", "lo-over", expiresAt=int(town.region.clock.now().timestamp()) - 1)

    assert town.broken() == set()


def test_an_entry_of_the_register_may_have_been_taken_away(town: Town) -> None:
    """By the administrator who made it: its key leads to nothing, and that is no broken promise."""
    administrator = dict(town.first("organisations", organisationId="ggd"))
    town.put("organisations", administrator | {"organisationId": "region", "kind": "ADMINISTRATION"})

    _repeat(town, "region", "lo-gone")

    assert town.broken() == set()


def _leave_a_notice_without_match(town: Town) -> None:
    town.put("notices", {**town.first("notices"), "noticeId": "lo-gone.1.STARTED.x", "matchId": "lo-gone"})


def _garble_a_notice(town: Town) -> None:
    town.put("notices", {**town.first("notices", state="SENT", kind="STARTED"), "state": 7})


def _forget_a_notice(town: Town) -> None:
    town.put("notices", {**town.first("notices"), "state": "PENDING"})


def _leave_work_for_a_notice_that_was_sent(town: Town) -> None:
    notice = town.first("notices", state="SENT")
    bucket = f"due#{bucket_of(notice['receiver'], WORK_BUCKETS)}"
    item = f"{notice['receiver']}#{notice['noticeId']}"
    town.put("work", {"bucket": bucket, "itemId": item, "since": stored(NOW)})


def _leave_work_for_a_notice_that_never_was(town: Town) -> None:
    town.put("work", {"bucket": "due#1", "itemId": "school#p1#lo-gone.1.STARTED.x", "since": stored(NOW)})


def _let_a_reconcile_wait(town: Town) -> None:
    bucket = f"pending#{bucket_of(town.mine, WORK_BUCKETS)}"
    since = stored(town.region.clock.now() - timedelta(hours=2))
    town.put("work", {"bucket": bucket, "itemId": town.mine, "revision": 1, "since": since})


def _leave_a_notice_untold(town: Town) -> None:
    """Due for hours, and every sweep tries it in vain."""
    notice = {**town.first("notices", state="SENT"), "state": "PENDING"}
    town.put("notices", notice)
    since = stored(town.region.clock.now() - timedelta(hours=2))
    bucket = f"due#{bucket_of(notice['receiver'], WORK_BUCKETS)}"
    town.put(
        "work", {"bucket": bucket, "itemId": f"{notice['receiver']}#{notice['noticeId']}", "since": since}
    )


def _lock_a_data_key(town: Town) -> None:
    town.put("data-keys", {"keyId": "2026-11-22#9", "wrapped": bytes(184), "used": 0})


def test_a_key_that_nobody_may_use_opens_nothing(town: Town) -> None:
    """What a disabled KMS key shuts is told, and the other promises are looked at all the same."""
    refusal: Any = {"Error": {"Code": "DisabledException"}}

    def refused(_: str) -> None:
        raise ClientError(refusal, "Decrypt")

    look = town.look()
    signals = SimpleNamespace(get=refused)
    storage: Any = SimpleNamespace(signals=signals)

    verdicts = verify(replace(look, storage=storage))

    assert {one.promise.name for one in verdicts if one.broken} == {"persons-open"}
    assert all(one.rows for one in verdicts if one.promise.table == "signals")


def _entry(town: Town, **changes: str) -> Row:
    """An audit entry that is old enough to be looked for among the copies."""
    row = {**town.first("audit", organisationId="school"), "at": stored(NOW - timedelta(hours=3)), **changes}
    return {**row, "entryId": f"{row['at']}#t0"}


def _lose_a_copy(town: Town) -> None:
    town.put("audit", _entry(town))


def _change_an_entry(town: Town) -> None:
    entry = _entry(town)
    town.bucket.keep(copy_of(texts(entry), OIN))
    town.put("audit", {**entry, "resource": "lo-another"})


def _copy_an_entry_twice(town: Town) -> None:
    entry = _entry(town)
    town.put("audit", entry)
    for resource in (entry["resource"], "lo-another"):
        town.bucket.keep(copy_of(texts({**entry, "resource": resource}), OIN))


def test_what_the_law_keeps_no_longer_is_no_broken_promise(town: Town) -> None:
    """An entry goes in its own time, its copy in its lock's: one may be there without the other."""
    old = stored(NOW - timedelta(days=5 * 365 + 1))
    entry = {**_entry(town), "at": old, "entryId": f"{old}#t0"}

    town.put("audit", entry)
    town.bucket.keep(copy_of(texts({**entry, "entryId": f"{old}#t1"}), OIN))

    assert town.broken() == set()


def _remove_an_entry(town: Town) -> None:
    town.bucket.keep(copy_of(texts(_entry(town)), OIN))


def _hide_a_copy(town: Town) -> None:
    entry = _entry(town)
    town.put("audit", entry)
    town.bucket.keep(copy_of(texts(entry), OIN))
    town.copies.client.delete_object(Bucket=town.bucket.name, Key=name_of(texts(entry)))


def _leave_something_else_among_the_copies(town: Town) -> None:
    town.copies.client.put_object(Bucket=town.bucket.name, Key="entries/notes.txt", Body=b"")


@pytest.mark.parametrize(
    ("break_it", "promises"),
    [
        (_lose_a_key, {"keys-there"}),
        (_leave_keys_with_an_ended_signal, {"ended-unfound"}),
        (_let_a_signal_be_overdue, {"ended-in-time"}),
        (_break_a_seal, {"persons-open"}),
        (_lose_a_card, {"cards-there"}),
        (_garble_a_card, {"cards-there"}),
        (_lose_an_organisation, {"cards-there"}),
        (_lose_a_number, {"signals-named"}),
        (_lose_a_reference, {"signals-named"}),
        (_leave_an_orphan_key, {"keys-owned"}),
        (_let_a_key_not_fit, {"keys-fit"}),
        (_lose_a_mirror, {"mirrors-there"}),
        (_let_a_mirror_lag, {"mirrors-there"}),
        (_end_a_signal_without_its_matches, {"matches-rest"}),
        (_lose_a_match_key, {"matches-keyed"}),
        (_leave_an_orphan_mirror, {"mirrors-owned"}),
        (_let_a_name_point_nowhere, {"names-point"}),
        (_let_a_supervisor_be_nobody, {"names-point"}),
        (_let_a_number_point_nowhere, {"names-point"}),
        (_let_a_match_key_point_nowhere, {"names-point"}),
        (_let_a_repeat_point_nowhere, {"repeats-point"}),
        (_leave_a_notice_without_match, {"notices-founded"}),
        (_garble_a_notice, {"notices-read"}),
        (_forget_a_notice, {"notices-due"}),
        (_leave_work_for_a_notice_that_was_sent, {"due-notices"}),
        (_leave_work_for_a_notice_that_never_was, {"due-notices"}),
        (_let_a_reconcile_wait, {"work-done"}),
        (_leave_a_notice_untold, {"notices-told"}),
        (_lock_a_data_key, {"data-keys-open"}),
        (_lose_an_archive_key, {"archive-there"}),
        (_keep_a_record_out_of_the_archive, {"archive-lawful"}),
        (_keep_a_reference_for_good, {"archive-lawful"}),
        (_keep_an_active_signal_in_the_archive, {"archive-lawful"}),
        (_keep_a_signal_too_long, {"archive-in-time"}),
        (_leave_a_stray_archive_key, {"archive-fits"}),
        (_remember_what_was_told_of_an_ended_signal, {"history-owned"}),
        (_lose_a_copy, {"entries-kept"}),
        (_change_an_entry, {"entries-kept"}),
        (_copy_an_entry_twice, {"entries-kept"}),
        (_remove_an_entry, {"copies-founded"}),
        (_hide_a_copy, {"entries-kept", "copies-founded"}),
        (_leave_something_else_among_the_copies, {"copies-founded"}),
    ],
)
def test_a_broken_promise_is_found(town: Town, break_it: Callable[[Town], None], promises: set[str]) -> None:
    """That one and no other."""
    break_it(town)

    assert town.broken() == promises


@pytest.mark.parametrize(
    "lose",
    [
        _lose_a_key,
        _leave_an_orphan_key,
        _let_a_key_not_fit,
        _lose_an_archive_key,
        _leave_a_stray_archive_key,
        _remember_what_was_told_of_an_ended_signal,
        _lose_a_mirror,
        _let_a_mirror_lag,
        _leave_work_for_a_notice_that_was_sent,
        _leave_work_for_a_notice_that_never_was,
    ],
)
def test_what_follows_from_other_rows_is_mended(town: Town, lose: Callable[[Town], None]) -> None:
    """Without a backup: every row is again what it was, but that of the key which did not fit its signal."""
    before = town.every_row()
    lose(town)

    mend(town)

    assert town.every_row() == before


def test_a_notice_that_nobody_would_deliver_is_due_again(town: Town) -> None:
    """From the moment at which it was written, so the next sweep takes it up."""
    _forget_a_notice(town)

    mend(town)

    notice = town.first("notices", state="PENDING")
    (item,) = town.every_row()["work"]
    assert town.broken() == set()
    assert item["itemId"] == f"{notice['receiver']}#{notice['noticeId']}"
    assert item["since"] == notice["createdAt"]


@pytest.mark.rule("D37")
def test_a_notice_that_nobody_can_read_is_made_anew_and_told_again(town: Town) -> None:
    """Of what follows from its id and the rest of it; whether it was told nobody knows, so it is repeated."""
    _garble_a_notice(town)
    garbled = town.first("notices", state=7)

    mend(town)
    anew = town.first("notices", noticeId=garbled["noticeId"])
    town.settle()

    told = ("kind", "matchId", "episode", "receiver", "signalId", "createdAt")
    assert anew["state"] == "SENDING"
    assert {name: anew.get(name) for name in told} == {name: garbled.get(name) for name in told}
    assert town.first("notices", noticeId=garbled["noticeId"])["state"] == "SENT"
    assert town.broken() == set()


@pytest.mark.parametrize("lost", ["receiver", "createdAt", "signalId"])
def test_of_what_too_little_is_left_nothing_is_made(town: Town, lost: str) -> None:
    """A row that would say something else is worse than one that says nothing."""
    notice = town.first("notices", state="SENT", kind="STARTED")
    moments = dict.fromkeys(("sentAt", "dueAt"), 7) if lost == "createdAt" else {}
    town.put("notices", {**notice, **moments, lost: 7})
    before = town.every_row()

    mend(town)

    assert town.every_row() == before


def test_who_changes_the_row_that_it_follows_from_is_not_overwritten(town: Town) -> None:
    """A key is not brought back under a signal that lost it meanwhile, nor a mirror of an older match."""
    for lose in (_lose_a_key, _lose_a_mirror, _leave_work_for_a_notice_that_was_sent):
        lose(town)
    found = [one for _, _, mendings in mendable(town.look()) for one in mendings]
    signal, match = town.first("signals", signalId=town.mine), town.first("matches", state="ACTIVE")
    town.put("signals", {name: value for name, value in signal.items() if name != "matchKeys"})
    town.put("matches", {**match, "revision": match["revision"] + 1})
    town.put("notices", {**town.first("notices", state="SENT"), "state": "PENDING"})
    before = town.every_row()

    written = [is_written(town.rows, one) for one in found]

    assert written == [False] * len(found)
    assert town.every_row() == before


def mend(town: Town) -> None:
    """What the command does."""
    for _, _, mendings in mendable(town.look()):
        for one in mendings:
            assert is_written(town.rows, one)


def test_what_a_reconcile_will_put_right_is_not_broken_yet(town: Town) -> None:
    """A signal that ended a moment ago has a pending item, and its matches still stand."""
    _end_a_signal_without_its_matches(town)
    bucket = f"pending#{bucket_of(town.mine, WORK_BUCKETS)}"
    since = stored(town.region.clock.now())
    town.put("work", {"bucket": bucket, "itemId": town.mine, "revision": 2, "since": since})

    assert town.broken() == set()


def test_what_was_being_written_is_judged_again(town: Town) -> None:
    """A row that only looked wrong because others were written meanwhile does not count."""
    promise = next(one for one in PROMISES if one.name == "keys-there")
    looks: list[int] = []
    town.rows = replace(town.rows, page_size=2)

    def hasty(look: Look, rows: Any) -> list[Row]:
        looks.append(len(rows))
        return list(rows) if len(looks) == 1 else []

    (verdict,) = verify(town.look(), [replace(promise, broken_by=hasty)])

    assert verdict.broken == ()
    assert looks[:2] == [2, 2]


def test_a_fresh_entry_may_still_be_on_its_way_to_its_copy(town: Town) -> None:
    """The stream copies within seconds; an hour is allowed."""
    fresh = stored(town.region.clock.now() - timedelta(minutes=59))
    town.put("audit", {**_entry(town), "at": fresh, "entryId": f"{fresh}#t0"})

    assert town.broken() == set()


def test_a_walk_goes_on_where_it_stopped(town: Town) -> None:
    """From the place that it said last: the rest is judged, and what was judged is not judged again."""
    town.rows = replace(town.rows, page_size=2)
    places = [word_of(*place) for place in Verification(town.look()).walk()]

    for place in (places[0], places[len(places) // 2], places[-1]):
        rest = Verification(town.look(), after=place_of(place)).walk()
        assert [word_of(*one) for one in rest] == places[places.index(place) + 1 :]
    assert {one.table for one in PROMISES} <= {place_of(place)[0] for place in places} | {"work"}


def test_a_made_up_place_is_refused() -> None:
    """Plainly, before anything is read."""
    for word in ("", "nonsense", "bm9uc2Vuc2U="):
        with pytest.raises(InfraError, match="no place"):
            place_of(word)
