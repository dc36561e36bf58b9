"""``token``: an access token for a registered organisation, on an operator's word."""

from __future__ import annotations

import argparse
from datetime import timedelta
from typing import Final

from chalicelib.domain.organisation import Scope
from infra.command import Command
from infra.operators.action import Action, command
from infra.operators.desk import Desk


def scopes_of(written: list[str] | None) -> frozenset[Scope] | None:
    """The scopes as typed; None for those that were granted."""
    return None if written is None else frozenset(Scope(word) for word in written)


def add_scopes(parser: argparse.ArgumentParser, otherwise: str) -> None:
    """The argument that names scopes."""
    parser.add_argument(
        "--scopes",
        nargs="+",
        choices=[scope.value for scope in Scope],
        metavar="SCOPE",
        help=f"of {', '.join(Scope)} ({otherwise})",
    )


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--organisation", required=True, metavar="ID", help="whom the token acts for")
    parser.add_argument("--minutes", type=int, default=60, help="how long it lives, an hour at most (60)")
    add_scopes(parser, "all that the organisation was granted")


def _act(desk: Desk, options: argparse.Namespace) -> None:
    token = desk.issue_token(
        options.organisation,
        scopes=scopes_of(options.scopes),
        life=timedelta(minutes=options.minutes),
        operator=options.operator,
    )
    print(token)


TOKEN: Final[Command] = command(
    Action("token", "print an access token for an organisation, and nothing else", _arguments, _act)
)
