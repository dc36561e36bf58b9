"""An access answer against a raw look at every row of every table, with all that is sealed opened (D32)."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from tests.e2e.deployed_stack import Stack
from tests.e2e.raw_region import RawRegion, Seen
from tests.e2e.region import Answer, Region, about, until
from tests.e2e.test_reviews import reviews_of

pytestmark = [pytest.mark.e2e, pytest.mark.rule("D32"), pytest.mark.xdist_group("one-family")]
"""One family for all tests: two of them, with one mother, would be in doubt with each other."""

TODAY = date.today().isoformat()  # noqa: DTZ011 - the day of receipt is a day on somebody's calendar
MOTHER = {"bsn": "999993653", "givenNames": "Wilhelmina", "surname": "Kruidenier", "birthDate": "1985-01-02"}
SECRET = {
    "kind": "RESIDENTIAL", "postalCode": "9711ZX", "houseNumber": 77, "street": "Verborgenstraat",
    "city": "Schuilplaats", "municipalityCode": "0014", "secret": True,
}  # fmt: skip

ASKED = ("bsn", "givenNames", "surname", "birthDate", "address")
"""What a request says of the youth."""

LEFT = {"SENT", "SENDING", "BOUNCED", "OVERTAKEN"}
"""The states of a notice that left, or may have."""

KNOWN = {
    "signals": "shown, whole",
    "match-keys": "keyed hashes of what is shown",
    "archive-keys": "keyed hashes of what is shown",
    "histories": "whether there were earlier signals: those that are held are shown themselves",
    "matches": "whom it made known: shown by who was told",
    "signal-matches": "the same",
    "references": "number, reference and keys of requests, under the ids of what is shown",
    "notices": "who was told, shown",
    "audit": "who looked, shown",
    "requests": "what was asked: shown by the trail; this request itself",
    "leases": "for a day, that matches were read: shown by the trail",
}
"""The tables that may name a youth of whom signals are held, and how the answer tells of it.

