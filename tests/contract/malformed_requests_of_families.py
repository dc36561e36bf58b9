"""Malformed requests of families: filing, decisions, doubts, advice and answers (D31 to D33)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from chalicelib.api.documentation.request_examples import NEW_REQUEST
from tests.contract.malformed_request import Malformed
from tests.signal_bodies import JSON, as_bytes, with_value, without

_REQUESTS = "/requests"
_NONE = f"{_REQUESTS}/lo-{'0' * 32}"
_SIGNAL = f"lo-{'1' * 32}"


def malformed_requests_of_families(today: date) -> Iterator[Malformed]:
    """All of them, by who may do everything."""
    yield from _filed(today)
    yield from _decided()
    yield from _advised()
    yield from _elsewhere()


def _filed(today: date) -> Iterator[Malformed]:
    valid = with_value(NEW_REQUEST, "/receivedOn", today.isoformat())
    valid = with_value(valid, "/requester/identityChecked/on", today.isoformat())
    for pointer in (
        "/kind",
        "/receivedOn",
        "/requester",
        "/requester/role",
        "/requester/identityChecked",
        "/requester/identityChecked/on",
        "/requester/identityChecked/how",
        "/youth",
    ):
        yield _new(f"missing: {pointer}", without(valid, pointer), pointer)
    valid = valid | {"signals": [_SIGNAL]}
    tomorrow = (today + timedelta(days=2)).isoformat()
    values: dict[str, tuple[Any, ...]] = {
        "/kind": ("access", "FORGET", None, 1),
        "/receivedOn": ("yesterday", "2026-02-30", "2026-11-20T09:00:00Z", tomorrow, None),
        "/requester/role": ("PARENT", "youth"),
        "/requester/identityChecked/on": (tomorrow, "20-11-2026"),
        "/requester/identityChecked/how": ("BY_HEART", ""),
        "/youth": ("Sebastiaan", [], None),
        "/youth/bsn": ("123456789", 999990342, "99999034"),
        "/youth/surname": ("", " ", "Meer1", "x" * 201),
        "/youth/birthDate": ("09-03-2014", "2014-02-30"),
        "/signals": ([], "all", [_SIGNAL] * 101),
        "/signals/0": ("1", "lo-1", "../"),
        "/restrict": ("true", 1, None),
    }
    for pointer, wrong in values.items():
        for value in wrong:
            yield _new(f"{pointer} is {str(value)[:20]!a}", with_value(valid, pointer, value), pointer)
    meaning: dict[str, tuple[str, object, str]] = {
        "nobody in particular": ("/youth", {"surname": "Meer"}, "/youth"),
        "too young to ask": ("/youth/birthDate", tomorrow, "/requester/role"),
    }
    for name, (pointer, value, location) in meaning.items():
        yield _new(name, with_value(valid, pointer, value), location)
    for name in ("requesterName", "reason", "state", "dueOn", "id"):
        yield _new(f"unknown: {name}", valid | {name: "x"}, f"/{name}")
    for text in (b"", b"[]", b"null", b"{", b'{"kind": "ACCESS", "kind": "COPY"}'):
        yield Malformed(name=f"request: {text!r}", path=_REQUESTS, body=text)
    form = {"Content-Type": "text/plain"}
    yield Malformed(name="request: a text", status=415, path=_REQUESTS, body=b"x", headers=form)
    yield Malformed(
        name="request: a query", path=f"{_REQUESTS}?dryRun=true", body=as_bytes(valid), location="/dryRun"
    )


def _decided() -> Iterator[Malformed]:
    measure = {"signalId": _SIGNAL, "measure": "CLOSED"}
    bodies: dict[str, tuple[Any, str]] = {
        "no ruling": ({}, "/ruling"),
        "another ruling": ({"ruling": "YES"}, "/ruling"),
        "another ground": ({"ruling": "REFUSED", "ground": "TOO_MUCH_WORK"}, "/ground"),
        "a reason in words": ({"ruling": "GRANTED", "reason": "because"}, "/reason"),
        "another measure": (
            {"ruling": "GRANTED", "measures": [measure | {"measure": "HIDDEN"}]},
            "/measures/0/measure",
        ),
        "no id": ({"ruling": "GRANTED", "measures": [{"measure": "CLOSED"}]}, "/measures/0/signalId"),
        "a bad id": (
            {"ruling": "GRANTED", "measures": [measure | {"signalId": "1"}]},
            "/measures/0/signalId",
        ),
        "too many": ({"ruling": "GRANTED", "measures": [measure] * 101}, "/measures"),
    }
    for name, (body, location) in bodies.items():
        path = f"{_NONE}/decision"
        yield Malformed(name=f"decision: {name}", path=path, body=as_bytes(body), location=location)
    yield Malformed(
        name="decision: of none", path=f"{_NONE}/decision", body=b'{"ruling": "GRANTED"}', status=404
    )


def _advised() -> Iterator[Malformed]:
    def given(**changes: Any) -> dict[str, Any]:
        return {"signals": [{"signalId": _SIGNAL, "advice": "GRANT"} | changes]}

    bodies: dict[str, tuple[Any, str]] = {
        "nothing": ({}, "/signals"),
        "no lines": ({"signals": []}, "/signals"),
        "another advice": (given(advice="MAYBE"), "/signals/0/advice"),
        "no ground": (given(advice="REFUSE"), "/signals/0/ground"),
        "a ground too many": (given(ground="SIGNAL_JUSTIFIED"), "/signals/0/ground"),
        "another ground": (given(advice="REFUSE", ground="RATHER_NOT"), "/signals/0/ground"),
        "words": (given(note="x"), "/signals/0/note"),
    }
    for name, (body, location) in bodies.items():
        path = f"{_NONE}/advice"
        yield Malformed(
            name=f"advice: {name}", method="PUT", path=path, body=as_bytes(body), location=location
        )
    yield Malformed(name="advice: of none", method="GET", path=f"{_NONE}/advice", headers={}, status=404)


def _elsewhere() -> Iterator[Malformed]:
    doubt = f"{_NONE}/signals/{_SIGNAL}"
    for body in ({}, {"concerns": "yes"}, {"concerns": None}):
        yield Malformed(
            name=f"doubt: {body}", method="PUT", path=doubt, body=as_bytes(body), location="/concerns"
        )
    for tail in ("", "/access-answer"):
        path = f"{_NONE}{tail}"
        yield Malformed(name=f"request: none{tail}", method="GET", path=path, headers={}, status=404)
    answer = f"{_NONE}/access-answer"
    pdf = {"Accept": "application/pdf"}
    yield Malformed(name="answer: as a PDF", method="GET", path=answer, headers=pdf, status=406)
    for method in ("PUT", "PATCH", "DELETE"):
        yield Malformed(name=f"request: {method}", method=method, path=_NONE, status=405)
    for path in ("/requests/1", "/requests/%23", "/requests/lo-XYZ/advice", "/requests/%00/access-answer"):
        yield Malformed(name=f"id: {path}", method="GET", path=path, headers={}, status=404)
    for query, location in (
        ("limit=0", "/limit"),
        ("cursor=forged", "/cursor"),
        ("surname=x", "/surname"),
        ("state=MAYBE", "/state"),
    ):
        path = f"{_REQUESTS}?{query}"
        yield Malformed(name=f"query: {path}", method="GET", path=path, headers={}, location=location)
    tag = JSON | {"If-Match": "unquoted"}
    sure = as_bytes({"concerns": True})
    yield Malformed(name="doubt: a bad tag", method="PUT", path=doubt, headers=tag, body=sure)


def _new(name: str, content: object, location: str) -> Malformed:
    return Malformed(name=f"request: {name}", path=_REQUESTS, body=as_bytes(content), location=location)
