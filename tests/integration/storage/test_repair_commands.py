"""``failed``, ``reconcile`` and ``verify``, from the words typed to what is stored and printed."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import boto3
import pytest
from botocore.client import BaseClient
from botocore.exceptions import ClientError, EndpointConnectionError

from chalicelib.domain.audit import Act
from chalicelib.domain.notice import Notice, NoticeKind, reminder
from chalicelib.models.work import WorkTable
from chalicelib.ports.errors import StorageBusy
from chalicelib.ports.storage import MatchChange, PendingWork
from chalicelib.upkeep import progress
from infra.errors import InfraError
from infra.operators.action import Action
from infra.repair import REPAIR_COMMANDS, mend, verify
from infra.repair.copies import Copies
from infra.repair.mendings import Mending
from infra.repair.rows import Row, Rows, open_rows
from tests.builders import NOW, make_match, make_signal
from tests.integration.storage.bucket import copies_in, make_bucket
from tests.integration.storage.conftest import MOTO_PREFIX, Region
from tests.integration.storage.given import close, give, make_notice
from tests.unit.operators.counter import Counter as DeskInMemory

LATER = NOW + timedelta(days=8)


class Counter:
    """An operator at a desk over moto's tables: types words, reads what is printed."""

    def __init__(
        self, region: Region, capsys: pytest.CaptureFixture[str], environment: pytest.MonkeyPatch
    ) -> None:
        self.region = region
        self._capsys = capsys
        desk = DeskInMemory(capsys).desk
        self.bucket = make_bucket(MOTO_PREFIX, environment)
        master_key = boto3.client("kms").list_keys()["Keys"][0]["KeyArn"]
        self.desk = replace(
            desk,
            settings=replace(desk.settings, table_prefix=MOTO_PREFIX, data_key=master_key),
            storage=region.storage,
            clock=region.clock,
        )

    def type(self, words: str) -> str:
        """What a command prints."""
        parser = argparse.ArgumentParser()
        parsers = parser.add_subparsers(required=True)
        for command in REPAIR_COMMANDS:
            command.add_to(parsers)
        options = parser.parse_args(words.split())
        action: Action = options.action
        action.run_at(self.desk, options)
        return self._capsys.readouterr().out

    def fail(self, signal_id: str) -> None:
        """Let a sweep have tried a signal in vain."""
        work = PendingWork(signal_id=signal_id, revision=1, since=NOW)
        self.region.storage.work.add_pending(signal_id, 1, NOW)
        self.region.storage.work.put_off(work, "SealBroken", LATER)

    def settle(self) -> None:
        """Leave no pending item."""
        for work in self.region.storage.work.pending_before(LATER, limit=100):
            self.region.storage.work.done(work)

    def asked(self) -> set[str]:
        """The signals that the next sweep takes up."""
        moment = self.region.clock.now() - timedelta(minutes=2)
        return {work.signal_id for work in self.region.storage.work.pending_before(moment, limit=100)}


