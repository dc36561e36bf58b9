"""``token-keys``: another key for access tokens, step by step, while tokens keep being used."""

from __future__ import annotations

import argparse
from datetime import datetime
from typing import Final

from chalicelib.domain.audit import Act
from infra.operators.action import Action, Logged, no_arguments
from infra.operators.desk import Desk

_REPORT: Final = "token-keys"
_BEGUN: Final = "token-keys#begun"
_CHANGES: Final = Logged(Act.TOKEN_KEYS_CHANGED, _REPORT)


def _show(desk: Desk, _: argparse.Namespace) -> None:
    for alias, key in desk.token_keys.named().items():
        print(f"{alias}\t{key}")


def _begin(desk: Desk, _: argparse.Namespace) -> None:
    made = desk.token_keys.begin()
    desk.storage.settings.put_report(_BEGUN, {"begunAt": desk.clock.now().isoformat()})
    print(f"{made} is published; next, after a moment: switch")


def _switch(desk: Desk, _: argparse.Namespace) -> None:
    begun = desk.storage.settings.report(_BEGUN)
    since = datetime.fromisoformat(str(begun["begunAt"])) if begun is not None else None
    new = desk.token_keys.switch(since, desk.clock.now())
    desk.storage.settings.put_report(_REPORT, {"switchedAt": desk.clock.now().isoformat()})
    print(f"{new} signs from now on, the key before still counts; next, after an hour: drop")


def _drop_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--at-once", action="store_true", help="the old key leaked: refuse its tokens from now on"
    )


def _drop(desk: Desk, options: argparse.Namespace) -> None:
    report = desk.storage.settings.report(_REPORT)
    since = datetime.fromisoformat(str(report["switchedAt"])) if report is not None else desk.clock.now()
    old = desk.token_keys.drop(None if options.at_once else since, desk.clock.now())
    print(f"{old} counts no more, and is deleted in thirty days")


TOKEN_KEY_ACTIONS: Final = (
    Action(
        "show", "print which key signs, and which count besides", no_arguments, _show, Logged.looked(_REPORT)
    ),
    Action("begin", "make a new key and publish it", no_arguments, _begin, _CHANGES),
    Action("switch", "sign by the new key", no_arguments, _switch, _CHANGES),
    Action("drop", "let the old key count no more", _drop_arguments, _drop, _CHANGES),
)
