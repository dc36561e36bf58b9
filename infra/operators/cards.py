"""``professional`` and ``supervisor``: the contact cards that an operator keeps (D17, D28)."""

from __future__ import annotations

import argparse
from typing import Final

from chalicelib.domain.organisation import Language, Professional
from infra.operators.action import Action, Logged, no_arguments
from infra.operators.desk import Desk


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--organisation", required=True, metavar="ID", help="where the professional works")
    parser.add_argument("--id", required=True, help="the professional's staff id")
    parser.add_argument("--name", required=True)
    parser.add_argument("--email", required=True, help="in one of the organisation's e-mail domains")
    parser.add_argument("--function")
    parser.add_argument("--site")
    parser.add_argument("--telephone")
    parser.add_argument(
        "--language",
        type=Language,
        choices=list(Language),
        default=Language.DUTCH,
        help="of the mails (%(default)s)",
    )


def _card(options: argparse.Namespace) -> Professional:
    return Professional(
        organisation_id=options.organisation,
        id=options.id,
        name=options.name,
        function=options.function,
        site=options.site,
        email=options.email,
        telephone=options.telephone,
        language=options.language,
    )


def _keep(desk: Desk, options: argparse.Namespace) -> None:
    desk.cards.keep(_card(options), operator=options.operator)
    print(f"{options.name} is shown so from now on")


def _supervise(desk: Desk, options: argparse.Namespace) -> None:
    codes = desk.cards.set_supervisor(_card(options), operator=options.operator)
    print(f"{options.name} is told of matches in {', '.join(codes)}")


def _release_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--organisation", required=True, metavar="ID", help="where the professional works")
    parser.add_argument("--id", required=True, help="the professional's staff id")


def _release(desk: Desk, options: argparse.Namespace) -> None:
    released = desk.cards.release(options.organisation, options.id, operator=options.operator)
    print("what waited is sent within the hour" if released else "that address is not flagged")


def _flagged(desk: Desk, _: argparse.Namespace) -> None:
    """By organisation and staff id: neither a name nor an address belongs on a screen."""
    count = 0
    for card in desk.cards.flagged():
        if card.mailbox is not None:
            trouble, since = card.mailbox.trouble, card.mailbox.since.date()
            told = "told" if card.mailbox.told else "not told"
            print(f"{card.organisation_id}  {card.id}  {trouble}  {since}  {told}")
            count += 1
    print(f"flagged: {count}")


PROFESSIONAL_ACTIONS: Final = (
    Action("set", "keep a professional's contact card as others see it", _arguments, _keep),
    Action(
        "flagged",
        "list whose address mail came back from, and whether their administrator was told",
        no_arguments,
        _flagged,
        Logged.looked("flagged-addresses"),
    ),
    Action("release", "write again to an address that mail came back from", _release_arguments, _release),
)
SUPERVISOR_ACTIONS: Final = (
    Action("set", "name who is told for a supervising organisation's municipalities", _arguments, _supervise),
)
