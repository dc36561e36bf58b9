"""``legal``: under which law a stage runs, and what another would do."""

from __future__ import annotations

import argparse
from typing import Final

from chalicelib.upkeep.legal_report import differences, held_profile, keep_report
from infra.operators.action import Action, Logged, no_arguments
from infra.operators.desk import Desk
from infra.operators.law import PROFILE, apply_law, compare


def _show(desk: Desk, _: argparse.Namespace) -> None:
    held, wanted = held_profile(desk.storage.settings), desk.settings.legal
    if held is None:
        print("this stage holds no legal profile yet: the next deploy writes it")
        return
    print(f"held: {held.legal.name}; reviewed by: {held.reviewed_by or 'nobody, it was the first'}")
    if not held.applied:
        print("not all last days are under it yet: legal apply")
    _print_differences(differences(held.legal, wanted))


def _compare(desk: Desk, _: argparse.Namespace) -> None:
    report = compare(desk)
    keep_report(desk.storage.settings, report)
    _print_differences(differences(report.before, report.after))
    for name, number in sorted(report.counts.items()):
        print(f"  {name}: {number}")
    print("no last day becomes later; everything else holds from the deploy on")
    print(f"report: {report.digest}, for a week")


def _apply(desk: Desk, _: argparse.Namespace) -> None:
    apply_law(desk, print)
    print("all last days are under it")


def _print_differences(found: dict[str, tuple[object, object]]) -> None:
    if not found:
        print("this working copy has the same profile")
    for name, (old, new) in found.items():
        print(f"{name}: {old} -> {new}")


LEGAL_ACTIONS: Final = (
    Action(
        "show",
        "print under which legal profile the stage runs, and what this working copy has otherwise",
        no_arguments,
        _show,
        Logged.looked(PROFILE),
    ),
    Action(
        "compare",
        "count what the profile of this working copy would change, for somebody to review",
        no_arguments,
        _compare,
        Logged.looked(PROFILE),
    ),
    Action(
        "apply",
        "bring last days under the profile that is deployed, where a deploy was interrupted",
        no_arguments,
        _apply,
        Logged.asked(PROFILE),
    ),
)
"""What can be done."""
