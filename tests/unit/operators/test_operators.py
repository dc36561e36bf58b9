"""The operators' commands, from the words typed to what is stored and printed."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from chalicelib.domain.organisation import (
    ContactPoint,
    Language,
    Mailbox,
    MailTrouble,
    OrganisationState,
    Professional,
    Scope,
)
from chalicelib.ports.errors import StorageBusy
from chalicelib.security.tokens import TokenVerifier
from infra.account import Account
from infra.errors import InfraError
from infra.operators.addresses import COLUMNS
from infra.operators.desk import open_desk
from infra.stages import stage_named
from tests.signal_requests import make_request
from tests.unit.operators.counter import Counter, parsed

REGISTER = (
    "organisation register local --operator eva --id regenboog --name Regenboog --domain EDUCATION "
    "--bsn --email-domain regenboog.example"
)
SUPERVISION = (
    "organisation register local --id regie --name Regie --kind SUPERVISION "
    "--email-domain regie.example --municipality 0344 --municipality 0310"
)
HEADER = ",".join(COLUMNS)


@pytest.fixture
def counter(capsys: pytest.CaptureFixture[str]) -> Counter:
    """An operator at an empty region."""
    return Counter(capsys)


def test_a_registered_organisation_is_printed_as_it_is_stored(counter: Counter) -> None:
    """With its id and what it may do."""
    printed = json.loads(counter.type(REGISTER))

    assert printed == json.loads(counter.type("organisation show local regenboog"))
    assert printed == {
        "id": "regenboog",
        "name": "Regenboog",
        "kind": "REPORTING",
        "state": "ACTIVE",
        "domains": ["EDUCATION"],
        "may_use_bsn": True,
        "email_domains": ["regenboog.example"],
        "scopes": ["matches:read", "matches:write", "signals:read", "signals:write"],
        "oin": None,
        "contact_point": None,
        "municipalities": [],
        "topic_arn": None,
        "revision": 1,
        "administrator": None,
        "aws_account": None,
        "numbers": {"kvk": None, "brin": None, "agb": None},
        "language": "nl",
        "requests_per_minute": None,
    }


@pytest.mark.rule("D39")
def test_the_trail_names_the_operator(counter: Counter) -> None:
    """As given, or else whoever is logged in."""
    counter.type(REGISTER)

    assert [entry.professional_id for entry in counter.region.storage.state.audit.values()] == ["eva"]
    assert parsed("organisation list local").operator


def test_an_organisation_may_be_a_contact_point_with_its_own_scopes_and_topic(counter: Counter) -> None:
    """Every argument arrives."""
    counter.type(
        REGISTER,
        "--aws-account 123456789012 --oin 00000099000000101000 --contact-point-name Contactpunt",
        "--contact-point-email contact@punt.example --contact-point-telephone +31301110010",
        "--scopes signals:read matches:read",
    )

    stored = counter.region.storage.state.organisations["regenboog"]
    assert stored.contact_point == ContactPoint(
        name="Contactpunt", email="contact@punt.example", telephone="+31301110010"
    )
    assert stored.scopes == {Scope.SIGNALS_READ, Scope.MATCHES_READ}
    assert (stored.oin, stored.topic_arn is not None) == ("00000099000000101000", True)


def test_half_a_contact_point_is_none(counter: Counter) -> None:
    """It has a name and an address."""
    with pytest.raises(InfraError, match="a name and an e-mail address"):
        counter.type(REGISTER, "--contact-point-name Contactpunt")


def test_organisations_are_listed_by_id(counter: Counter) -> None:
    """One a line."""
    counter.type(SUPERVISION)
    counter.type(REGISTER)

    assert counter.type("organisation list local") == (
        "regenboog\tACTIVE\tREPORTING\tRegenboog\nregie\tACTIVE\tSUPERVISION\tRegie\n"
    )


def test_an_organisation_is_renamed_shut_out_and_let_in_again(counter: Counter) -> None:
    """Each change is printed."""
    counter.type(REGISTER)

    assert json.loads(counter.type("organisation rename local regenboog --name Boog"))["name"] == "Boog"
    assert json.loads(counter.type("organisation suspend local regenboog"))["state"] == "SUSPENDED"
    assert json.loads(counter.type("organisation resume local regenboog"))["state"] == "ACTIVE"
    assert counter.region.storage.state.organisations["regenboog"].state is OrganisationState.ACTIVE


@pytest.mark.rule("D19")
def test_an_organisation_is_shown_as_a_contact_point_and_as_itself_again(counter: Counter) -> None:
    """With and without the contact point's particulars."""
    counter.type(REGISTER)
    point = "--contact-point-name Punt --contact-point-email contact@punt.example"

    shown = json.loads(counter.type("organisation show-as local regenboog", point))
    again = json.loads(counter.type("organisation show-as local regenboog"))

    assert shown["contact_point"] == {"name": "Punt", "email": "contact@punt.example", "telephone": None}
    assert again["contact_point"] is None


