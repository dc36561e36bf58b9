"""Every operators' command is in the audit trail, by a use case or by the command itself (D39)."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import pytest

from chalicelib.domain.audit import Act
from infra.operators import OPERATOR_COMMANDS, Action
from infra.repair import REPAIR_COMMANDS
from tests.unit.operators.counter import Counter

pytestmark = pytest.mark.rule("D39")

BY_THEIR_USE_CASES = {
    "organisation keys",
    "exclude-address add", "exclude-address import", "exclude-address remove", "failed discard",
    "failed discard-notice",
    "failed redrive", "keysets begin", "keysets drop", "keysets switch", "organisation administer",
    "organisation change", "organisation limit", "organisation register", "organisation rename",
    "organisation resume",
    "organisation show-as", "organisation suspend", "professional release", "professional set",
    "supervisor set", "token",
}  # fmt: skip
"""The tests of these use cases prove their entries."""


def actions(parser: argparse.ArgumentParser, words: str = "") -> Iterator[tuple[str, Action]]:
    """Every action with the words that are typed for it."""
    action = parser.get_default("action")
    if action is not None:
        yield words.strip(), action
    for part in parser._actions:
        if isinstance(part, argparse._SubParsersAction):
            for name, found in part.choices.items():
                yield from actions(found, f"{words} {name}")


def every_action() -> dict[str, Action]:
    """All actions of all commands."""
    parser = argparse.ArgumentParser()
    parsers = parser.add_subparsers()
    for command in (*OPERATOR_COMMANDS, *REPAIR_COMMANDS):
        command.add_to(parsers)
    return dict(actions(parser))


def test_every_command_is_written_down() -> None:
    """A new one has to say by whom."""
    found = every_action()

    assert {name for name, action in found.items() if action.logged is None} == BY_THEIR_USE_CASES


def test_a_look_is_written_down_with_the_operators_name(capsys: pytest.CaptureFixture[str]) -> None:
    """Before it is shown."""
    counter = Counter(capsys)

    counter.type("organisation list local --operator ann")

    [entry] = counter.region.storage.state.audit.values()
    assert (entry.act, entry.resource, entry.organisation_id, entry.professional_id) == (
        Act.REGION_LOOKED_AT, "organisations", "system", "ann",
    )  # fmt: skip