@pytest.fixture
def counter(
    moto_region: Region, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Counter:
    """An operator at an empty region."""
    return Counter(moto_region, capsys, monkeypatch)


def test_the_list_shows_ids_and_counts(counter: Counter) -> None:
    """Signal, since when, how often, which class of error; no more."""
    counter.fail("lo-s1")

    assert counter.type("failed list local") == (
        "lo-s1\tsince 2026-11-22T09:30Z\tattempts 1\tSealBroken\nfailed: 1\n"
    )


def test_what_no_sweep_took_up_yet_is_counted(counter: Counter) -> None:
    """Who comes for the alarm of a stream comes before the sweep does."""
    give(counter.region.storage, "lo-s1")

    assert counter.type("failed list local") == "failed: 0\nnot tried by the sweep yet: 1\n"


def test_who_waits_for_a_notice_is_counted(counter: Counter) -> None:
    """From a quarter of an hour on."""
    counter.region.storage.notices.add([make_notice()])
    before = counter.type("failed list local")
    counter.region.clock.advance(timedelta(minutes=16))

    assert before == "failed: 0\n"
    assert counter.type("failed list local") == (
        "failed: 0\nreceivers who wait for a notice: 1; verify names the notices\n"
    )


def test_what_a_stream_gave_up_is_purged(counter: Counter) -> None:
    """Positions only: nothing rests on them."""
    client = boto3.client("sqs")
    url = client.create_queue(QueueName=f"{MOTO_PREFIX}match-failures")["QueueUrl"]
    client.send_message(QueueUrl=url, MessageBody="{}")

    assert counter.type("failed purge local match") == "purged: 1\n"
    assert "Messages" not in client.receive_message(QueueUrl=url)
    with pytest.raises(InfraError, match="deploy first"):
        counter.type("failed purge local deliver")
    with pytest.raises(SystemExit):
        counter.type("failed purge local feedback")


def test_some_or_all_are_tried_again(counter: Counter) -> None:
    """Named ones need not be in the list."""
    for signal_id in ("lo-s1", "lo-s2", "lo-s3"):
        counter.fail(signal_id)

    counter.type("failed redrive local lo-s1 lo-s9")
    some = counter.asked()
    printed = counter.type("failed redrive local --all")

    assert some == {"lo-s1", "lo-s9"}
    assert printed == "asked for: 2; the next sweep takes them up\n"
    assert counter.asked() == {"lo-s1", "lo-s2", "lo-s3", "lo-s9"}


def test_an_id_that_no_signal_has_is_named(counter: Counter) -> None:
    """A slip of the pen is seen; what is asked for is done all the same, for the signal may be gone."""
    said = "lo-gone: there is no such signal, or no more\nasked for: 1; the next sweep takes "

    assert counter.type("failed redrive local lo-gone") == f"{said}them up\n"
    assert counter.type("reconcile local --signal lo-gone") == f"{said}it up\n"


def test_one_is_given_up_for_a_reason(counter: Counter) -> None:
    """Once; a reason is a word from a list."""
    counter.fail("lo-s1")
    counter.type("failed discard local lo-s1 --reason RECORD_LOST")

    assert counter.type("failed list local") == "failed: 0\n"
    with pytest.raises(InfraError, match="pending"):
        counter.type("failed discard local lo-s1 --reason RECORD_LOST")
    with pytest.raises(SystemExit):
        counter.type("failed discard local lo-s1 --reason because")


def garbled(counter: Counter, notice: Notice) -> str:
    """A notice that is due, of which nobody can tell for which signal it is."""
    storage, client = counter.region.storage, boto3.client("dynamodb")
    storage.notices.add([notice])
    table = f"{MOTO_PREFIX}notices"
    item = client.get_item(TableName=table, Key={"noticeId": {"S": notice.id}})["Item"]
    client.put_item(TableName=table, Item=item | {"signalId": {"N": "7"}})
    return notice.id


@pytest.mark.rule("D37")
def test_a_notice_that_is_taken_away_leaves_a_look_at_its_match(counter: Counter) -> None:
    """What is to be told follows from the match, so nothing that it would have told is lost."""
    storage = counter.region.storage
    match = make_match(make_signal("lo-s1"), make_signal("lo-s2", organisation="ggd"))
    storage.matches.commit(MatchChange(match=match, previous_revision=None, guards=(), notices=(), name=None))
    named = garbled(counter, make_notice(match.id))

    told = counter.type(f"failed discard-notice local {named} --reason RECORD_LOST --operator beheer")

    assert told.startswith("taken away; delivery looks anew")
    (entry,) = storage.audit.of_resource(f"{named}#RECORD_LOST", limit=2).items
    assert (entry.act, entry.professional_id) == (Act.WORK_DISCARDED, "beheer")
    (look,) = storage.notices.due("school#p1")
    assert (look.kind, look.match_id, look.signal_id) == (NoticeKind.LOOK, match.id, "lo-s1")
    assert storage.notices.get_many([named]) == {}


def test_what_a_reminder_said_is_told_to_nobody_and_the_operator_hears_so(counter: Counter) -> None:
    """Nothing that is stored says it again."""
    notice = reminder(NoticeKind.END_NEAR, "lo-s1", "school#p1", NOW.date(), NOW)
    named = garbled(counter, notice)

    told = counter.type(f"failed discard-notice local {named} --reason RECORD_LOST")

    assert told.startswith("taken away; what this END_NEAR said is told to nobody")
    assert counter.region.storage.notices.get_many([named]) == {}


def test_a_notice_that_can_be_read_is_not_taken_away(counter: Counter) -> None:
    """Nor one that is not there."""
    notice = make_notice()
    counter.region.storage.notices.add([notice])

    for named, why in ((notice.id, "can be read"), ("lo-m9.1.STARTED.x", "no such notice")):
        with pytest.raises(InfraError, match=why):
            counter.type(f"failed discard-notice local {named} --reason RECORD_LOST")

    assert counter.region.storage.notices.due("school#p1") == (notice,)


def test_one_signal_is_asked_for(counter: Counter) -> None:
    """Whether it exists or not."""
    counter.type("reconcile local --signal lo-gone")

    assert counter.asked() == {"lo-gone"}


def test_a_day_or_all_are_asked_for(counter: Counter) -> None:
    """By the day of giving; those that ended are settled from their other side."""
    yesterday = NOW - timedelta(days=1)
    give(counter.region.storage, "lo-s1", created_at=yesterday)
    close(counter.region.storage, give(counter.region.storage, "lo-s2", created_at=yesterday))
    give(counter.region.storage, "lo-s3")
    counter.settle()

    printed = counter.type("reconcile local --day 2026-11-21")
    of_the_day = counter.asked()
    counter.type("reconcile local --all")

    assert printed == "asked for: 1; the sweep takes up some hundreds a minute\n"
    assert of_the_day == {"lo-s1"}
    assert counter.asked() == {"lo-s1", "lo-s3"}


def test_an_interrupted_run_goes_on_where_it_was(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    """After each page its place is kept; a run that ended starts anew."""
    signal_ids = {f"lo-s{number}" for number in range(6)}
    for signal_id in signal_ids:
        give(counter.region.storage, signal_id)
    counter.settle()
    monkeypatch.setattr(progress, "PAGE", 2)
    _interrupt(counter, monkeypatch, after=4)
    before = counter.asked()
    counter.settle()

    rest = counter.type("reconcile local --all")
    after = counter.asked()
    anew = counter.type("reconcile local --all")

    assert len(before) == 4
    assert after == signal_ids - before
    assert counter.asked() == signal_ids
    assert anew == "asked for: 6; the sweep takes up some hundreds a minute\n"
    assert rest == f"going on where an earlier run stopped; --from-start begins anew\n{anew}"


def test_a_run_can_start_over(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the start, whatever an earlier run left."""
    signal_ids = {f"lo-s{number}" for number in range(4)}
    for signal_id in signal_ids:
        give(counter.region.storage, signal_id)
    monkeypatch.setattr(progress, "PAGE", 2)
    _interrupt(counter, monkeypatch, after=3)
    counter.settle()

    counter.type("reconcile local --all --from-start")

    assert counter.asked() == signal_ids


def test_verify_prints_a_line_per_promise_and_fails_on_a_broken_one(
    counter: Counter, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ids only; a region without rows keeps every promise."""
    clean = counter.type("verify local")
    for number in range(7):
        counter.region.storage.work.add_pending(f"lo-s{number}", 1, NOW - timedelta(hours=3))

    with pytest.raises(InfraError, match="1 of 28 promises are broken"):
        counter.type("verify local --hours 2")

    (line,) = [one for one in capsys.readouterr().out.splitlines() if one.startswith("!")]
    assert len(clean.splitlines()) == 28
    assert "!" not in clean
    assert line.split()[1:5] == ["work-done", "7", "of", "7"]
    assert "!" not in counter.type("verify local --hours 4")


def _interrupt(counter: Counter, monkeypatch: pytest.MonkeyPatch, *, after: int) -> None:
    """A run that storage leaves in the lurch after some signals."""
    asked: list[str] = []
    put = WorkTable.add_pending

    def sometimes(self: WorkTable, signal_id: str, revision: int, since: datetime) -> None:
        if len(asked) == after:
            raise StorageBusy("away")
        asked.append(signal_id)
        put(self, signal_id, revision, since)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(WorkTable, "add_pending", sometimes)
        with pytest.raises(InfraError, match="what was done by then stays, try again"):
            counter.type("reconcile local --all")


def test_verify_tells_what_it_found_whatever_stops_it(
    counter: Counter, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Credentials that end while it reads, of which storage has no word of its own."""
    for number in range(4):
        give(counter.region.storage, f"lo-s{number}")
    _lose_keys(counter, "lo-s9")
    send = BaseClient._make_api_call  # type: ignore[attr-defined] # as above
    opened: list[str] = []

    def ends(client: BaseClient, operation: str, parameters: dict[str, Any]) -> Any:
        opened.extend([operation] if operation == "GetItem" else [])
        if len(opened) > 2:
            raise ClientError({"Error": {"Code": "ExpiredTokenException", "Message": "expired"}}, operation)
        return send(client, operation, parameters)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(BaseClient, "_make_api_call", ends)
        meanwhile.setattr(verify, "open_rows", lambda prefix: replace(open_rows(prefix), page_size=1))
        with pytest.raises(InfraError, match="go on with --after"):
            counter.type("verify local")

    assert "keys-there" in capsys.readouterr().out


def test_who_is_mended_has_a_reconcile_whatever_stops_the_mending(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asked for before the keys are there: afterwards nothing would tell that they were gone."""
    _lose_keys(counter, "lo-s1")

    def dies(_: Rows, __: Mending) -> bool:
        raise EndpointConnectionError(endpoint_url="https://dynamodb.example")

    monkeypatch.setattr(mend, "is_written", dies)
    with pytest.raises(EndpointConnectionError):
        counter.type("mend local --apply")

    assert counter.asked() == {"lo-s1"}


def test_what_others_held_is_not_called_mended(
    counter: Counter, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two who write one row at once: of those, DynamoDB refuses one, and its reason is no condition."""
    _lose_keys(counter, "lo-s1")
    send = BaseClient._make_api_call  # type: ignore[attr-defined] # every call goes by it

    def meets_another(client: BaseClient, operation: str, parameters: dict[str, Any]) -> Any:
        if operation == "TransactWriteItems" and "ConditionCheck" in parameters["TransactItems"][0]:
            refusal: Any = {
                "Error": {"Code": "TransactionCanceledException", "Message": "cancelled"},
                "CancellationReasons": [{"Code": "TransactionConflict"}, {"Code": "None"}],
            }
            errors: Any = client.exceptions
            raise errors.TransactionCanceledException(refusal, operation)
        return send(client, operation, parameters)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(BaseClient, "_make_api_call", meets_another)
        with pytest.raises(InfraError, match="mend again"):
            counter.type("mend local --apply")
    told = capsys.readouterr().out

    assert "rows mended: 0; as they should be by now: 0\n" in told
    assert "as they should be by now: 0\n" in counter.type("mend local --apply")
    assert counter.type("mend local") == "broken: 0; --apply mends them\n"


def _lose_keys(counter: Counter, signal_id: str) -> None:
    """A signal whose key items are gone behind everybody's back, and that nobody would reconcile."""
    give(counter.region.storage, signal_id)
    counter.settle()
    table = boto3.resource("dynamodb").Table(f"{MOTO_PREFIX}match-keys")
    for item in table.scan()["Items"]:
        table.delete_item(Key={"matchKey": item["matchKey"], "signalId": item["signalId"]})


def test_what_the_stream_lost_of_the_trail_is_copied(counter: Counter) -> None:
    """Once, and not before the stream had its time; a second run finds it there."""
    give(counter.region.storage, "lo-s1")
    close(counter.region.storage, give(counter.region.storage, "lo-s2"))

    fresh = counter.type("audit copy local")
    counter.region.clock.advance(timedelta(minutes=6))

    printed = [counter.type("audit copy local") for _ in range(2)]

    assert fresh == "copied: 0\n"
    rows = [row for page in copies_in(counter.bucket).pages() for row in page]
    assert printed == ["copied: 4\n", "copied: 0\n"]  # with the entry of the first command itself
    assert (len(rows), any(row["hidden"] for row in rows)) == (4, False)


def test_verify_says_where_to_go_on(
    counter: Counter, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """When it is stopped in the midst of it, with what was broken by then: the rest will not tell that."""
    for number in range(4):
        give(counter.region.storage, f"lo-s{number}")
    counter.region.storage.work.add_pending("lo-late", 1, NOW - timedelta(hours=10))

    def interrupted(_: Copies, after: Row | None = None) -> Iterator[list[Row]]:
        raise KeyboardInterrupt

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(Copies, "pages", interrupted)
        with pytest.raises(InfraError, match="stopped") as stopped:
            counter.type("verify local --hours 9")
    found = capsys.readouterr().out
    said, _, place = str(stopped.value).rpartition(" ")
    counter.region.clock.advance(timedelta(minutes=6))
    counter.type("audit copy local")
    rest = counter.type(f"verify local --after {place}")

    assert said == "stopped (KeyboardInterrupt), found so far: see above; go on with --after"
    assert "      lo-late\n" in found
    assert "0 of 5       a locked copy" in rest
    assert "!" not in rest
