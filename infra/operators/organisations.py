"""``organisation``: register, list, show, change, rename, suspend, resume."""

from __future__ import annotations

import argparse
from typing import Final

from chalicelib.domain.errors import OrganisationNotFound
from chalicelib.domain.organisation import NO_NUMBERS, ContactPoint, Domain, Language, OrganisationKind
from chalicelib.organisations.registration import Registration
from infra.errors import InfraError
from infra.operators.action import Action, Logged, no_arguments
from infra.operators.desk import Desk
from infra.operators.terms import CHANGE, add_language, add_numbers, numbers_of, print_organisation
from infra.operators.tokens import add_scopes, scopes_of
from infra.words import one_of


def _add_id(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("organisation", metavar="ID", help="the organisation's id")


def _register_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--name", required=True, help="as others see it")
    parser.add_argument("--id", help="letters, digits and hyphens (made when left out)")
    parser.add_argument(
        "--kind",
        type=OrganisationKind,
        choices=list(OrganisationKind),
        default=OrganisationKind.REPORTING,
        help="gives signals, or watches over municipalities (%(default)s)",
    )
    parser.add_argument(
        "--domain",
        type=one_of(Domain),
        action="append",
        default=[],
        metavar="DOMAIN",
        help=f"of {', '.join(Domain)}; may be given again, main one first (D6)",
    )
    parser.add_argument("--bsn", action="store_true", help="may use the BSN, and so has to (D4)")
    parser.add_argument(
        "--email-domain",
        action="append",
        required=True,
        metavar="DOMAIN",
        help="where its professionals get mail; may be given again",
    )
    parser.add_argument(
        "--municipality",
        action="append",
        default=[],
        metavar="CODE",
        help="that a supervisor watches over; may be given again (D17)",
    )
    parser.add_argument("--aws-account", help="12 digits: may subscribe to the organisation's events")
    parser.add_argument("--administrator", metavar="EMAIL", help="hears when mail to a professional fails")
    add_numbers(parser)
    _add_contact_point(parser)
    add_language(parser, Language.DUTCH)
    add_scopes(parser, "those of its kind")


def _add_contact_point(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--contact-point-name", help="shown instead of the organisation (D19)")
    parser.add_argument("--contact-point-email", help="shown instead of the professional's (D19)")
    parser.add_argument("--contact-point-telephone", help="shown instead of the professional's (D19)")


def _register(desk: Desk, options: argparse.Namespace) -> None:
    registration = Registration(
        id=options.id,
        name=options.name,
        kind=options.kind,
        domains=tuple(options.domain),
        may_use_bsn=options.bsn,
        email_domains=tuple(options.email_domain),
        scopes=scopes_of(options.scopes),
        oin=options.oin,
        contact_point=_contact_point(options),
        municipalities=tuple(options.municipality),
        aws_account=options.aws_account,
        administrator=options.administrator,
        numbers=numbers_of(options, NO_NUMBERS),
        language=options.language,
    )
    print_organisation(desk.register(registration, operator=options.operator))


def _contact_point(options: argparse.Namespace) -> ContactPoint | None:
    if options.contact_point_name is None and options.contact_point_email is None:
        return None
    if options.contact_point_name is None or options.contact_point_email is None:
        raise InfraError("a contact point has a name and an e-mail address")
    return ContactPoint(
        name=options.contact_point_name,
        email=options.contact_point_email,
        telephone=options.contact_point_telephone,
    )


def _list(desk: Desk, _: argparse.Namespace) -> None:
    for organisation in desk.storage.organisations.all():
        print(f"{organisation.id}\t{organisation.state}\t{organisation.kind}\t{organisation.name}")


def _show(desk: Desk, options: argparse.Namespace) -> None:
    organisation = desk.storage.organisations.get(options.organisation)
    if organisation is None:
        raise OrganisationNotFound
    print_organisation(organisation)


def _rename_arguments(parser: argparse.ArgumentParser) -> None:
    _add_id(parser)
    parser.add_argument("--name", required=True, help="as others see it from now on")


def _rename(desk: Desk, options: argparse.Namespace) -> None:
    print_organisation(desk.change.rename(options.organisation, options.name, operator=options.operator))


def _show_as_arguments(parser: argparse.ArgumentParser) -> None:
    _add_id(parser)
    _add_contact_point(parser)


def _show_as(desk: Desk, options: argparse.Namespace) -> None:
    print_organisation(
        desk.change.show_as(options.organisation, _contact_point(options), operator=options.operator)
    )


def _administer_arguments(parser: argparse.ArgumentParser) -> None:
    _add_id(parser)
    parser.add_argument("--email", required=True, help="in one of the organisation's e-mail domains")


def _administer(desk: Desk, options: argparse.Namespace) -> None:
    print_organisation(desk.change.administer(options.organisation, options.email, operator=options.operator))


def _limit_arguments(parser: argparse.ArgumentParser) -> None:
    _add_id(parser)
    parser.add_argument(
        "--per-minute",
        type=int,
        metavar="REQUESTS",
        help="that it may make; each signal of a batch is one (left out: as many as the stage allows each)",
    )


def _limit(desk: Desk, options: argparse.Namespace) -> None:
    print_organisation(desk.change.limit(options.organisation, options.per_minute, operator=options.operator))


def _suspend(desk: Desk, options: argparse.Namespace) -> None:
    print_organisation(desk.change.suspend(options.organisation, operator=options.operator))


def _resume(desk: Desk, options: argparse.Namespace) -> None:
    print_organisation(desk.change.resume(options.organisation, operator=options.operator))


ORGANISATION_ACTIONS: Final = (
    Action("register", "register an organisation; prints it with its id", _register_arguments, _register),
    Action(
        "list",
        "list organisations: id, state, kind, name",
        no_arguments,
        _list,
        Logged.looked("organisations"),
    ),
    Action("show", "print an organisation as it is stored", _add_id, _show, Logged.looked("organisations")),
    CHANGE,
    Action("rename", "call an organisation something else, everywhere at once", _rename_arguments, _rename),
    Action(
        "show-as",
        "show an organisation as a contact point only, or as itself when none is given",
        _show_as_arguments,
        _show_as,
    ),
    Action(
        "administer",
        "name who hears when mail to a professional fails (D28)",
        _administer_arguments,
        _administer,
    ),
    Action("limit", "say how much an organisation may ask in a minute", _limit_arguments, _limit),
    Action("suspend", "shut an organisation out, from its next request on", _add_id, _suspend),
    Action("resume", "let a suspended organisation in again", _add_id, _resume),
)
