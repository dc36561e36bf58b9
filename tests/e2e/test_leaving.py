"""What ends by itself, or was wrongly made, leaves nothing of the person but lines of the trail (D35, D38).

Everything that a stack holds is looked at raw, and what is sealed is opened with the region's own keys.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from chalicelib.domain.dates import amsterdam_day, birthday
from chalicelib.matching import PartialDate
from tests.e2e.deployed_stack import Stack
from tests.e2e.raw_region import RawRegion, Seen
from tests.e2e.region import DAILY_RUN, Member, Region, about
from tests.e2e.traces import found_in, places

pytestmark = [pytest.mark.e2e, pytest.mark.rule("D35"), pytest.mark.rule("D38")]

TRAIL = {"audit", "copies of the audit trail"}
"""Where the youth may be named by a keyed pseudonym (D39)."""
SEARCHABLE = {"match-keys", "archive-keys"}
"""Where a row is a hash of what was known of the youth."""
SEALED = {"person", "record", "formers", "pseudonym"}
"""What a row holds of a person, sealed or hashed."""


@dataclass(slots=True)
class Youth:
    """Somebody of whom every field is a word that nobody else has; two organisations know them, and match."""

    region: Region
    stack: Stack
    born: date = date(2012, 8, 17)
    body: dict[str, Any] = field(init=False)
    members: list[Member] = field(init=False)
    signals: list[str] = field(init=False)

    def __post_init__(self) -> None:
        word = secrets.token_hex(5).translate(str.maketrans("0123456789", "ghijklmnop"))
        self.body = about(self.region, surname="x")
        home = self.body["address"] | {"street": f"Straat{word}", "city": f"Stad{word}"}
        self.body |= {
            "surname": f"Naam{word}",
            "givenNames": f"Voor{word}",
            "birthDate": self.born.isoformat(),
            "address": home,
            "parents": [{"givenNames": f"Moeder{word}", "surname": f"Ouder{word}"}],
        }
        self.members = [self.region.organisation("school"), self.region.organisation("ggd")]
        self.signals = [one.give(self.body)["id"] for one in self.members]
        self.region.wait_until_quiet()
        assert self.members[0].matches(self.signals[0])

    @property
    def words(self) -> set[str]:
        """What only they are called, or have."""
        parent, home = self.body["parents"][0], self.body["address"]
        names = {self.body["surname"], self.body["givenNames"], parent["givenNames"], parent["surname"]}
        return names | {self.body["bsn"], home["street"], home["city"]}

    @property
    def pseudonym(self) -> str:
        """What the trail calls them."""
        return RawRegion(self.stack).pseudonym(self.body["bsn"])

    def rows(self) -> list[Seen]:
        """Every row of every table that names a signal about them, them, or their pseudonym."""
        named = {*self.signals, *self.words, self.pseudonym}
        everything = RawRegion(self.stack).everything()
        return [row for row in everything if any(one in row.text for one in named)]

    def where(self) -> dict[str, set[str]]:
        """What of them is found, by the place: words that are sealed are opened first."""
        raw = {f"opened {row.table}": iter([row.text]) for row in self.rows()}
        found = found_in({**places(self.stack), **raw}, self.words | {self.pseudonym})
        return {place.removeprefix("opened "): these for place, these in found.items()}

    def require_that_nothing_is_left(self) -> None:
        """But the pseudonym in the trail, and rows of ids."""
        self.region.wait_until_quiet()
        told = self.where()
        assert set().union(*told.values()) == {self.pseudonym}, told
        assert set(told) <= TRAIL | {"tables", "streams"}, told
        left = self.rows()
        assert {row.table for row in left} & SEARCHABLE == set()
        held = {name for row in left if row.table not in TRAIL for name in row.row if name in SEALED}
        assert held == set(), [row.table for row in left]


def expire(region: Region) -> None:
    """The hourly run, and all that follows."""
    region.run("expire")
    region.wait_until_quiet()


def leave_archive(region: Region, signal_id: str) -> date:
    """Make the last day in the archive yesterday, as time would; answers which it was."""
    row = region.row("signals", {"signalId": {"S": signal_id}})
    until, bucket = row["archivedUntil"]["S"], row["archiveBucket"]["S"]
    yesterday = (date.today() - timedelta(days=1)).isoformat()  # noqa: DTZ011 - any day that has passed
    region.stack.client("dynamodb").update_item(
        TableName=f"{region.stack.prefix}signals",
        Key={"signalId": {"S": signal_id}},
        UpdateExpression="SET archivedUntil = :u, archiveBucket = :b",
        ExpressionAttributeValues={
            ":u": {"S": until.replace(until[:10], yesterday)},
            ":b": {"S": bucket.replace(bucket[:7], yesterday[:7])},
        },
    )
    return date.fromisoformat(until[:10])


def test_the_look_sees_what_is_there(region: Region, stack: Stack) -> None:
    """While signals run: each word in what is sealed, keys, and the pseudonym where it is kept."""
    youth = Youth(region, stack)

    told = youth.where()

    assert told["signals"] == youth.words | {youth.pseudonym}
    assert {row.table for row in youth.rows()} >= {"match-keys", "audit", "signals", "matches"}
    assert set(told) <= TRAIL | {"tables", "streams", "signals", "work"}


def test_nothing_is_left_of_who_was_signalled_by_mistake(region: Region, stack: Stack) -> None:
    """Retracted by both: of the person at once, and what names the signals once the others were told."""
    youth = Youth(region, stack)

    for member, signal_id in zip(youth.members, youth.signals, strict=True):
        member.retract(signal_id)

    youth.require_that_nothing_is_left()
    for one in youth.signals:
        region.finish_erasure(one)
    assert region.look_for_erased(*youth.signals).returncode == 0
    for member, signal_id in zip(youth.members, youth.signals, strict=True):
        read = member.read(signal_id)
        assert (read["state"], read["reference"]) == ("RETRACTED", "")


@pytest.mark.xdist_group(DAILY_RUN)
def test_nothing_is_left_of_what_expired_and_left_the_archive(region: Region, stack: Stack) -> None:
    """The archive keeps the record, and no match finds it; when its day there is past, nothing does."""
    youth = Youth(region, stack)
    for one in youth.signals:
        region.let_pass(one)
    expire(region)
    kept = {row.table for row in youth.rows()}
    assert "archive-keys" in kept
    assert "match-keys" not in kept

    for one in youth.signals:
        leave_archive(region, one)
    region.run("expire")
    for one in youth.signals:
        region.finish_erasure(one)

    youth.require_that_nothing_is_left()
    assert region.look_for_erased(*youth.signals).returncode == 0


@pytest.mark.rule("D1")
@pytest.mark.xdist_group(DAILY_RUN)
def test_nothing_is_left_of_who_comes_of_age(region: Region, stack: Stack) -> None:
    """Out of the archive before the 23rd birthday, however short that is after the end."""
    today = amsterdam_day(datetime.now(UTC))
    born = today.replace(year=today.year - 21, day=min(today.day, 28))
    youth = Youth(region, stack, born)
    for member, signal_id in zip(youth.members, youth.signals, strict=True):
        member.close(signal_id)
    region.wait_until_quiet()

    last = {leave_archive(region, one) for one in youth.signals}
    region.run("expire")
    for one in youth.signals:
        region.finish_erasure(one)

    assert last == {birthday(PartialDate(born.year, born.month, born.day), 23) - timedelta(days=1)}
    youth.require_that_nothing_is_left()
    certificates = [region.row("erasures", {"signalId": {"S": one}}) for one in youth.signals]
    assert [json.loads(one["counts"]["S"])["personRecords"] for one in certificates] == [1, 1]
