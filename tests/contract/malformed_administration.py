"""Malformed requests about organisations, the register of excluded addresses, cards and sites."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chalicelib.api.documentation.exclusion_operations import SHELTER
from chalicelib.api.documentation.organisation_examples import NEW_ORGANISATION
from chalicelib.api.documentation.site_operations import SITE
from tests.contract.malformed_request import Malformed
from tests.signal_bodies import JSON, as_bytes, with_value, without

_PATCH = {"Content-Type": "application/merge-patch+json", "If-Match": "*"}
_ORGANISATIONS, _REGISTER = "/organisations", "/excluded-addresses"


def malformed_administration(mail_domain: str) -> Iterator[Malformed]:
    """All of them, by who may do everything."""
    yield from _organisations()
    yield from _changes()
    yield from _register()
    yield from _sites()
    yield from _cards(mail_domain)
    yield from _ids_and_queries()


def _organisations() -> Iterator[Malformed]:
    for pointer in ("/name", "/emailDomains"):
        yield _new(f"missing: {pointer}", without(NEW_ORGANISATION, pointer), pointer)
    values: dict[str, tuple[Any, ...]] = {
        "/id": ("", "a b", "-a", "a" * 65, "a#b", "\u00e9", None),
        "/name": ("", " ", "x" * 201, "a\nb", "so\u00adft", 12),
        "/kind": ("SCHOOL", "reporting", 1),
        "/domains": ("EDUCATION", ["EDUCATION"] * 8),
        "/mayUseBsn": ("true", 1),
        "/emailDomains": ([], "school.example"),
        "/emailDomains/0": ("School.example", "school", "*.example", "@school.example", "a..example"),
        "/scopes": ("signals:read",),
        "/scopes/0": ("signals", "organisations:own"),
        "/oin": ("1", "0" * 21, 99),
        "/kvk": ("123", "abcdefgh"),
        "/brin": ("9", "99ZZZ"),
        "/agb": ("1", "x" * 8),
        "/awsAccount": ("1", "x" * 12),
        "/administrator": ("beheer", "a@b", "a b@regenboog.example"),
        "/language": ("de", "NL"),
        "/requestsPerMinute": (99, -1, 1.5, "100", 1_000_001),
        "/contactPoint": ("x", []),
    }
    for pointer, wrong in values.items():
        for value in wrong:
            if pointer == "/id" and value is None:
                continue
            name = f"{pointer} is {str(value)[:20]!a}"
            yield _new(name, with_value(NEW_ORGANISATION, pointer, value), pointer)
    point = {"name": "Meldpunt", "email": "x@y.example"}
    for name in ("name", "email"):
        content = NEW_ORGANISATION | {"contactPoint": {k: v for k, v in point.items() if k != name}}
        yield _new(f"a contact point without {name}", content, f"/contactPoint/{name}")
    for name in ("revision", "state", "topicArn", "note", "may_use_bsn"):
        yield _new(f"unknown: {name}", NEW_ORGANISATION | {name: "x"}, f"/{name}")
    meaning: dict[str, dict[str, Any]] = {
        "/municipalities": {"municipalities": ["0344"]},
        "/domains": {"domains": []},
        "/scopes": {"scopes": ["organisations:manage"]},
        "/administrator": {"administrator": "beheer@elsewhere.example"},
    }
    for pointer, changes in meaning.items():
        yield _new(f"meaning: {pointer}", NEW_ORGANISATION | changes, pointer)
    yield _new("a supervisor of nothing", NEW_ORGANISATION | {"kind": "SUPERVISION"}, "/municipalities")
    for text in (b"", b"[]", b"null", b"{", b'{"name": "a", "name": "b"}'):
        yield Malformed(name=f"organisation: {text!r}", path=_ORGANISATIONS, body=text)
    form = {"Content-Type": "text/plain"}
    yield Malformed(name="organisation: a text", status=415, path=_ORGANISATIONS, body=b"x", headers=form)


def _changes() -> Iterator[Malformed]:
    path = f"{_ORGANISATIONS}/nobody-here"
    for name, headers, status in (
        ("without If-Match", {"Content-Type": "application/merge-patch+json"}, 428),
        ("a bad tag", _PATCH | {"If-Match": "unquoted"}, 400),
        ("XML", _PATCH | {"Content-Type": "application/xml"}, 415),
        ("nobody", _PATCH, 404),
    ):
        yield Malformed(
            name=f"change: {name}", method="PATCH", path=path, body=b"{}", headers=headers, status=status
        )
    for method in ("DELETE", "PUT", "POST"):
        yield Malformed(name=f"organisation: {method}", method=method, path=path, status=405)


def _register() -> Iterator[Malformed]:
    for pointer in (
        "/address",
        "/address/postalCode",
        "/address/houseNumber",
        "/kind",
        "/source",
        "/validFrom",
    ):
        yield _entry(f"missing: {pointer}", without(SHELTER, pointer), pointer)
    values: dict[str, tuple[Any, ...]] = {
        "/address": ("3511AB 12", [], None),
        "/address/postalCode": ("0511AB", "3511", "", 3511),
        "/address/houseNumber": (0, 100_000, "12", 1.5),
        "/address/houseLetter": ("AB", "1"),
        "/address/houseNumberAddition": ("boven", "#1"),
        "/level": ("STREET", "number"),
        "/kind": ("shelter", "A B", "A" * 41),
        "/source": ("", "<b>", "x" * 81),
        "/validFrom": ("tomorrow", "2026-02-30", None),
        "/validUntil": ("31-12-2027", "2027-12-31T00:00:00Z"),
    }
    for pointer, wrong in values.items():
        for value in wrong:
            yield _entry(f"{pointer} is {str(value)[:20]!a}", with_value(SHELTER, pointer, value), pointer)
    backwards = SHELTER | {"validFrom": "2027-01-02", "validUntil": "2027-01-01"}
    yield _entry("the last day before the first", backwards, "/validUntil")
    for name in ("id", "resident", "reason"):
        yield _entry(f"unknown: {name}", SHELTER | {name: "x"}, f"/{name}")
    one = f"{_REGISTER}/lo-{'0' * 32}"
    for method in ("GET", "DELETE"):
        yield Malformed(name=f"entry: {method} none", method=method, path=one, headers={}, status=404)
    for method in ("PUT", "PATCH", "POST"):
        yield Malformed(name=f"entry: {method}", method=method, path=one, status=405)
    yield Malformed(name="entry: a body on DELETE", method="DELETE", path=one, body=b"{}", location="")


def _sites() -> Iterator[Malformed]:
    path = "/sites/zuid"
    bodies: dict[str, tuple[Any, str]] = {
        "nothing": ({}, "/name"),
        "a number in the name": (SITE | {"name": "Zuid 12"}, "/name"),
        "no number": (SITE | {"telephone": "bel"}, "/telephone"),
        "a city": (SITE | {"city": "Utrecht"}, "/city"),
        "an id": (SITE | {"id": "zuid"}, "/id"),
    }
    for name, (body, location) in bodies.items():
        yield Malformed(name=f"site: {name}", method="PUT", path=path, body=as_bytes(body), location=location)
    body = as_bytes(SITE)
    any_site = JSON | {"If-Match": "*"}
    yield Malformed(name="site: not there", method="PUT", path=path, body=body, headers=any_site, status=412)
    yield Malformed(name="site: a BSN", method="PUT", path="/sites/999990342", body=body, location="/id")
    yield Malformed(name="site: a space", method="PUT", path="/sites/a%20b", body=body, status=404)
    for method in ("POST", "PATCH", "DELETE"):
        yield Malformed(name=f"site: {method}", method=method, path=path, status=405)


def _cards(mail_domain: str) -> Iterator[Malformed]:
    path, card = "/professionals/staff-77", {"name": "P. Vos", "email": f"p.vos@{mail_domain}"}
    bodies: dict[str, tuple[Any, str]] = {
        "no name": ({"email": card["email"]}, "/name"),
        "no address": ({"name": card["name"]}, "/email"),
        "elsewhere": (card | {"email": "p.vos@elsewhere.example"}, "/email"),
        "a site that is not there": (card | {"siteId": "noord"}, "/siteId"),
        "two sites": (card | {"site": "Zuid", "siteId": "zuid"}, ""),
        "an id": (card | {"id": "staff-77"}, "/id"),
    }
    for name, (body, location) in bodies.items():
        yield Malformed(name=f"card: {name}", method="PUT", path=path, body=as_bytes(body), location=location)
    yield Malformed(name="card: nobody's", method="GET", path=path, headers={}, status=404)


def _ids_and_queries() -> Iterator[Malformed]:
    for path in (
        "/organisations/a%20b",
        "/organisations/%00",
        "/excluded-addresses/1",
        "/sites/%23",
        "/professionals/%23",
    ):
        yield Malformed(name=f"id: {path}", method="GET", path=path, headers={}, status=404)
    for path in ("/organisations", "/excluded-addresses", "/sites", "/professionals"):
        for query, location in (("limit=0", "/limit"), ("cursor=forged", "/cursor"), ("name=x", "/name")):
            yield Malformed(
                name=f"query: {path}?{query}",
                method="GET",
                path=f"{path}?{query}",
                headers={},
                location=location,
            )


def _new(name: str, content: object, location: str) -> Malformed:
    return Malformed(
        name=f"organisation: {name}", path=_ORGANISATIONS, body=as_bytes(content), location=location
    )


def _entry(name: str, content: object, location: str) -> Malformed:
    return Malformed(name=f"entry: {name}", path=_REGISTER, body=as_bytes(content), location=location)
