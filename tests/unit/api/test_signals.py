"""Signals over HTTPS: what goes in, and the whole answer that comes out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from chalicelib.api.messages import Request
from chalicelib.api.problems import Unauthorized
from chalicelib.api.signals import list_signals
from chalicelib.domain.organisation import Language
from tests.builders import make_organisation
from tests.gateway import BASE_URL, Answer, Gateway
from tests.signal_bodies import JSON, as_bytes, make_body, with_value

SCHOOL = "token-school"
FIRST_ID = "lo-00000000000000000000000000000001"
GIVEN = {
    "id": FIRST_ID,
    "signalNumber": "S-2222-2223",
    "state": "ACTIVE",
    "reference": "LVS-2026-00017",
    "createdAt": "2026-11-22T09:30:00Z",
    "plannedEndDate": "2027-07-20",
    "endedAt": None,
    "informBy": "2026-12-20",
    "professional": make_body()["professional"] | {"siteId": None},
    "earlierSignals": None,
    "renews": None,
    "renewedBy": None,
}


def give(gateway: Gateway, body: Any = None, token: str = SCHOOL, **headers: str) -> Answer:
    """Give a signal."""
    content = as_bytes(make_body() if body is None else body)
    told = JSON | {name.replace("_", "-"): value for name, value in headers.items()}
    return gateway.send("POST", "/signals", body=content, headers=told, token=token)


@pytest.mark.rule("D10")
def test_a_given_signal_is_answered_with_what_source_systems_file(gateway: Gateway) -> None:
    """201, the whole body as published, and where to find it."""
    answer = give(gateway)

    assert answer.status == 201
    assert answer.json == GIVEN
    assert answer.headers["location"] == f"{BASE_URL}/signals/{FIRST_ID}"
    assert answer.headers["content-type"] == "application/json"


def test_names_reach_the_domain_in_one_unicode_form(gateway: Gateway) -> None:
    """A decomposed letter and spaces around a name are brought to one form."""
    give(gateway, with_value(make_body(), "/youth/surname", " S\u0326tefa\u0306nescu "))

    youth = gateway.storage.state.signals[FIRST_ID].youth
    assert youth is not None
    assert youth.surname == "\u0218tef\u0103nescu"


@pytest.mark.parametrize(
    "surname", ["Nguyễn", "Ștefănescu", "Þórðardóttir", "Çelik", "'t Hart", "O\u2019Brien-de Wit"]
)
def test_real_names_are_taken(gateway: Gateway, surname: str) -> None:
    """Letters that the BRP's own pattern refuses are letters here."""
    assert give(gateway, with_value(make_body(), "/youth/surname", surname)).status == 201


@pytest.mark.parametrize(
    ("told", "expected"),
    [({"year": 2014}, (2014, None, None)), ({"year": 2014, "month": 3}, (2014, 3, None))],
)
def test_incomplete_birth_dates_are_taken_and_told_back(
    gateway: Gateway, told: dict[str, int], expected: tuple[int, int | None, int | None]
) -> None:
    """As much of a birth date as is known goes in and comes out."""
    give(gateway, with_value(make_body(), "/youth/birthDate", told))

    youth = gateway.storage.state.signals[FIRST_ID].youth
    read = gateway.send("GET", f"/signals/{FIRST_ID}", token=SCHOOL).json["youth"]["birthDate"]
    assert youth is not None
    assert youth.birth_date is not None
    assert (youth.birth_date.year, youth.birth_date.month, youth.birth_date.day) == expected
    assert {name: value for name, value in read.items() if value is not None} == told


def test_the_smallest_signal_is_enough(gateway: Gateway) -> None:
    """Only what is required, by an organisation that may not use the BSN; the rest has its default."""
    gateway.register(make_organisation("zorg", may_use_bsn=False))
    body = {
        "reference": "ZORG-88",
        "youth": {"surname": "Meer", "birthDate": "2014-03-09"},
        "professional": {"id": "w-4", "name": "R. Smit", "email": "r.smit@zorg.example"},
        "plannedEndDate": "2027-01-31",
    }

    assert give(gateway, body, token="token-zorg").status == 201
    assert gateway.storage.state.professionals["zorg#w-4"].language is Language.DUTCH


def test_a_professional_without_a_language_gets_mail_in_that_of_the_organisation(gateway: Gateway) -> None:
    """What a card says itself comes first."""
    organisations = gateway.storage.state.organisations
    organisations["school"] = replace(organisations["school"], language=Language.ENGLISH)
    body = make_body()
    del body["professional"]["language"]

    told = give(gateway, body).json["professional"]["language"]
    own = give(gateway, make_body() | {"reference": "LVS-2"}).json["professional"]["language"]

    assert (told, own) == ("en", "nl")


def test_the_same_reference_and_content_answer_the_same_signal(gateway: Gateway) -> None:
    """200 and the signal that is there; nothing new is stored."""
    give(gateway)

    again = give(gateway)

    assert (again.status, again.json) == (200, GIVEN)
    assert "location" not in again.headers
    assert list(gateway.storage.state.signals) == [FIRST_ID]