@pytest.mark.rule("D28")
def test_a_professionals_card_is_kept(counter: Counter) -> None:
    """Every argument arrives."""
    counter.type(REGISTER)

    printed = counter.type(
        "professional set local --organisation regenboog --id s1 --name Jansen --language en",
        "--email j@regenboog.example --function IB --site Zuid --telephone +31301110010",
    )

    assert printed == "Jansen is shown so from now on\n"
    assert counter.region.storage.state.professionals == {
        "regenboog#s1": Professional(
            organisation_id="regenboog",
            id="s1",
            name="Jansen",
            function="IB",
            site="Zuid",
            email="j@regenboog.example",
            telephone="+31301110010",
            language=Language.ENGLISH,
        )
    }


@pytest.mark.rule("D17")
def test_a_supervisor_is_set_for_every_municipality(counter: Counter) -> None:
    """And the operator reads which."""
    counter.type(SUPERVISION)

    printed = counter.type(
        "supervisor set local --organisation regie --id kuiper --name Kuiper --email k@regie.example"
    )

    assert printed == "Kuiper is told of matches in 0344, 0310\n"
    assert counter.region.storage.organisations.supervisor("0310") == "regie#kuiper"


def test_a_token_is_all_that_is_printed(counter: Counter) -> None:
    """So that a script can take it as it is."""
    counter.type(REGISTER)

    token = counter.type("token local --organisation regenboog --minutes 5 --scopes signals:read").strip()

    settings = counter.desk.settings
    verifier = TokenVerifier(
        key=counter.key,
        issuer=settings.issuer,
        audience=settings.audience,
        clock=counter.region.clock,
    )
    assert verifier.verify(token).scopes == {Scope.SIGNALS_READ}


def test_an_address_is_excluded_and_listed(counter: Counter) -> None:
    """From today, unless it is said otherwise; signals there are matched anew."""
    counter.region.give(make_request())

    printed = counter.type(
        "exclude-address add local --postal-code 3511AB --house-number 12 --kind SHELTER --source gemeente"
    )

    assert printed == "excluded; signals matched anew: 1\n"
    assert counter.type("exclude-address list local") == (
        "3511AB 12\tNUMBER\tSHELTER\tgemeente\t2026-11-22 - …\n"
    )
    assert counter.region.storage.exclusions.excluded(["3511AB|12"], date(2026, 11, 22))


def test_an_address_leaves_the_register(counter: Counter) -> None:
    """At the level at which it was excluded."""
    address = "--postal-code 3511AB --house-number 12"
    counter.type(f"exclude-address add local {address} --kind SHELTER --source gemeente")

    printed = counter.type(f"exclude-address remove local {address}")

    assert printed == "no longer excluded; signals matched anew: 0\n"
    assert counter.type("exclude-address list local") == ""


