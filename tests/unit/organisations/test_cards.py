"""Contact cards that an operator keeps."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.domain.audit import Act
from chalicelib.domain.errors import OrganisationNotFound, OrganisationRefused
from chalicelib.domain.organisation import Mailbox, MailTrouble, OrganisationKind
from chalicelib.organisations.cards import KeepCards
from chalicelib.ports.errors import StorageBusy
from tests.builders import NOW, make_organisation, make_professional
from tests.signal_requests import Region
from tests.unit.organisations.operators import OPERATOR, acts_of, trail_of

SUPERVISION = make_organisation(
    "regie", kind=OrganisationKind.SUPERVISION, municipalities=("0344", "0310"), domains=()
)


def with_organisations() -> Region:
    """A region with a school and a municipality's supervision."""
    region = Region()
    region.storage.state.organisations.update({"school": make_organisation(), "regie": SUPERVISION})
    return region


def keeping(region: Region) -> KeepCards:
    """The use case."""
    return KeepCards(storage=region.storage, trail=trail_of(region))


def test_a_card_is_replaced() -> None:
    """Matches show the new one from then on."""
    region = with_organisations()
    keeping(region).keep(make_professional(), operator=OPERATOR)
    moved = make_professional(telephone="+31307654321")

    keeping(region).keep(moved, operator=OPERATOR)

    assert region.storage.state.professionals == {"school#p1": moved}
    assert acts_of(region) == [(Act.ORGANISATION_CHANGED, "school")] * 2


@pytest.mark.rule("D17")
def test_a_supervisor_is_told_of_every_municipality_watched_over() -> None:
    """One professional for all of them."""
    region = with_organisations()
    card = make_professional("regie", "kuiper")

    codes = keeping(region).set_supervisor(card, operator=OPERATOR)

    assert codes == ("0344", "0310")
    assert region.storage.organisations.supervisor("0344") == "regie#kuiper"
    assert region.storage.organisations.supervisor("0310") == "regie#kuiper"
    assert region.storage.state.professionals == {"regie#kuiper": card}


@pytest.mark.parametrize(
    ("changes", "problems"),
    [
        ({"professional": "with#hash"}, [("/professional/id", "bad-id")]),
        ({"professional": ""}, [("/professional/id", "bad-id")]),
        ({"name": "two\nlines"}, [("/professional/name", "bad-name")]),
        ({"email": "p1@elsewhere.example"}, [("/professional/email", "email-domain-not-registered")]),
        ({"email": "p1 at school.example"}, [("/professional/email", "bad-email")]),
        (
            {"name": " ", "email": ""},
            [("/professional/email", "bad-email"), ("/professional/name", "bad-name")],
        ),
    ],
)
def test_a_card_nobody_can_use_is_refused(changes: dict[str, Any], problems: list[tuple[str, str]]) -> None:
    """No notice leaves for a mistyped address."""
    region = with_organisations()
    card = make_professional(**{"email": "p1@school.example", **changes})

    with pytest.raises(OrganisationRefused) as refused:
        keeping(region).keep(card, operator=OPERATOR)

    assert [(problem.pointer, problem.code) for problem in refused.value.problems] == problems
    assert region.storage.state.professionals == {}


def test_somebody_of_another_kind_of_organisation_supervises_nothing() -> None:
    """A school watches over no municipality."""
    region = with_organisations()

    with pytest.raises(OrganisationRefused):
        keeping(region).set_supervisor(make_professional(), operator=OPERATOR)

    assert region.storage.state.professionals == {}


def test_a_card_belongs_to_a_registered_organisation() -> None:
    """Else there is nobody to keep it for."""
    region = Region()

    with pytest.raises(OrganisationNotFound):
        keeping(region).keep(make_professional(), operator=OPERATOR)


BAD = Mailbox(address="p1@school.example", trouble=MailTrouble.BOUNCES, since=NOW)


@pytest.mark.rule("D28")
def test_an_address_that_was_right_after_all_is_released() -> None:
    """The trail says who did; once is enough."""
    region = with_organisations()
    region.storage.state.professionals["school#p1"] = make_professional(mailbox=BAD)

    assert keeping(region).release("school", "p1", operator=OPERATOR)
    assert not keeping(region).release("school", "p1", operator=OPERATOR)
    assert region.storage.state.professionals["school#p1"].mailbox is None
    assert acts_of(region) == [(Act.ADDRESS_RELEASED, "school")]


def test_nothing_is_released_where_nothing_is_flagged() -> None:
    """Another address than the one on the card, or nobody's card."""
    region = with_organisations()
    region.storage.state.professionals["school#p1"] = make_professional(
        email="new@school.example", mailbox=BAD
    )

    assert not keeping(region).release("school", "p1", operator=OPERATOR)
    assert not keeping(region).release("school", "p2", operator=OPERATOR)
    assert acts_of(region) == []


def test_a_card_that_changes_meanwhile_is_looked_at_again() -> None:
    """The operator is asked to come back."""
    region = with_organisations()
    region.storage.state.professionals["school#p1"] = make_professional(mailbox=BAD)

    def changed_elsewhere(operation: str) -> None:
        if operation == "organisations.put_mailbox":
            region.storage.state.professionals["school#p1"] = make_professional(email="new@school.example")

    region.storage.state.before = changed_elsewhere

    with pytest.raises(StorageBusy):
        keeping(region).release("school", "p1", operator=OPERATOR)