def test_the_same_reference_with_other_content_is_refused(gateway: Gateway) -> None:
    """409: which of the two is meant cannot be guessed."""
    give(gateway)

    answer = give(gateway, with_value(make_body(), "/youth/givenNames", "Sebas"))

    assert (answer.status, answer.json["title"]) == (
        409,
        "An active signal has this reference, with other content",
    )


@pytest.mark.parametrize("again", ["key-1", '"key-1"'])
def test_a_repeated_idempotency_key_replays_the_first_answer(gateway: Gateway, again: str) -> None:
    """Quoted or bare, the key answers what it answered first: 201 with the same body."""
    first = give(gateway, Idempotency_Key="key-1")

    replay = give(gateway, Idempotency_Key=again)

    assert replay == first


def test_an_idempotency_key_for_another_payload_is_refused(gateway: Gateway) -> None:
    """422, and nothing is stored."""
    give(gateway, Idempotency_Key="key-1")

    answer = give(gateway, make_body(reference="OTHER-1"), Idempotency_Key="key-1")

    assert answer.status == 422
    assert list(gateway.storage.state.signals) == [FIRST_ID]


@pytest.mark.rule("D4")
def test_reading_shows_what_the_organisation_gave_but_never_a_bsn(gateway: Gateway) -> None:
    """Names and birth date come back; no BSN, no address, no parent."""
    give(gateway)

    answer = gateway.send("GET", f"/signals/{FIRST_ID}", token=SCHOOL)

    assert answer.status == 200
    assert answer.json == GIVEN | {
        "youth": {
            "givenNames": "Sebastiaan Johannes",
            "initials": "S.J.",
            "surnamePrefix": "van der",
            "surname": "Meer",
            "birthDate": "2014-03-09",
        },
        "informed": make_body()["informed"],
        "notYetInformed": None,
    }


def test_the_entity_tag_names_the_signal_and_its_revision(gateway: Gateway) -> None:
    """Giving, giving again and reading tell the same; every write tells another."""
    tags = [give(gateway).headers["etag"], give(gateway).headers["etag"]]
    tags.append(gateway.send("GET", f"/signals/{FIRST_ID}", token=SCHOOL).headers["etag"])
    gateway.send("POST", f"/signals/{FIRST_ID}/closure", token=SCHOOL)
    tags.append(gateway.send("GET", f"/signals/{FIRST_ID}", token=SCHOOL).headers["etag"])

    assert tags == [f'"{FIRST_ID}.1"'] * 3 + [f'"{FIRST_ID}.2"']


@pytest.mark.rule("D16")
@pytest.mark.parametrize(
    ("method", "tail"), [("GET", ""), ("GET", "/matches"), ("POST", "/closure"), ("POST", "/retraction")]
)
def test_another_organisations_signal_is_not_there(gateway: Gateway, method: str, tail: str) -> None:
    """404, the same as for an id that nobody has; nothing changes."""
    give(gateway)

    others = gateway.send(method, f"/signals/{FIRST_ID}{tail}", token="token-ggd")
    nobodys = gateway.send(method, f"/signals/{FIRST_ID[:-1]}9{tail}", token="token-ggd")

    assert others.status == 404
    assert others == nobodys
    assert gateway.storage.state.signals[FIRST_ID].state == "ACTIVE"


@pytest.mark.parametrize("body", [b"", b"{}", b" {} "])
def test_closing_takes_no_body_or_an_empty_object(gateway: Gateway, body: bytes) -> None:
    """The signal comes back closed, with the moment it ended."""
    give(gateway)

    answer = gateway.send(
        "POST", f"/signals/{FIRST_ID}/closure", body=body, headers=JSON if body else {}, token=SCHOOL
    )

    assert (answer.status, answer.json) == (
        200,
        GIVEN | {"state": "CLOSED", "endedAt": "2026-11-22T09:30:00Z", "informBy": None},
    )


@pytest.mark.rule("D35")
def test_a_retracted_signal_shows_no_youth(gateway: Gateway) -> None:
    """The person record is gone; the signal still says that it was retracted."""
    give(gateway)
    gateway.send("POST", f"/signals/{FIRST_ID}/retraction", token=SCHOOL)

    read = gateway.send("GET", f"/signals/{FIRST_ID}", token=SCHOOL)

    assert (read.json["state"], read.json["youth"]) == ("RETRACTED", None)


def test_ending_in_another_way_is_refused(gateway: Gateway) -> None:
    """409 tells how it had ended."""
    give(gateway)
    gateway.send("POST", f"/signals/{FIRST_ID}/closure", token=SCHOOL)

    answer = gateway.send("POST", f"/signals/{FIRST_ID}/retraction", token=SCHOOL)

    assert (answer.status, answer.json["detail"]) == (409, "The signal is CLOSED already.")


