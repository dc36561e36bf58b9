"""Registering an organisation."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.domain.audit import Act
from chalicelib.domain.errors import OrganisationExists, OrganisationRefused
from chalicelib.domain.organisation import (
    ContactPoint,
    Domain,
    Organisation,
    OrganisationKind,
    OrganisationState,
    Scope,
)
from chalicelib.organisations.register import RegisterOrganisation
from tests.builders import make_organisation
from tests.signal_requests import Region
from tests.unit.organisations.operators import OPERATOR, FakeTopics, acts_of, make_registration, trail_of

SUPERVISION: dict[str, Any] = {"kind": OrganisationKind.SUPERVISION, "municipalities": ("0344",)}


def register(region: Region, topics: FakeTopics | None = None, **changes: Any) -> Organisation:
    """Register :func:`make_registration`, changed."""
    use_case = RegisterOrganisation(
        storage=region.storage, topics=topics or FakeTopics(), names=region.names, trail=trail_of(region)
    )
    return use_case(make_registration(**changes), operator=OPERATOR)


def problems_of(**changes: Any) -> list[tuple[str, str]]:
    """Which rules a registration breaks."""
    with pytest.raises(OrganisationRefused) as refused:
        register(Region(), **changes)
    return [(problem.pointer, problem.code) for problem in refused.value.problems]


def test_a_registered_organisation_is_stored_as_it_is_answered() -> None:
    """Active, with what an organisation that gives signals may do."""
    region = Region()

    registered = register(region)

    assert registered == Organisation(
        id="regenboog",
        name="Scholengroep De Regenboog",
        kind=OrganisationKind.REPORTING,
        state=OrganisationState.ACTIVE,
        domains=(Domain.EDUCATION,),
        may_use_bsn=True,
        email_domains=("regenboog.example",),
        scopes=frozenset({Scope.SIGNALS_WRITE, Scope.SIGNALS_READ, Scope.MATCHES_READ, Scope.MATCHES_WRITE}),
        oin="00000099000000101000",
        contact_point=None,
        municipalities=(),
        topic_arn=None,
        revision=1,
    )
    assert region.storage.state.organisations == {"regenboog": registered}
    assert acts_of(region) == [(Act.ORGANISATION_REGISTERED, "regenboog")]


def test_an_id_is_made_when_none_is_given() -> None:
    """A random one, of the stage."""
    assert register(Region(), id=None).id == "lo-00000000000000000000000000000001"


@pytest.mark.rule("D17")
def test_a_supervisor_watches_and_gives_no_signals() -> None:
    """Its scopes are its own."""
    registered = register(Region(), **SUPERVISION)

    assert registered.municipalities == ("0344",)
    assert registered.scopes == {Scope.SUPERVISION_READ}


def test_scopes_that_are_asked_for_are_granted() -> None:
    """Instead of those of its kind."""
    assert register(Region(), scopes=frozenset({Scope.SIGNALS_READ})).scopes == {Scope.SIGNALS_READ}


def test_an_organisation_with_an_account_gets_a_topic() -> None:
    """Open to that account."""
    topics = FakeTopics()

    registered = register(Region(), topics, aws_account="123456789012")

    assert registered.topic_arn == "arn:aws:sns:eu-central-1:000000000000:events-regenboog"
    assert topics.opened == [("regenboog", "123456789012")]


def test_an_id_that_is_taken_is_refused_before_its_topic_is_touched() -> None:
    """Else a second registration would open the first one's events to another account."""
    region, topics = Region(), FakeTopics()
    register(region)

    with pytest.raises(OrganisationExists):
        register(region, topics, aws_account="123456789012")

    assert topics.opened == []


def test_an_id_that_is_taken_meanwhile_is_refused_too() -> None:
    """By another operator, at the same moment."""
    region = Region()
    once = iter(["another operator comes in between"])

    def taken_elsewhere(operation: str) -> None:
        if operation == "organisations.put" and next(once, None):
            region.storage.state.organisations["regenboog"] = make_organisation("regenboog")

    region.storage.state.before = taken_elsewhere

    with pytest.raises(OrganisationExists):
        register(region)


@pytest.mark.parametrize(
    ("changes", "problems"),
    [
        ({"name": " "}, [("/name", "bad-name")]),
        ({"name": "x" * 201}, [("/name", "bad-name")]),
        ({"name": "two\nlines"}, [("/name", "bad-name")]),
        ({"id": "with#hash"}, [("/id", "bad-id")]),
        ({"id": ""}, [("/id", "bad-id")]),
        ({"oin": "123"}, [("/oin", "bad-oin")]),
        ({"aws_account": "12345"}, [("/awsAccount", "bad-account")]),
        ({"email_domains": ()}, [("/emailDomains", "required")]),
        ({"email_domains": ("a.example", "@b.example")}, [("/emailDomains/1", "bad-domain")]),
        ({"email_domains": ("localhost",)}, [("/emailDomains/0", "bad-domain")]),
        ({"domains": ()}, [("/domains", "required")]),
        ({"municipalities": ("0344",)}, [("/municipalities", "not-allowed")]),
        ({**SUPERVISION, "municipalities": ()}, [("/municipalities", "required")]),
        ({**SUPERVISION, "municipalities": ("0344", "344")}, [("/municipalities/1", "bad-municipality")]),
        ({**SUPERVISION, "scopes": frozenset({Scope.SIGNALS_WRITE})}, [("/scopes", "not-allowed")]),
        (
            {"contact_point": ContactPoint(name="", email="nowhere", telephone=None)},
            [("/contactPoint/email", "bad-email"), ("/contactPoint/name", "bad-name")],
        ),
        ({"administrator": "nowhere"}, [("/administrator", "bad-email")]),
        ({"administrator": "a@b.example"}, [("/administrator", "email-domain-not-registered")]),
        ({"name": "", "oin": "1"}, [("/name", "bad-name"), ("/oin", "bad-oin")]),
    ],
)
def test_what_cannot_work_is_refused_all_at_once(
    changes: dict[str, Any], problems: list[tuple[str, str]]
) -> None:
    """Each rule names its field."""
    assert problems_of(**changes) == problems


@pytest.mark.rule("D19")
def test_a_contact_point_may_be_reached_elsewhere() -> None:
    """It hides the organisation, and a mail domain would tell."""
    point = ContactPoint(name="Contactpunt", email="contact@jeugdengezin.example", telephone=None)

    assert register(Region(), contact_point=point).contact_point == point
