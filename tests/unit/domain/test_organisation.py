"""Organisations, and the contact card others see of them."""

from __future__ import annotations

import pytest

from chalicelib.domain.organisation import ContactCard, ContactPoint, Domain, contact_card, receiver_key
from tests.builders import make_organisation, make_professional


@pytest.mark.rule("D18")
def test_a_card_shows_who_to_call() -> None:
    """Name, function, organisation and where to reach them."""
    assert contact_card(make_organisation(name="De Regenboog"), make_professional()) == ContactCard(
        organisation="De Regenboog",
        domain=Domain.EDUCATION,
        name="J. Jansen p1",
        function="Intern begeleider",
        site="De Regenboog",
        email="p1@school.example",
        telephone="+31301234567",
    )


@pytest.mark.rule("D19")
def test_behind_a_contact_point_nothing_else_shows() -> None:
    """No organisation, no domain, no professional."""
    point = ContactPoint(name="Contactpunt", email="contact@punt.example", telephone="+31301110010")

    assert contact_card(make_organisation(contact_point=point), make_professional()) == ContactCard(
        organisation="Contactpunt",
        domain=None,
        name=None,
        function=None,
        site=None,
        email="contact@punt.example",
        telephone="+31301110010",
    )


def test_an_organisation_without_a_domain_of_work_shows_none() -> None:
    """A municipality's supervision, perhaps."""
    assert contact_card(make_organisation(domains=()), make_professional()).domain is None


def test_notices_are_gathered_per_professional() -> None:
    """Of one organisation."""
    assert make_professional("school", "p1").receiver == receiver_key("school", "p1") == "school#p1"


@pytest.mark.parametrize(
    ("email", "receives"),
    [
        ("p@school.example", True),
        ("P@SCHOOL.Example", True),
        ("p@sub.school.example", False),
        ("p@school.example.evil.example", False),
        ("p@otherschool.example", False),
        ("school.example", False),
        ("", False),
    ],
)
def test_mail_is_received_in_registered_domains_only(email: str, *, receives: bool) -> None:
    """The domain itself, however its letters are written."""
    assert make_organisation().receives_at(email) is receives