def test_a_file_of_addresses_is_imported(counter: Counter, tmp_path: Path) -> None:
    """Line by line."""
    path = tmp_path / "addresses.csv"
    path.write_text(
        f"{HEADER}\n3511AB,12,,,NUMBER,SHELTER,gemeente,2025-01-01,\n"
        "3511AB,14,A,bis,EXACT,CARE,gemeente,2025-01-01,2027-12-31\n"
    )

    assert counter.type("exclude-address import local", str(path)) == "excluded: 2; signals matched anew: 0\n"
    assert counter.type("exclude-address list local") == (
        "3511AB 12\tNUMBER\tSHELTER\tgemeente\t2025-01-01 - …\n"
        "3511AB 14Abis\tEXACT\tCARE\tgemeente\t2025-01-01 - 2027-12-31\n"
    )


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("", "does not begin with postalCode"),
        ("a,b\n1,2\n", "does not begin with postalCode"),
        (
            f"{HEADER}\n3511AB,twelve,,,NUMBER,SHELTER,gemeente,2025-01-01,\n",
            "line 2 .* houseNumber is not a number",
        ),
        (f"{HEADER}\n3511AB,12,,,NUMBER,SHELTER,gemeente,,\n", "line 2 .* validFrom is not a day"),
        (f"{HEADER}\n3511AB,12\n", "line 2 is not as it should be"),
        (f"{HEADER}\n3511AB,12,,,STREET,SHELTER,gemeente,2025-01-01,\n", "line 2 .* level is not one of"),
        (f"{HEADER}\n3511,12,,,NUMBER,SHELTER,gemeente,2025-01-01,\n", "line 2: A postal code and a house"),
        ("\xff\xfe", "cannot be read"),
    ],
)
def test_a_file_that_is_not_as_it_should_be_is_refused_by_line(
    counter: Counter, tmp_path: Path, content: str, complaint: str
) -> None:
    """Plainly."""
    path = tmp_path / "addresses.csv"
    path.write_text(content, encoding="latin-1")

    with pytest.raises(InfraError, match=complaint):
        counter.type("exclude-address import local", str(path))


def test_a_file_that_is_not_there_is_said_plainly(counter: Counter, tmp_path: Path) -> None:
    """And not as a traceback."""
    with pytest.raises(InfraError, match="cannot be read"):
        counter.type("exclude-address import local", str(tmp_path / "none.csv"))


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ("organisation show local nobody", "no such organisation"),
        ("token local --organisation nobody", "no such organisation"),
        (REGISTER, "registered already"),
        ("organisation register local --name X --email-domain x.example", "/domains: One of the seven"),
    ],
)
def test_what_an_operator_can_put_right_is_said_plainly(counter: Counter, words: str, complaint: str) -> None:
    """With every broken rule on a line of its own."""
    counter.type(REGISTER)

    with pytest.raises(InfraError, match=complaint):
        counter.type(words)


def test_busy_storage_is_said_plainly(counter: Counter) -> None:
    """Trying again is right."""

    def busy(operation: str) -> None:
        raise StorageBusy(operation)

    counter.region.storage.state.before = busy

    with pytest.raises(InfraError, match="try again"):
        counter.type("organisation list local")