A table that is not here and yet names one fails the test: what it holds has to be told first.
"""


class Family:
    """A youth with much behind them, a sister, and somebody else who has nothing to do with them."""

    def __init__(self, region: Region) -> None:
        self.region = region
        self.school, self.nurse = region.organisation("school"), region.organisation("ggd")
        self.help = region.organisation_without_bsn("hulp")
        self.police = region.organisation("politie")
        self.care = region.organisation("zorg")
        self.administrator = region.organisation("beheer", scopes=("reviews:decide",))
        self.handler = region.organisation("functionaris", scopes=("rights:handle",))
        drawn = 137 + secrets.randbelow(500)
        born = date.today() - timedelta(days=14 * 365 + drawn)  # noqa: DTZ011 - as above
        word = "".join(secrets.choice("bdfgklmnprst") + secrets.choice("aeiou") for _ in range(3))
        self.mother = MOTHER | {"bsn": about(region, "x")["bsn"], "surname": f"Kruid{word}"}
        self.youth = about(region, "Leven") | {
            "givenNames": f"Piet{word} Adriana", "initials": "P.A.", "sex": "V",
            "birthDate": born.isoformat(), "parents": [self.mother], "previousAddress": SECRET,
        }  # fmt: skip
        self.sister = self.youth | {
            "bsn": about(region, "x")["bsn"], "givenNames": "Roos", "initials": "R.", "sex": "V",
            "birthDate": (born + timedelta(days=900)).isoformat(), "previousAddress": None,
        }  # fmt: skip
        self.stranger = about(region, "Vreemde")
        self.renewed = ""

    def live(self) -> None:
        """An archive, matches, a household, a verdict, a renewal, looks, and rights that were used."""
        school, nurse = self.school, self.nurse
        self.archived = school.give(self.youth)["id"]
        self.region.wait_until_quiet()
        school.close(self.archived)
        self.region.wait_until_quiet()
        self.mine, self.theirs = school.give(self.youth)["id"], nurse.give(self.youth)["id"]
        unnumbered = self.youth | {"parents": [{key: self.mother[key] for key in MOTHER if key != "bsn"}]}
        self.third = self.help.give(unnumbered)["id"]
        self.doubted = self.police.give(self._written_wrong())["id"]
        self.sisters = self.care.give(self.sister)["id"]
        self.strangers = [school.give(self.stranger)["id"], nurse.give(self.stranger)["id"]]
        self.region.wait_until_quiet()
        self._judge()
        until(lambda: nurse.read(self.theirs)["earlierSignals"] is not None)
        done(nurse.call("POST", f"/signals/{self.theirs}/history-openings", {}), 201)
        self._look()
        self._renew_and_change()
        self._use_rights()
        self._look()
        self.region.wait_until_quiet()

    def filed(self, kind: str, **changes: Any) -> str:
        """A request of the youth's; its id."""
        body = {
            "kind": kind,
            "receivedOn": TODAY,
            "requester": {"role": "YOUTH", "identityChecked": {"on": TODAY, "how": "IDENTITY_DOCUMENT"}},
            "youth": {key: self.youth[key] for key in ASKED},
            **changes,
        }
        return str(done(self.handler.call("POST", "/requests", body), 202)["id"])

    def decided(self, request_id: str, **decision: Any) -> Any:
        """The request after its decision, once each doubt was settled: only what was given here."""
        ours = {self.mine, self.theirs, self.third, self.doubted, self.archived, self.renewed}
        for one in done(self.handler.call("GET", f"/requests/{request_id}"), 200)["signals"]:
            if one["concerns"] is None:
                path = f"/requests/{request_id}/signals/{one['signalId']}"
                done(self.handler.call("PUT", path, {"concerns": one["signalId"] in ours}), 200)
        return done(self.handler.call("POST", f"/requests/{request_id}/decision", decision), 200)

    def _written_wrong(self) -> dict[str, Any]:
        """The youth under another name and birth date: whether it is them is for a person to say."""
        wrong = {"givenNames": "Wubbo", "initials": "W.", "sex": "M", "birthDate": "2017-05-06"}
        return self.youth | wrong | {"parents": []}

    def _judge(self) -> None:
        """The region's administrator decides what is doubtful."""
        ours = {self.doubted, self.mine, self.theirs, self.third}
        of_police = [
            review
            for review in reviews_of(self.administrator, self.doubted)
            if {side["signalId"] for side in review["sides"]} <= ours
        ]
        for review in of_police:
            path = f"/reviews/{review['id']}"
            done(self.administrator.call("GET", path), 200)
            done(self.administrator.call("POST", f"{path}/verdict", {"verdict": "SAME"}), 200)
        self.judged = [review["id"] for review in of_police]
        self.region.wait_until_quiet()

    def _look(self) -> None:
        """Everybody reads what they may, the sister's organisation and the stranger's as well."""
        for member, signal in (
            *((self.school, self.mine), (self.nurse, self.theirs), (self.care, self.sisters)),
            *((self.school, self.strangers[0]), (self.nurse, self.strangers[1])),
        ):
            member.read(signal)
            for match in member.matches(signal):
                done(member.call("GET", f"/matches/{match['id']}"), 200)
                done(member.call("GET", f"/matches/{match['id']}/explanation"), 200)

    def _renew_and_change(self) -> None:
        renewal = {"plannedEndDate": self.nurse.read(self.theirs)["plannedEndDate"]}
        self.renewed = done(self.nurse.call("POST", f"/signals/{self.theirs}/renewal", renewal), 201)["id"]
        self.region.wait_until_quiet()
        etag = self.nurse.call("GET", f"/signals/{self.renewed}").headers["ETag"]
        change = {"youth": {"initials": "S.J.P."}}
        done(self.nurse.call("PATCH", f"/signals/{self.renewed}", change, If_Match=etag), 200)

    def _use_rights(self) -> None:
        """One signal was corrected before, and one is hidden still."""
        corrected = self.filed("RECTIFICATION", signals=[self.mine])
        advice = {"signals": [{"signalId": self.mine, "advice": "GRANT"}]}
        done(self.school.call("PUT", f"/requests/{corrected}/advice", advice), 200)
        edit = {"address": {"houseNumber": 901}}
        measure = {"signalId": self.mine, "measure": "CORRECTED", "youth": edit}
        self.decided(corrected, ruling="GRANTED", measures=[measure])
        self.decided(self.filed("RESTRICTION", signals=[self.third]), ruling="GRANTED")
        self.region.wait_until_quiet()


def done(answer: Answer, status: int) -> Any:
    """The body of an answer with this status."""
    assert answer.status == status, answer.text
    return answer.json if answer.text else None