def test_a_list_shows_own_signals_newest_first_without_the_youth(gateway: Gateway) -> None:
    """Own signals only, in pages that lead to each other by links."""
    for number in range(3):
        give(gateway, make_body(reference=f"R-{number}"))
    give(gateway, with_value(make_body(), "/professional/email", "j@ggd.example"), token="token-ggd")

    first = gateway.send("GET", "/signals?limit=2&state=ACTIVE", token=SCHOOL)
    link = first.headers["link"]
    second = gateway.send("GET", link.partition(">")[0].removeprefix(f"<{BASE_URL}"), token=SCHOOL)

    assert [item["reference"] for item in first.json["items"]] == ["R-2", "R-1"]
    assert [item["reference"] for item in second.json["items"]] == ["R-0"]
    assert link.endswith('>; rel="next"')
    assert link.startswith(f"<{BASE_URL}/signals?state=ACTIVE&limit=2&cursor=")
    assert "link" not in second.headers
    assert all("youth" not in item for item in first.json["items"])


def test_a_list_can_be_asked_for_one_reference(gateway: Gateway) -> None:
    """A source system finds its own signal back by its own reference."""
    give(gateway, make_body(reference="R-1"))
    give(gateway, make_body(reference="R-2"))

    answer = gateway.send("GET", "/signals?reference=R-1", token=SCHOOL)

    assert [item["reference"] for item in answer.json["items"]] == ["R-1"]


def test_who_acts_reaches_the_audit_trail(gateway: Gateway) -> None:
    """The Professional-Id header is kept with the act (D39)."""
    give(gateway, Professional_Id="staff-17")

    assert [entry.professional_id for entry in gateway.storage.state.audit.values()] == ["staff-17"]


@pytest.mark.rule("D3")
@pytest.mark.parametrize(
    "place", ["/note", "/identifiedBy", "/youth/reason", "/professional/remarks", "/informed/text"]
)
def test_there_is_no_room_for_a_reason(gateway: Gateway, place: str) -> None:
    """An unknown field is refused, not dropped, so that nobody believes it was kept."""
    answer = give(gateway, with_value(make_body(), place, "worries"))

    assert answer.status == 400
    assert [(error["location"], error["code"]) for error in answer.json["errors"]] == [
        (place, "unknown-field")
    ]


@pytest.mark.rule("D2")
def test_no_consent_is_asked_for(gateway: Gateway) -> None:
    """Informing is recorded; a consent is neither needed nor taken down."""
    without = give(gateway)
    consent = give(gateway, with_value(make_body(reference="R-2"), "/consent", value=True))

    assert without.status == 201
    assert [error["code"] for error in consent.json["errors"]] == ["unknown-field"]


@pytest.mark.rule("D21")
@pytest.mark.rule("D20")
def test_no_answer_shows_an_address_a_parent_or_a_bsn(gateway: Gateway) -> None:
    """Marked values go in and are in no answer that the organisation itself gets."""
    body = with_value(make_body(), "/youth/address/secret", value=True)
    body = with_value(body, "/youth/address/street", "Geheimstraat")
    body = with_value(body, "/youth/parents/0/surname", "Ouderman")
    answers = [
        give(gateway, body),
        gateway.send("GET", "/signals", token=SCHOOL),
        gateway.send("GET", f"/signals/{FIRST_ID}", token=SCHOOL),
        gateway.send("GET", f"/signals/{FIRST_ID}/matches", token=SCHOOL),
        gateway.send("POST", f"/signals/{FIRST_ID}/closure", token=SCHOOL),
    ]

    told = "".join(answer.body + str(answer.headers) for answer in answers)
    assert [answer.status for answer in answers] == [201, 200, 200, 200, 200]
    assert not [mark for mark in ("Geheimstraat", "3511", "Ouderman", "999990342") if mark in told]


def test_a_signal_without_a_birth_date_shows_none(gateway: Gateway) -> None:
    """Unknown is null, going out as it came in."""
    give(gateway, with_value(make_body(), "/youth/birthDate", None))

    read = gateway.send("GET", f"/signals/{FIRST_ID}", token=SCHOOL)

    assert read.json["youth"]["birthDate"] is None


def test_an_endpoint_by_itself_serves_nobody(gateway: Gateway) -> None:
    """Without a caller an endpoint refuses, whoever forgot to check."""
    request = Request(path={}, query={}, headers={}, body=b"", caller=None)

    with pytest.raises(Unauthorized):
        list_signals(request, gateway.interface.cases)


def test_a_signal_whose_card_got_lost_is_listed_without_it(gateway: Gateway) -> None:
    """By the staff id whose card is to be stored again, and then as before."""
    give(gateway)
    cards = dict(gateway.storage.state.professionals)
    gateway.storage.state.professionals.clear()

    lacking = gateway.send("GET", "/signals", token=SCHOOL)
    alone = gateway.send("GET", f"/signals/{FIRST_ID}", token=SCHOOL)
    gateway.storage.state.professionals |= cards
    whole = gateway.send("GET", "/signals", token=SCHOOL)

    left = {name: value for name, value in GIVEN.items() if name != "professional"}
    assert lacking.json == {"items": [], "withoutCard": [left | {"professionalId": "staff-17"}]}
    assert alone.status == 409
    assert whole.json == {"items": [GIVEN], "withoutCard": []}
