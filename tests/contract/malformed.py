"""Malformed requests of all kinds, as a table: used against the interface in memory and deployed.

Each is refused with a 4xx problem and stores nothing. ``SIGNAL`` in a path stands for the id of an
own, active signal.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from tests.contract.malformed_administration import malformed_administration
from tests.contract.malformed_request import Malformed
from tests.contract.malformed_requests_of_families import malformed_requests_of_families
from tests.signal_bodies import JSON, as_bytes, make_body, with_value, without

SIGNAL = "SIGNAL"
_LARGEST = 256 * 1024


def malformed_requests(today: date, mail_domain: str = "school.example") -> tuple[Malformed, ...]:
    """All of them, for an organisation with this mail domain that may use the BSN."""
    valid = with_value(make_body(today), "/professional/email", f"j.jansen@{mail_domain}")
    return (
        *_unreadable(),
        *_doubtful(),
        *_missing(valid),
        *_unknown(valid),
        *_wrong_types(valid),
        *_wrong_person_values(valid),
        *_wrong_address_values(valid),
        *_wrong_other_values(valid),
        *_wrong_meaning(valid, today),
        *_wrong_headers(valid),
        *_wrong_queries(valid),
        *_wrong_places(),
        *_wrong_batches(valid),
        *malformed_administration(mail_domain),
        *malformed_requests_of_families(today),
    )


def _unreadable() -> Iterator[Malformed]:
    texts = {
        "nothing": b"",
        "only spaces": b"   ",
        "an open brace": b"{",
        "a closing brace": b"}",
        "cut off": as_bytes(make_body())[:-20],
        "two objects": b"{}{}",
        "rubbish after the object": b"{} x",
        "a trailing comma": b'{"reference": "R",}',
        "single quotes": b"{'reference': 'R'}",
        "a comment": b'{"reference": "R" /* no */}',
        "an unquoted key": b'{reference: "R"}',
        "undefined": b'{"reference": undefined}',
        "a number with a leading zero": b'{"reference": 01}',
        "a number with a plus": b'{"reference": +1}',
        "a hexadecimal number": b'{"reference": 0x10}',
        "a number without a head": b'{"reference": .5}',
        "a bad escape": b'{"reference": "\\x41"}',
        "half an escape": b'{"reference": "\\u00"}',
        "a raw line break in a text": b'{"reference": "a\nb"}',
        "a raw NUL in a text": b'{"reference": "a\x00b"}',
        "a byte order mark": b"\xef\xbb\xbf{}",
        "UTF-16": "{}".encode("utf-16"),
        "XML": b"<signal/>",
        "a form": b"reference=R",
        "null": b"null",
        "true": b"true",
        "a number": b"1",
        "a text": b'"signal"',
        "a list": b"[]",
        "a list of an object": b"[{}]",
        "NaN": b'{"reference": NaN}',
        "Infinity": b'{"reference": Infinity}',
        "minus Infinity": b'{"reference": -Infinity}',
        "an exponent beyond all": b'{"reference": 1e999}',
        "a number of 5,000 digits": b'{"reference": ' + b"9" * 5000 + b"}",
        "a number that is not kept exactly": b'{"reference": 9007199254740993}',
        "nested a thousand times": b"[" * 1000 + b"]" * 1000,
        "nested without end": b"[" * 200_000,
    }
    for name, text in texts.items():
        yield Malformed(name=f"unreadable: {name}", body=text, location="" if text else None)
    yield Malformed(name="unreadable: too large", status=413, body=b'{"a": "' + b"x" * _LARGEST + b'"}')


def _doubtful() -> Iterator[Malformed]:
    deep = b'{"youth": ' + b'{"a": ' * 25 + b"1" + b"}" * 26
    texts = {
        "a key twice": (b'{"reference": "R-1", "reference": "R-2"}', "/reference"),
        "a key of the youth twice": (b'{"youth": {"surname": "A", "surname": "B"}}', "/youth/surname"),
        "a key of a parent twice": (
            b'{"youth": {"parents": [{"bsn": 1, "bsn": 2}]}}',
            "/youth/parents/0/bsn",
        ),
        "an escaped NUL": (b'{"reference": "a\\u0000b"}', "/reference"),
        "a high surrogate alone": (b'{"reference": "\\ud800"}', "/reference"),
        "a low surrogate alone": (b'{"reference": "\\udc00"}', "/reference"),
        "surrogates the wrong way round": (b'{"reference": "\\udc00\\ud800"}', "/reference"),
        "not UTF-8": (b'{"reference": "\xff\xfe"}', "/reference"),
        "Latin-1": ('{"reference": "é"}'.encode("latin-1"), "/reference"),
        "a NUL in a key": (b'{"a\\u0000": 1}', ""),
        "a surrogate in a key": (b'{"\\ud800": 1}', ""),
        "nested 26 times": (deep, "/youth"),
    }
    for name, (text, location) in texts.items():
        yield Malformed(name=f"doubtful: {name}", body=text, location=location)


def _missing(valid: dict[str, Any]) -> Iterator[Malformed]:
    pointers = (
        *("/reference", "/youth", "/professional", "/plannedEndDate"),
        *("/professional/id", "/professional/name", "/professional/email"),
        *("/informed/whom", "/informed/on", "/informed/how"),
    )
    for pointer in pointers:
        yield _changed(f"missing: {pointer}", without(valid, pointer), pointer)


def _unknown(valid: dict[str, Any]) -> Iterator[Malformed]:
    for name in ("reason", "note", "remarks", "text", "Reference", "planned_end_date", "bsn", "__proto__"):
        pointer = f"/{name}"
        told = "" if name.startswith("_") else pointer
        yield _changed(f"unknown: {pointer}", with_value(valid, pointer, "x"), told)
    for holder in ("youth", "youth/address", "youth/parents/0", "professional", "informed"):
        for name in ("reason", "note"):
            pointer = f"/{holder}/{name}"
            yield _changed(f"unknown: {pointer}", with_value(valid, pointer, "x"), pointer)
    yield _changed("unknown: a number as a name", with_value(valid, "/youth/999990342", 1), "/youth")
    yield _changed("unknown: an empty name", valid | {"": 1}, "")


def _wrong_types(valid: dict[str, Any]) -> Iterator[Malformed]:
    texts = (
        *("/reference", "/plannedEndDate", "/informed/on", "/informed/how"),
        *(f"/youth/{name}" for name in ("bsn", "givenNames", "initials", "surnamePrefix", "surname", "sex")),
        *(f"/youth/address/{name}" for name in ("kind", "postalCode", "houseLetter", "street", "city")),
        *(f"/youth/address/{name}" for name in ("houseNumberAddition", "municipalityCode")),
        *(f"/professional/{name}" for name in ("id", "name", "function", "site", "email", "telephone")),
        "/professional/language",
    )
    for pointer in texts:
        for name, value in (("a number", 12), ("a list", ["x"])):
            yield _changed(f"type: {pointer} is {name}", with_value(valid, pointer, value), pointer)
    others: dict[str, Any] = {
        "/youth/birthDate": 20140309,
        "/youth/address/houseNumber": "12",
        "/youth/address/secret": "false",
        "/youth/parents": {},
        "/youth/parents/0": "Anna Bakker",
        "/youth": "Sebastiaan",
        "/youth/address": "Lange Nieuwstraat 12",
        "/professional": "J. Jansen",
        "/informed": True,
        "/informed/whom": "YOUTH",
        "/notYetInformed": "SAFETY_OF_YOUTH",
    }
    for pointer, value in others.items():
        yield _changed(f"type: {pointer}", with_value(valid, pointer, value), pointer)


def _wrong_person_values(valid: dict[str, Any]) -> Iterator[Malformed]:
    values: dict[str, tuple[Any, ...]] = {
        "/youth/bsn": ("999990343", "99999034", "9999903420", "999 990 342", "000000000", "", "99999034a"),
        "/youth/surname": (
            *("", " ", "-", "Me3r", "Meer\n", "Meer\tvan", "<b>Meer</b>", "Meer\u200b", "\u202eMeer"),
            *(
                "\u041c\u0435\u0440",
                "\u5f20",
                "Meer\U0001f600",
                "Meer; DROP",
                "M" * 201,
                "Meer@home",
                "Meer\ufffd",
            ),
        ),
        "/youth/givenNames": ("S3bas", "S" * 201, "Sebas\r\nBcc: x"),
        "/youth/initials": ("S.J.1", "S." * 11),
        "/youth/surnamePrefix": ("van der van der", "v@n"),
        "/youth/birthDate": (
            *("2014-3-9", "09-03-2014", "20140309", "2014-02-30", "2014-13-01", "2014-03-09T00:00:00Z"),
            *("1899-12-31", "2101-01-01", "", "unknown", {}, {"month": 3}, {"year": "2014"}),
        ),
        "/youth/sex": ("X", "m", "MALE", ""),
        "/youth/parents": ([{}] * 7,),
        "/youth/parents/0": ({}, {"surnamePrefix": "van"}, {"initials": "A."}, None),
    }
    deeper = {"year": "/youth/birthDate/year", "month": "/youth/birthDate/month"}
    for pointer, wrong in values.items():
        for value in wrong:
            told = pointer
            if pointer == "/youth/birthDate" and isinstance(value, dict):
                told = deeper["year"]
            name = f"value: {pointer} is {str(value)[:20]!a}"
            yield _changed(name, with_value(valid, pointer, value), told)
    for month in (0, 13):
        changed = with_value(valid, "/youth/birthDate", {"year": 2014, "month": month})
        yield _changed(f"value: month {month}", changed, deeper["month"])
    changed = with_value(valid, "/youth/birthDate", {"year": 2014, "day": 9})
    yield _changed("value: a day without a month", changed, "/youth/birthDate/day")


def _wrong_address_values(valid: dict[str, Any]) -> Iterator[Malformed]:
    values: dict[str, tuple[Any, ...]] = {
        "kind": ("HOME", "residential"),
        "postalCode": ("0511AB", "3511", "AB3511", "3511  AB", "3511ABC"),
        "houseNumber": (0, -1, 100_000, 1.5),
        "houseLetter": ("AB", "1", ""),
        "houseNumberAddition": ("boven", "#1"),
        "street": ("", "Straat\n", "x" * 81, "<script>"),
        "city": ("", "Utrecht\u0007"),
        "municipalityCode": ("344", "03444", "abcd"),
        "addressableObjectId": ("034401000012345", "x" * 16),
    }
    for name, wrong in values.items():
        for value in wrong:
            pointer = f"/youth/address/{name}"
            told = f"value: {pointer} is {str(value)[:20]!a}"
            yield _changed(told, with_value(valid, pointer, value), pointer)


def _wrong_other_values(valid: dict[str, Any]) -> Iterator[Malformed]:
    values: dict[str, tuple[Any, ...]] = {
        "/reference": ("", "a b", "x" * 41, "a/b", "caf\u00e9", "a\nb"),
        "/plannedEndDate": ("", "2027-07-32", "31-07-2027", "2027-07-31T00:00:00Z", None),
        "/professional/id": ("", "staff 17", "staff#17", "x" * 41, None),
        "/professional/name": ("", "J.\nJansen", "x" * 81, "Jansen 12", "<b>J</b>"),
        "/professional/function": ("Begeleider\r\nBcc: a@b.example", "x" * 81),
        "/professional/site": ("De Regenboog\u2028", "De {Regenboog}"),
        "/professional/email": (
            *(
                "",
                "jansen",
                "jansen@",
                "@school.example",
                "a b@school.example",
                "a@school",
                "a@school.example\n",
            ),
            *("a@school.example, b@school.example", "J <a@school.example>", "a..b@school.example"),
        ),
        "/professional/telephone": ("", "112", "+31 (0)30", "call me", "+31301234567\n", "1" * 16),
        "/professional/language": ("de", "NL", ""),
        "/informed/whom": ([], ["YOUTH"] * 3),
        "/informed/whom/0": ("MOTHER", None),
        "/informed/on": ("yesterday", None),
        "/informed/how": ("BY_PIGEON", ""),
    }
    for pointer, wrong in values.items():
        for value in wrong:
            name = f"value: {pointer} is {str(value)[:20]!a}"
            yield _changed(name, with_value(valid, pointer, value), pointer)
    for ground in ("NO_TIME", "", None):
        wrong_ground = with_value(valid, "/notYetInformed", {"ground": ground})
        yield _changed(f"value: the ground {ground!a}", wrong_ground, "/notYetInformed/ground")
    explained = {"ground": "SAFETY_OF_YOUTH", "note": "x"}
    yield _changed(
        "unknown: a note on the ground",
        with_value(valid, "/notYetInformed", explained),
        "/notYetInformed/note",
    )
    yield _changed(
        "value: the youth named twice", with_value(valid, "/informed/whom", ["YOUTH"] * 2), "/informed"
    )


def _wrong_meaning(valid: dict[str, Any], today: date) -> Iterator[Malformed]:
    values: dict[str, tuple[Any, ...]] = {
        "/youth/bsn": (None,),
        "/youth/birthDate": ("1990-01-01", (today + timedelta(days=30)).isoformat()),
        "/plannedEndDate": (
            (today - timedelta(days=2)).isoformat(),
            (today + timedelta(days=800)).isoformat(),
        ),
        "/professional/email": ("j.jansen@elsewhere.example",),
        "/reference": ("999990342", "LVS-999990342"),
        "/professional/id": ("999990342",),
        "/informed/on": ((today + timedelta(days=3)).isoformat(),),
    }
    for pointer, wrong in values.items():
        for value in wrong:
            yield _changed(f"meaning: {pointer} is {value}", with_value(valid, pointer, value), pointer)


def _wrong_headers(valid: dict[str, Any]) -> Iterator[Malformed]:
    body = as_bytes(valid)
    for kind in ("text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data"):
        yield Malformed(name=f"type of body: {kind}", status=415, body=body, headers={"Content-Type": kind})
    for kind in ("application/json; charset=latin-1", "application/merge-patch+json", "json", ""):
        yield Malformed(name=f"type of body: {kind}", status=415, body=body, headers={"Content-Type": kind})
    for wish in ("text/html", "application/xml", "application/json;q=0", "image/*, text/plain"):
        yield Malformed(name=f"accept: {wish}", status=406, body=body, headers=JSON | {"Accept": wish})
    for key in ("with space", "x" * 129, '"half', '""'):
        headers = JSON | {"Idempotency-Key": key}
        yield Malformed(
            name=f"idempotency key: {key[:12]}", body=body, headers=headers, location="/Idempotency-Key"
        )
    for acting in ("a b", "x" * 41, "staff#17", "a/b"):
        headers = JSON | {"Professional-Id": acting}
        yield Malformed(
            name=f"professional: {acting[:12]}", body=body, headers=headers, location="/Professional-Id"
        )

    for tail in ("closure", "retraction", "history-openings"):
        headers = JSON | {"Professional-Id": "LVS-999990342"}
        path = f"/signals/{SIGNAL}/{tail}"
        yield Malformed(
            name=f"professional: a BSN on {tail}", path=path, headers=headers, location="/Professional-Id"
        )


def _wrong_queries(valid: dict[str, Any]) -> Iterator[Malformed]:
    queries = {
        "limit=0": "/limit",
        "limit=101": "/limit",
        "limit=-1": "/limit",
        "limit=1.5": "/limit",
        "limit=ten": "/limit",
        "limit=": "/limit",
        "limit=1&limit=2": "/limit",
        "limit=99999999999999999999": "/limit",
        "state=active": "/state",
        "state=OPEN": "/state",
        "state=": "/state",
        "reference=": "/reference",
        "reference=a%20b": "/reference",
        "cursor=": "/cursor",
        "cursor=forged": "/cursor",
        "cursor=Zm9yZ2Vk.0000000000000000": "/cursor",
        "cursor=%00": "/cursor",
        "page=2": "/page",
        "State=ACTIVE": "/State",
        "professionalEmail=j.jansen%40school.example": "/professionalEmail",
        "bsn=999990342": "/bsn",
        "surname=Meer": "/surname",
        "999990342=x": "",
    }
    for query, location in queries.items():
        yield Malformed(
            name=f"query: {query}", method="GET", path=f"/signals?{query}", headers={}, location=location
        )
    body = as_bytes(valid)
    yield Malformed(name="query: on giving", path="/signals?dryRun=true", body=body, location="/dryRun")
    for tail in ("", "/matches"):
        path = f"/signals/{SIGNAL}{tail}?expand=youth"
        yield Malformed(name=f"query: {tail}", method="GET", path=path, headers={}, location="/expand")


def _wrong_renewals() -> Iterator[Malformed]:
    path = f"/signals/{SIGNAL}/renewal"
    for name, content, location in (
        ("nothing", {}, "/plannedEndDate"),
        ("a reason", {"plannedEndDate": "2027-07-31", "reason": "x"}, "/reason"),
        ("another youth", {"plannedEndDate": "2027-07-31", "youth": {}}, "/youth"),
        ("in the past", {"plannedEndDate": "2020-01-01"}, "/plannedEndDate"),
        ("too long", {"plannedEndDate": "2099-01-01"}, "/plannedEndDate"),
        ("a reference with a BSN", {"plannedEndDate": "2027-07-31", "reference": "999990342"}, "/reference"),
        ("no reference", {"plannedEndDate": "2027-07-31", "reference": ""}, "/reference"),
    ):
        yield Malformed(name=f"renewal: {name}", path=path, body=as_bytes(content), location=location)
    yield Malformed(name="renewal: read", status=405, method="GET", path=path, headers={})


def _wrong_transfers() -> Iterator[Malformed]:
    path = "/professionals/staff-17/transfer"
    for name, content, location in (
        ("to nobody", {}, "/to"),
        ("to null", {"to": None}, "/to"),
        ("to a list", {"to": ["staff-18"]}, "/to"),
        ("to half a card", {"to": {"id": "staff-18"}}, "/to/name"),
        ("a reason", {"to": "staff-18", "reason": "x"}, "/reason"),
        ("to themselves", {"to": "staff-17"}, "/to"),
        ("to somebody unknown", {"to": "staff-unknown"}, "/to"),
        ("an empty cursor", {"to": "staff-18", "cursor": ""}, "/cursor"),
    ):
        yield Malformed(name=f"transfer: {name}", path=path, body=as_bytes(content), location=location)
    yield Malformed(name="transfer: read", status=405, method="GET", path=path, headers={})


def _wrong_places() -> Iterator[Malformed]:
    for tail in ("closure", "retraction", "history-openings"):
        path = f"/signals/{SIGNAL}/{tail}"
        yield Malformed(name=f"{tail}: a reason", path=path, body=b'{"reason": "x"}', location="/reason")
        yield Malformed(name=f"{tail}: a list", path=path, body=b"[]", location="")
        yield Malformed(name=f"{tail}: not JSON", path=path, body=b"x", location="")
        yield Malformed(
            name=f"{tail}: a form", status=415, path=path, body=b"a=b", headers={"Content-Type": "text/plain"}
        )
        yield Malformed(name=f"{tail}: read", status=405, method="GET", path=path, headers={})
    yield from _wrong_renewals()
    yield from _wrong_transfers()
    for method, path in (
        *(("PUT", "/signals"), ("DELETE", "/signals"), ("PATCH", "/signals"), ("OPTIONS", "/signals")),
        *(("POST", f"/signals/{SIGNAL}"), ("DELETE", f"/signals/{SIGNAL}"), ("PUT", f"/signals/{SIGNAL}")),
        *(("POST", f"/signals/{SIGNAL}/matches"), ("POST", "/health"), ("DELETE", "/openapi.json")),
    ):
        yield Malformed(name=f"method: {method} {path}", status=405, method=method, path=path)
    for path in (
        *("/", "/signal", "/signals/", f"/signals/{SIGNAL}/", f"/signals/{SIGNAL}//matches", "/v2/signals"),
        *(f"/signals/{SIGNAL}/matches/1", f"/signals/{SIGNAL}/youth", "/youths", "/search", "/openapi.yaml"),
    ):
        yield Malformed(name=f"path: {path}", status=404, method="GET", path=path, headers={})
    for path in ("/signals", f"/signals/{SIGNAL}", f"/signals/{SIGNAL}/matches"):
        yield Malformed(name=f"body: on reading {path}", method="GET", path=path, body=b"{}", location="")
    for one in ("1", "lo-1", "999990342", "..", "lo-" + "0" * 31 + "g", "%00", "lo-%27%20OR%201=1"):
        path = f"/signals/{one}"
        yield Malformed(name=f"id: {one}", status=404, method="GET", path=path, headers={})


def _wrong_batches(valid: dict[str, Any]) -> Iterator[Malformed]:
    """Faults of the whole; those of a line are told with the line."""
    bodies: dict[str, tuple[Any, str]] = {
        "no lines": ({"signals": []}, "/signals"),
        "101 lines": ({"signals": [valid] * 101}, "/signals"),
        "no list": ({"signals": valid}, "/signals"),
        "null": ({"signals": None}, "/signals"),
        "nothing": ({}, "/signals"),
        "one signal": (valid, "/signals"),
        "something beside": ({"signals": [valid], "note": "x"}, "/note"),
    }
    path = "/signal-batches"
    for name, (body, location) in bodies.items():
        yield Malformed(name=f"batch: {name}", path=path, body=as_bytes(body), location=location)
    texts = {
        "a list": (b"[]", ""),
        "cut off": (b'{"signals": [{}', ""),
        "twice": (b'{"signals": [], "signals": []}', "/signals"),
        "NaN in a line": (b'{"signals": [NaN]}', ""),
        "without end": (b'{"signals": ' + b"[" * 200_000, ""),
    }
    for name, (text, location) in texts.items():
        yield Malformed(name=f"batch: {name}", path=path, body=text, location=location)
    large = b'{"signals": ["' + b"x" * _LARGEST + b'"]}'
    yield Malformed(name="batch: too large", status=413, path=path, body=large)
    body = as_bytes({"signals": [valid]})
    yield Malformed(name="batch: XML", status=415, path=path, body=body, headers={"Content-Type": "text/xml"})
    yield Malformed(
        name="batch: key", path=path, body=body, headers=JSON | {"Idempotency-Key": "a b"},
        location="/Idempotency-Key",
    )  # fmt: skip
    yield Malformed(name="batch: query", path=f"{path}?dryRun=true", body=body, location="/dryRun")
    yield Malformed(name="batch: read", status=405, method="GET", path=path, headers={})


def _changed(name: str, body: dict[str, Any], location: str) -> Malformed:
    return Malformed(name=name, body=as_bytes(body), location=location)