class Found:
    """What a raw look finds of a youth."""

    def __init__(self, raw: RawRegion, youth: dict[str, Any]) -> None:
        self.rows = raw.everything()
        self.signals = {
            seen.row["signalId"]: seen
            for seen in self._of("signals")
            if any(_is_of(opened["youth"], youth) for opened in seen.opened)
        }
        self.predecessors = {
            seen.row["signalId"]: seen.row["renewedBy"]
            for seen in self._of("signals")
            if seen.row.get("renewedBy") in self.signals
        }
        self.ids = {*self.signals, *self.predecessors}
        self.pairs = {
            seen.row["matchId"]: seen
            for seen in self._of("matches")
            if {seen.row["firstSignal"], seen.row["secondSignal"]} & self.ids
        }
        self.pseudonyms = {raw.pseudonym(youth["bsn"])} | {
            seen.row["pseudonym"] for seen in self.signals.values() if "pseudonym" in seen.row
        }
        self.requests = {seen.row["requestId"] for seen in self._of("requests") if _holds(seen, self.ids)}
        hashes = {
            text.rpartition("|")[2]
            for seen in self.signals.values()
            for name in ("matchKeys", "archiveKeys")
            for text in seen.row.get(name, ())
        }
        names = {*self.ids, *self.pairs, *self.pseudonyms, *self.requests, *hashes, youth["bsn"]}
        self.tables = {seen.table for seen in self.rows if _holds(seen, names)}

    def trail(self) -> list[Seen]:
        """The lines of the trail about the youth, their signals, what ties them to others, and requests."""
        about = {*self.ids, *self.pairs, *self.requests}
        return [
            seen
            for seen in self._of("audit")
            if seen.row["outcome"] == "DONE"
            if seen.row["resource"] in about or seen.row.get("youth") in self.pseudonyms
        ]

    def told(self, signal_id: str) -> Iterator[tuple[str | None, str, str, str]]:
        """Who of another organisation was told of a signal: organisation, kind of match, what and when."""
        signal = self.signals[signal_id].row
        line = {signal_id} | {one for one, heir in self.predecessors.items() if heir == signal_id}
        for seen in self._of("notices"):
            match, kind = self.pairs.get(seen.row["matchId"]), seen.row["kind"]
            if match is None or kind not in {"STARTED", "ENDED"} or seen.row["state"] not in LEFT:
                continue
            sides = {match.row["firstSignal"], match.row["secondSignal"]}
            organisation = str(seen.row["receiver"]).partition("#")[0]
            if line & sides and organisation != signal["organisationId"]:
                name = f"Organisatie {organisation}" if match.row["kind"] == "PERSON" else None
                yield name, match.row["kind"], kind, seen.row["sentAt"][:19]

    def _of(self, table: str) -> Iterator[Seen]:
        return (seen for seen in self.rows if seen.table == table)


def _is_of(record: dict[str, Any] | None, youth: dict[str, Any]) -> bool:
    held = record or {}
    names = held.get("surname"), held.get("given_names")
    return held.get("bsn") == youth["bsn"] or names == (youth["surname"], youth["givenNames"])


def _holds(seen: Seen, names: Any) -> bool:
    return any(name in seen.text for name in names)


def leaves(value: Any) -> Iterator[str]:
    """Every value in a record, as text."""
    if isinstance(value, dict):
        for held in value.values():
            yield from leaves(held)
    elif isinstance(value, list):
        for held in value:
            yield from leaves(held)
    else:
        yield str(value)


def shown_leaves(youth: dict[str, Any]) -> set[str]:
    """What of a record is for the family to see: no number, no parent, no secret address (D4, D20, D21)."""
    hidden = {"bsn", "parents", "birth_date"}
    open_ones = {
        name: held
        for name, held in youth.items()
        if name not in hidden and not (isinstance(held, dict) and held.get("secret"))
    }
    return set(leaves(open_ones)) - {"False"}


@pytest.fixture(scope="module")
def answered(stack: Stack, desk: Any) -> tuple[Family, Found, Any, str]:
    """A rich life, what a raw look finds of it, and the answer as JSON and as a page."""
    region = Region(stack, desk)
    family = Family(region)
    family.live()
    request_id = family.filed("ACCESS")
    family.decided(request_id, ruling="GRANTED")
    region.wait_until_quiet()
    found = Found(RawRegion(stack), family.youth)
    path = f"/requests/{request_id}/access-answer"
    body = done(family.handler.call("GET", path), 200)
    page = family.handler.call("GET", path, Accept="text/html")
    assert page.status == 200, page.text
    return family, found, body, page.text


def test_the_life_was_rich(answered: tuple[Family, Found, Any, str]) -> None:
    """Else there would be little to be complete about."""
    family, found, _, _ = answered

    states = {one: seen.row["state"] for one, seen in found.signals.items()}
    assert states == {
        family.archived: "CLOSED",
        family.mine: "ACTIVE",
        family.renewed: "ACTIVE",
        family.third: "RESTRICTED",
        family.doubted: "ACTIVE",
    }
    assert found.predecessors == {family.theirs: family.renewed}
    assert family.judged
    assert {seen.row["kind"] for seen in found.pairs.values()} == {"PERSON", "HOUSEHOLD", "REVIEW"}
    acts = {seen.row["act"] for seen in found.trail()}
    assert acts >= {
        *("SIGNAL_RENEWED", "SIGNAL_CHANGED", "SIGNAL_CORRECTED", "SIGNAL_RESTRICTED", "HISTORY_OPENED"),
        *("HISTORY_SHOWN", "VERDICT_GIVEN", "REVIEW_READ", "EXPLANATION_READ", "ADVICE_GIVEN"),
        *("REQUEST_FILED", "REQUEST_READ", "REQUEST_DECIDED"),
    }


