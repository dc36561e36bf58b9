"""``organisation change``: on which terms an organisation takes part from now on."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from chalicelib.domain.organisation import Domain, Language, Organisation, RegisterNumbers
from chalicelib.organisations.edit import Terms
from chalicelib.organisations.registration import Registration
from infra.operators.action import Action
from infra.operators.desk import Desk
from infra.operators.tokens import add_scopes, scopes_of
from infra.words import one_of

_REGISTERS: Final = {
    "oin": "20 digits",
    "kvk": "8 digits, in the trade register",
    "brin": "4 or 6 characters, of a school or its location",
    "agb": "8 digits, of a care provider",
}


@dataclass(frozen=True, slots=True)
class _Changes:
    """What is to be otherwise of a registration, by the names of its fields; the state stays."""

    wanted: Mapping[str, Any]
    numbers: argparse.Namespace

    def applied_to(self, held: Organisation) -> Terms:
        """The terms as they are to be."""
        numbers = numbers_of(self.numbers, held.numbers)
        return Terms(replace(Registration.of(held), numbers=numbers, **self.wanted), held.state)


def add_numbers(parser: argparse.ArgumentParser) -> None:
    """The arguments that say what other registers call an organisation."""
    for name, form in _REGISTERS.items():
        parser.add_argument(f"--{name}", metavar="NUMBER", help=f"{form}; empty takes it away")


def numbers_of(options: argparse.Namespace, held: RegisterNumbers) -> RegisterNumbers:
    """The numbers as typed; those that were not are as they were held."""
    typed = {name: getattr(options, name) for name in asdict(held)}
    return replace(held, **{name: one or None for name, one in typed.items() if one is not None})


def add_language(parser: argparse.ArgumentParser, otherwise: Language | None) -> None:
    """The argument that says in which language its professionals get mail."""
    parser.add_argument(
        "--language",
        type=Language,
        choices=list(Language),
        default=otherwise,
        help="of mails to professionals whose card names none",
    )


def print_organisation(organisation: Organisation) -> None:
    """As it is stored."""
    print(json.dumps(asdict(organisation), indent=2, default=sorted, ensure_ascii=False))


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("organisation", metavar="ID", help="the organisation's id")
    parser.add_argument(
        "--domain",
        type=one_of(Domain),
        action="append",
        metavar="DOMAIN",
        help=f"all it has from now on, of {', '.join(Domain)}; main one first (D6)",
    )
    parser.add_argument(
        "--bsn",
        action=argparse.BooleanOptionalAction,
        help="may use the BSN, and so has to, or may not (D4)",
    )
    parser.add_argument(
        "--email-domain", action="append", metavar="DOMAIN", help="all it has from now on, each with this"
    )
    parser.add_argument(
        "--municipality", action="append", metavar="CODE", help="all that a supervisor has from now on (D17)"
    )
    parser.add_argument(
        "--aws-account", metavar="ACCOUNT", help="12 digits; empty for none: closes its topic"
    )
    add_numbers(parser)
    add_language(parser, None)
    add_scopes(parser, "those it has")


def _change(desk: Desk, options: argparse.Namespace) -> None:
    changes = _Changes(_wanted(options), options)
    print_organisation(desk.edit(options.organisation, changes, operator=options.operator))


def _wanted(options: argparse.Namespace) -> dict[str, Any]:
    """What was typed, by the fields of a registration; what was not stays as it is."""
    lists = {"domains": options.domain, "email_domains": options.email_domain}
    lists["municipalities"] = options.municipality
    typed = {name: tuple(values) for name, values in lists.items() if values is not None}
    ones = {"may_use_bsn": options.bsn, "language": options.language, "scopes": scopes_of(options.scopes)}
    may_be_none = {"oin": options.oin, "aws_account": options.aws_account}
    return (
        typed
        | {name: value for name, value in ones.items() if value is not None}
        | {name: value or None for name, value in may_be_none.items() if value is not None}
    )


CHANGE: Final = Action(
    "change",
    "change on which terms it takes part: domains, BSN, scopes, numbers, language",
    _arguments,
    _change,
)