def test_a_desk_has_the_settings_of_the_stages_functions(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """In the stage's region, with its issuer and its names; opening it asks nothing of AWS."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", "elsewhere-1")
    account = Account(stage_named("limburg"), None, tmp_path)

    desk = open_desk(account)

    assert os.environ["AWS_DEFAULT_REGION"] == "eu-west-1"
    assert desk.settings.issuer == "https://verwijsindex.limburg.example/v1"
    assert desk.settings.table_prefix == "verwijsindex-limburg-"
    assert desk.names.new_id().startswith("li-")


def test_a_stage_that_does_not_run_is_said_plainly(tmp_path: Path) -> None:
    """Before anything is asked of AWS."""
    options = parsed("organisation list local --home", str(tmp_path))
    run: Callable[[argparse.Namespace], None] = options.run

    with pytest.raises(InfraError, match="no embedded AWS runs here"):
        run(options)


@pytest.mark.rule("D28")
def test_who_hears_of_mail_that_fails_is_named_with_the_organisation_or_later(counter: Counter) -> None:
    """In one of its e-mail domains."""
    counter.type(REGISTER, "--administrator office@regenboog.example")
    later = counter.type("organisation administer local regenboog --email beheer@regenboog.example")

    assert json.loads(later)["administrator"] == "beheer@regenboog.example"
    with pytest.raises(InfraError, match="/administrator"):
        counter.type("organisation administer local regenboog --email beheer@elsewhere.example")


def test_an_organisation_gets_a_limit_of_its_own_and_loses_it_again(counter: Counter) -> None:
    """Left out it may ask as much as its stage allows each."""
    counter.type(REGISTER)
    limited = counter.type("organisation limit local regenboog --per-minute 500")
    freed = counter.type("organisation limit local regenboog")

    assert json.loads(limited)["requests_per_minute"] == 500
    assert json.loads(freed)["requests_per_minute"] is None


def test_an_organisation_takes_part_on_other_terms(counter: Counter) -> None:
    """What is named changes, and nothing else; empty takes a number away."""
    counter.type(REGISTER, "--kvk 90000001 --brin 99ZZ --language nl")
    changed = json.loads(
        counter.type(
            "organisation change local regenboog --domain YOUTH_HELP --domain EDUCATION --no-bsn",
            "--scopes signals:write --kvk= --agb 99000001 --language en --email-domain school.example",
            "--aws-account 123456789012 --oin 00000099000000101000",
        )
    )

    assert changed == changed | {
        "name": "Regenboog",
        "domains": ["YOUTH_HELP", "EDUCATION"],
        "may_use_bsn": False,
        "scopes": ["signals:write"],
        "numbers": {"kvk": None, "brin": "99ZZ", "agb": "99000001"},
        "language": "en",
        "email_domains": ["school.example"],
        "aws_account": "123456789012",
        "oin": "00000099000000101000",
        "state": "ACTIVE",
        "revision": 2,
    }


def test_terms_that_break_rules_are_refused_and_nothing_changes(counter: Counter) -> None:
    """As they are when it is registered."""
    before = counter.type(REGISTER)

    with pytest.raises(InfraError, match="/municipalities"):
        counter.type("organisation change local regenboog --municipality 0344")
    assert json.loads(counter.type("organisation show local regenboog")) == json.loads(before)


@pytest.mark.rule("D28")
def test_an_address_that_is_not_flagged_is_said_to_be(counter: Counter) -> None:
    """Whoever releases it may have mistyped."""
    counter.type(REGISTER)

    assert "not flagged" in counter.type("professional release local --organisation regenboog --id p1")


@pytest.mark.rule("D28")
def test_flagged_addresses_are_listed_without_name_or_address(counter: Counter) -> None:
    """By organisation and staff id, with what came back and whether the administrator heard."""
    counter.type(REGISTER)
    for number in ("p1", "p2"):
        counter.type(
            f"professional set local --organisation regenboog --id {number}",
            f"--name Jansen --email {number}@regenboog.example",
        )
    _flag(counter, "p2")

    listed = counter.type("professional flagged local")

    assert listed.splitlines() == ["regenboog  p2  BOUNCES  2026-09-01  not told", "flagged: 1"]


def _flag(counter: Counter, professional_id: str) -> None:
    organisations = counter.desk.storage.organisations
    card = organisations.professional("regenboog", professional_id)
    assert card is not None
    mailbox = Mailbox(
        address=card.email, trouble=MailTrouble.BOUNCES, since=datetime(2026, 9, 1, 10, tzinfo=UTC)
    )
    organisations.put_mailbox(card, mailbox, None)