def test_no_table_holds_what_nobody_thought_of(answered: tuple[Family, Found, Any, str]) -> None:
    """Each table that names the youth, by id, pseudonym, keyed hash or value, is one the answer tells of."""
    _, found, _, _ = answered

    assert found.tables - KNOWN.keys() == set()


def test_every_fact_of_every_signal_is_in_the_answer(answered: tuple[Family, Found, Any, str]) -> None:
    """What it says of the youth, where it came from, and until when."""
    _, found, body, page = answered
    held = {one["signalNumber"]: one for one in body["signals"]}

    assert set(held) == {seen.row["number"] for seen in found.signals.values()}
    for seen in found.signals.values():
        row, (record,) = seen.row, seen.opened
        one = held[row["number"]]
        assert (one["state"], one["reference"]) == (row["state"], row["reference"])
        assert one["source"]["organisation"] == f"Organisatie {row['organisationId']}"
        assert one["source"]["name"] == "J. Jansen"
        assert (one["givenAt"][:19], one["plannedEndDate"]) == (row["createdAt"][:19], row["plannedEndDate"])
        assert (one["endedAt"] or "")[:19] == row.get("endedAt", "")[:19]
        assert one["keptUntil"] == row.get("archivedUntil", row["lastDay"])[:10]
        assert shown_leaves(record["youth"]) - set(leaves(one["youth"])) == set()
        born = record["youth"]["birth_date"]
        assert one["youth"]["birthDate"] == f"{born['year']}-{born['month']:02}-{born['day']:02}"
        assert (one["informed"] or {}).get("whom") == (record["informed"] or {}).get("whom")
        kinds = {"BSN": "bsn" in record["youth"], "PARENTS": bool(record["youth"]["parents"])}
        assert set(one["notShown"]) - {"SECRET_ADDRESS"} == {kind for kind, there in kinds.items() if there}
        assert ("SECRET_ADDRESS" in one["notShown"]) is ("previous_address" in record["youth"])
        assert row["number"] in page


def test_everybody_who_was_told_is_in_the_answer(answered: tuple[Family, Found, Any, str]) -> None:
    """By organisation, or without a name in a household; and nobody is in it who was not."""
    _, found, body, _ = answered
    held = {one["signalNumber"]: one for one in body["signals"]}
    everybody = {each for one in found.signals for each in found.told(one)}

    for signal_id, seen in found.signals.items():
        shown = {
            (one["who"] and one["who"]["organisation"], one["match"], one["told"], one["at"][:19])
            for one in held[seen.row["number"]]["recipients"]
        }
        assert set(found.told(signal_id)) - shown == set()
        assert shown - everybody == set()
    assert len(everybody) > 5


def test_everybody_who_looked_or_did_something_is_in_the_answer(
    answered: tuple[Family, Found, Any, str],
) -> None:
    """Each line of the trail, on the signal or the youth that it is about."""
    _, found, body, _ = answered

    shown = {(look["act"], look["at"][:19]) for one in body["signals"] for look in one["looks"]}
    lines = {(seen.row["act"], seen.row["at"][:19]) for seen in found.trail()}
    assert sorted(lines - shown) == []
    assert sorted({line for line in shown - lines if line[0] != "ACCESS_ANSWERED"}) == []


def test_nothing_of_anybody_else_is_in_the_answer(answered: tuple[Family, Found, Any, str]) -> None:
    """Not the sister, nor who is involved with her; not a parent, not a number, not a stranger."""
    family, _, body, page = answered
    said = json.dumps(body, ensure_ascii=False) + page
    sister, stranger = family.sister, family.stranger

    forbidden = [
        *(sister["bsn"], sister["givenNames"], sister["birthDate"], family.care.id, family.sisters),
        *(stranger["bsn"], stranger["surname"], stranger["birthDate"], *family.strangers),
        *(family.youth["bsn"], *family.mother.values(), "9711ZX", "Verborgenstraat", "Schuilplaats"),
        *(family.mine, family.renewed, family.school.email, "+31301234567"),
    ]
    assert [word for word in forbidden if word in said] == []
