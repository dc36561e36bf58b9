"""A deployed region as its users and operators meet it: calls over HTTPS, mails, rows and runs."""

from __future__ import annotations

import json
import re
import secrets
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from typing import Any

from chalicelib.domain.dates import amsterdam_day
from chalicelib.domain.organisation import Scope
from chalicelib.models.buckets import WORK_BUCKETS, bucket_of
from chalicelib.models.erasures import UNFINISHED
from infra.chalice_config import environment
from infra.places import ROOT
from infra.stages import LOCAL_STAGE, stage_named
from tests.e2e.deployed_stack import Stack

PATIENCE_SECONDS = 600
"""How long to wait for what must come about: two busy cores need long; the wait ends when it does.

Longer than what the index itself may wait: what was heard of a mail before its sender wrote down that it
left comes again after six minutes, and who ended without giving its lease back is waited for three.
"""

DAILY_RUN = "daily-run"
"""The group of tests that let the run of a day pass: beside another one it does nothing."""

BROKEN_SEAL = b"\x01\x03key" + bytes(40)
"""What stands, for a while, where a test broke a seal: nobody opens it, and there is nothing in it."""

EVERYTHING = tuple(scope.value for scope in Scope)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def json(self) -> Any:
        """The body."""
        return json.loads(self.text)


@dataclass(frozen=True, slots=True)
class ReadMail:
    """A mail as its receiver reads it."""

    message: EmailMessage
    text: str
    html: str


@dataclass(slots=True)
class Member:
    """An organisation's system: calls with its token."""

    region: Region
    id: str
    token: str
    may_use_bsn: bool

    @property
    def email(self) -> str:
        """Of its one professional."""
        return f"professional@{self.id}.example"

    def call(self, method: str, path: str, body: object = None, **headers: str) -> Answer:
        """Call the interface on behalf of its one professional."""
        who = {"Authorization": f"Bearer {self.token}", "Professional-Id": "staff-1"}
        return self.region.call(method, path, body, **who | headers)

    def signal(self, youth: dict[str, Any], reference: str | None = None) -> dict[str, Any]:
        """The body of a signal about this youth; without the right to a BSN it is left out."""
        shown = youth if self.may_use_bsn else {key: value for key, value in youth.items() if key != "bsn"}
        return {
            "reference": reference or f"R-{_letters(12)}",
            "youth": shown,
            "professional": {
                "id": "staff-1",
                "name": "J. Jansen",
                "function": "Intern begeleider",
                "email": self.email,
                "telephone": "+31301234567",
                "language": "nl",
            },
            "plannedEndDate": (date.today() + timedelta(days=100)).isoformat(),  # noqa: DTZ011 - any coming day
            "informed": {"whom": ["LEGAL_REPRESENTATIVE"], "on": "2026-01-10", "how": "CONVERSATION"},
        }

    def give(self, youth: dict[str, Any], reference: str | None = None) -> Any:
        """Give a signal; the answer."""
        return self._done(self.call("POST", "/signals", self.signal(youth, reference)), 201)

    def give_as(self, email: str, youth: dict[str, Any]) -> Any:
        """Give a signal of a professional with this address."""
        body = self.signal(youth)
        body["professional"]["email"] = email
        return self._done(self.call("POST", "/signals", body), 201)

    def read(self, signal_id: str) -> Any:
        """Read an own signal."""
        return self._done(self.call("GET", f"/signals/{signal_id}"), 200)

    def matches(self, signal_id: str) -> list[Any]:
        """The matches of an own signal."""
        items: list[Any] = self._done(self.call("GET", f"/signals/{signal_id}/matches"), 200)["items"]
        return items

    def close(self, signal_id: str) -> Any:
        """Close an own signal."""
        return self._done(self.call("POST", f"/signals/{signal_id}/closure", {}), 200)

    def retract(self, signal_id: str) -> Any:
        """Retract an own signal."""
        return self._done(self.call("POST", f"/signals/{signal_id}/retraction", {}), 200)

    def _done(self, answer: Answer, expected: int) -> Any:
        assert answer.status == expected, answer.text
        return answer.json


@dataclass(slots=True)
class Region:
    """The local stage, with organisations of this test's own."""

    stack: Stack
    desk: subprocess.Popen[str]
    tag: str = field(default_factory=lambda: secrets.token_hex(4))

    def organisation(
        self,
        name: str,
        *,
        may_use_bsn: bool = True,
        scopes: tuple[str, ...] = EVERYTHING,
        state: str = "ACTIVE",
        per_minute: int | None = None,
    ) -> Member:
        """Register an organisation, or change one of the same name."""
        wish = {
            "id": f"{name}-{self.tag}", "may_use_bsn": may_use_bsn, "scopes": scopes, "state": state,
            "per_minute": per_minute,
        }  # fmt: skip
        assert self.desk.stdin is not None
        assert self.desk.stdout is not None
        self.desk.stdin.write(json.dumps(wish) + "\n")
        self.desk.stdin.flush()
        token = self.desk.stdout.readline().strip()
        assert token, "the desk is closed"
        return Member(self, str(wish["id"]), token, may_use_bsn)

    def organisation_without_bsn(self, name: str) -> Member:
        """Register an organisation that may not use the BSN (D4)."""
        return self.organisation(name, may_use_bsn=False)

    def call(self, method: str, path: str, body: object = None, **headers: str) -> Answer:
        """Call the interface without a token of its own accord; bytes are sent as they are."""
        content = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        sent = {"Content-Type": "application/json", **{k.replace("_", "-"): v for k, v in headers.items()}}
        request = urllib.request.Request(  # noqa: S310 - the stack's own address
            f"{self.stack.base_url}{path}", method=method, data=content, headers=sent
        )
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as response:  # noqa: S310 - as above
                return Answer(response.status, dict(response.headers), response.read().decode())
        except urllib.error.HTTPError as refused:
            with refused:
                return Answer(refused.code, dict(refused.headers), refused.read().decode())

    def mails_to(self, member: Member) -> list[ReadMail]:
        """The mails that reached the organisation's professional, oldest first."""
        return [_read(mail.message) for mail in self.stack.mails() if member.email in mail.to]

    def mail_to(self, member: Member) -> ReadMail:
        """Their first mail, once it is there."""
        until(lambda: self.mails_to(member))
        return self.mails_to(member)[0]

    def mails_at(self, address: str) -> list[ReadMail]:
        """The mails that were sent to an address, oldest first."""
        return [_read(mail.message) for mail in self.stack.mails() if address in mail.to]

    def notices_of(self, member: Member) -> list[dict[str, Any]]:
        """The raw notices of the organisation's professional."""
        receiver = {"S": f"{member.id}#staff-1"}
        return [row for row in self._rows("notices") if row["receiver"] == receiver]

    def let_notice_come_due(self, notice: dict[str, Any]) -> None:
        """Make the time to tell a notice again past, as time would."""
        receiver, past = notice["receiver"]["S"], "2026-01-01T00:00:00.000Z"
        self._dynamodb().update_item(
            TableName=f"{self.stack.prefix}notices",
            Key={"noticeId": notice["noticeId"]},
            UpdateExpression="SET dueAt = :p",
            ExpressionAttributeValues={":p": {"S": past}},
        )
        self._dynamodb().update_item(
            TableName=f"{self.stack.prefix}work",
            Key={
                "bucket": {"S": f"due#{bucket_of(receiver, WORK_BUCKETS)}"},
                "itemId": {"S": f"{receiver}#{notice['noticeId']['S']}"},
            },
            UpdateExpression="SET since = :p",
            ExpressionAttributeValues={":p": {"S": past}},
        )

    def wait_until_quiet(self) -> None:
        """Until no signal of this test waits for its reconcile, and no notice of its organisations is due."""
        until(lambda: not self._work())

    def row(self, table: str, key: dict[str, Any]) -> dict[str, Any]:
        """A raw row, empty when there is none."""
        answer = self._dynamodb().get_item(
            TableName=f"{self.stack.prefix}{table}", Key=key, ConsistentRead=True
        )
        row: dict[str, Any] = answer.get("Item", {})
        return row

    def run(self, function: str) -> Any:
        """Invoke a scheduled function as its schedule does."""
        answer = self.stack.client("lambda").invoke(
            FunctionName=f"{self.stack.prefix}{function}",
            Payload=json.dumps({"version": "0", "id": "1", "detail-type": "Scheduled Event", "detail": {},
                                "source": "aws.events", "account": "0", "time": "2026-01-01T00:00:00Z",
                                "region": self.stack.region, "resources": []}),
        )  # fmt: skip
        assert "FunctionError" not in answer, answer["Payload"].read()
        return json.loads(answer["Payload"].read())

    def let_pass(self, signal_id: str) -> None:
        """Make a signal's last day yesterday, as time would."""
        yesterday = (date.today() - timedelta(days=1)).isoformat()  # noqa: DTZ011 - any day that has passed
        row = self.row("signals", {"signalId": {"S": signal_id}})
        ends, bucket = row["endsOn"]["S"], row["expiryBucket"]["S"]
        self._dynamodb().update_item(
            TableName=f"{self.stack.prefix}signals",
            Key={"signalId": {"S": signal_id}},
            UpdateExpression="SET endsOn = :e, expiryBucket = :b, lastDay = :d",
            ExpressionAttributeValues={
                ":d": {"S": yesterday},
                ":e": {"S": ends.replace(ends[:10], yesterday)},
                ":b": {"S": bucket.replace(bucket[:7], yesterday[:7])},
            },
        )

    def let_informing_come_due(self, signal_id: str) -> None:
        """Bring the day by which a family has to be told near, on a day without a round yet."""
        today = amsterdam_day(datetime.now(UTC))
        soon = (today + timedelta(days=3)).isoformat()
        self._dynamodb().update_item(
            TableName=f"{self.stack.prefix}signals",
            Key={"signalId": {"S": signal_id}},
            UpdateExpression="SET informing = :i",
            ExpressionAttributeValues={":i": {"S": f"OPEN#{soon}#{signal_id}"}},
        )
        name = f"run#remind-informing#{today.isoformat()}"
        self._dynamodb().delete_item(TableName=f"{self.stack.prefix}settings", Key={"name": {"S": name}})

    @contextmanager
    def poisoned(self, signal_id: str) -> Iterator[None]:
        """Break the seal of a signal's person record, so that nobody can reconcile it; put it back after."""
        person: dict[str, Any] = self.row("signals", {"signalId": {"S": signal_id}})["person"]
        self._seal(signal_id, {"B": BROKEN_SEAL})
        try:
            yield
        finally:
            self._seal(signal_id, person)

    def refusals_of(self, organisation_id: str) -> set[str]:
        """What was refused to an organisation, or to strangers (``system``), as the audit trail tells."""
        rows = self._dynamodb().query(
            TableName=f"{self.stack.prefix}audit",
            KeyConditionExpression="organisationId = :o",
            ExpressionAttributeValues={":o": {"S": organisation_id}},
            ConsistentRead=True,
            ScanIndexForward=False,
        )
        return {row["resource"]["S"] for row in rows["Items"] if row["outcome"]["S"] == "REFUSED"}

    def operate(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Type an operators' command; its output."""
        return subprocess.run(
            [sys.executable, "-m", "infra", *words, "--home", self.stack.home],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
            check=False,
        )

    def look_for_erased(self, *signal_ids: str) -> subprocess.CompletedProcess[str]:
        """What `verify-erased` tells, once what became of the mails was heard: until then it names them."""
        looks: list[subprocess.CompletedProcess[str]] = []

        def heard() -> bool:
            looks.append(self.operate("verify-erased", "local", *signal_ids))
            return f"{self.stack.prefix}mail-feedback: " not in looks[-1].stdout

        until(heard)
        return looks[-1]

    def lose_match(self, signal_id: str) -> None:
        """Undo what the streams brought about for a signal; nothing is left that would bring it back."""
        dynamodb, prefix = self._dynamodb(), self.stack.prefix
        (mirror,) = dynamodb.query(
            TableName=f"{prefix}signal-matches",
            KeyConditionExpression="signalId = :s",
            ExpressionAttributeValues={":s": {"S": signal_id}},
        )["Items"]
        match = dynamodb.get_item(TableName=f"{prefix}matches", Key={"matchId": mirror["matchId"]})["Item"]
        for side in re.findall(r"[a-z]{2}-[0-9a-f]{32}", json.dumps(match["restsOn"])):
            key = {"signalId": {"S": side}, "matchId": mirror["matchId"]}
            dynamodb.delete_item(TableName=f"{prefix}signal-matches", Key=key)
        dynamodb.delete_item(TableName=f"{prefix}matches", Key={"matchId": mirror["matchId"]})
        for notice in self._rows("notices"):
            if notice["matchId"] == mirror["matchId"]:
                dynamodb.delete_item(TableName=f"{prefix}notices", Key={"noticeId": notice["noticeId"]})

    def ask_reconcile(self, signal_id: str) -> None:
        """Leave a work item of long ago, which the next sweep takes up."""
        self._dynamodb().put_item(
            TableName=f"{self.stack.prefix}work",
            Item={
                "bucket": {"S": f"pending#{bucket_of(signal_id, WORK_BUCKETS)}"},
                "itemId": {"S": signal_id},
                "revision": {"N": "1"},
                "since": {"S": "2026-01-01T00:00:00.000Z"},
            },
        )

    def take_up(self, signal_id: str) -> None:
        """Let the minute function take up what waits for a signal, as it would two minutes later."""
        dynamodb = self._dynamodb()
        bucket = {"S": f"pending#{bucket_of(signal_id, WORK_BUCKETS)}"}
        with suppress(dynamodb.exceptions.ConditionalCheckFailedException):  # it was taken up already
            dynamodb.update_item(
                TableName=f"{self.stack.prefix}work",
                Key={"bucket": bucket, "itemId": {"S": signal_id}},
                UpdateExpression="SET since = :p",
                ConditionExpression="attribute_exists(itemId)",
                ExpressionAttributeValues={":p": {"S": "2026-01-01T00:00:00.000Z"}},
            )
        self.run("sweep")

    def finish_erasure(self, signal_id: str) -> None:
        """Let the minute function finish an erasure, as it would some minutes later."""
        key = {"signalId": {"S": signal_id}}
        self._dynamodb().update_item(
            TableName=f"{self.stack.prefix}erasures",
            Key=key,
            UpdateExpression="SET erasedAt = :p",
            ConditionExpression="attribute_exists(signalId)",
            ExpressionAttributeValues={":p": {"S": "2026-01-01T00:00:00.000Z"}},
        )
        until(lambda: self.run("sweep") is not None and "completedAt" in self.row("erasures", key))

    def _seal(self, signal_id: str, person: dict[str, Any]) -> None:
        self._dynamodb().update_item(
            TableName=f"{self.stack.prefix}signals",
            Key={"signalId": {"S": signal_id}},
            UpdateExpression="SET person = :p",
            ExpressionAttributeValues={":p": person},
        )

    def _work(self) -> list[Any]:
        rows = self._rows("work")
        waiting = [row for row in rows if row["bucket"]["S"] != UNFINISHED]  # for minutes: `finish_erasure`
        return [row for row in waiting if self._is_ours(row["itemId"]["S"])]

    def _rows(self, table: str) -> list[dict[str, Any]]:
        """Every raw row of a table."""
        pages = self._dynamodb().get_paginator("scan")
        found = pages.paginate(TableName=f"{self.stack.prefix}{table}", ConsistentRead=True)
        return [row for page in found for row in page["Items"]]

    def _is_ours(self, item: str) -> bool:
        if "#" in item:
            return self.tag in item
        return self.tag in self.row("signals", {"signalId": {"S": item}}).get("organisationId", {}).get(
            "S", ""
        )

    def _dynamodb(self) -> Any:
        return self.stack.client("dynamodb")


def about(region: Region, surname: str) -> dict[str, Any]:
    """A youth nobody else in the region has: number, birth date and address are drawn."""
    number = secrets.randbelow(900) + 1
    letters = _letters(2)
    return {
        "bsn": _bsn(),
        "givenNames": "Sebastiaan Johannes",
        "initials": "S.J.",
        "surname": f"{surname}{letters.lower()}",
        "birthDate": (date(2010, 1, 1) + timedelta(days=secrets.randbelow(2000))).isoformat(),
        "sex": "M",
        "address": {
            "kind": "RESIDENTIAL",
            "postalCode": f"{secrets.randbelow(8999) + 1000} {letters}",
            "houseNumber": number,
            "street": "Lange Nieuwstraat",
            "city": "Utrecht",
            "municipalityCode": "0344",
            "secret": False,
        },
    }


def until(condition: Callable[[], object]) -> None:
    """Wait for a condition, at most `PATIENCE_SECONDS`."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.05)


def open_desk(stack: Stack) -> subprocess.Popen[str]:
    """Start the operators' desk for this stack."""
    stage = environment(stage_named(LOCAL_STAGE), base_url=stack.base_url)
    return subprocess.Popen(
        [sys.executable, "-m", "tests.e2e.desk"],
        cwd=ROOT,
        env={**stack.environment, **stage},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _letters(count: int) -> str:
    """Drawn letters: digits could spell a BSN by chance, and are refused then."""
    return "".join(secrets.choice("ABCDEFGHJKLMNPRSTVWXZ") for _ in range(count))


def _read(message: EmailMessage) -> ReadMail:
    parts = {
        part.get_content_type(): str(part.get_content()) for part in message.walk() if not part.is_multipart()
    }
    return ReadMail(message, parts["text/plain"], parts["text/html"])


def _bsn() -> str:
    while True:
        digits = [9, *(secrets.randbelow(10) for _ in range(7))]
        check = sum(digit * weight for digit, weight in zip(digits, range(9, 1, -1), strict=True)) % 11
        if check < 10:
            return "".join(map(str, [*digits, check]))
