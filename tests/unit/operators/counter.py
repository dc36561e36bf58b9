"""An operator at a region in memory, for the tests of the commands."""

from __future__ import annotations

import argparse

import pytest

from chalicelib.settings import Settings
from infra.chalice_config import environment
from infra.operators import OPERATOR_COMMANDS
from infra.operators.action import Action
from infra.operators.desk import Desk
from infra.stages import stage_named
from tests.local_token_key import LocalTokenKey
from tests.signal_requests import Region
from tests.unit.organisations.operators import FakeTopics, FakeVersions

BASE_URL = "http://127.0.0.1:4566/v1"


class Counter:
    """An operator at a desk in memory: types words, reads what is printed."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.region = Region()
        self.key = LocalTokenKey()
        self._capsys = capsys
        self.desk = Desk(
            settings=Settings.from_environment(environment(stage_named("local"), base_url=BASE_URL)),
            storage=self.region.storage,
            hasher=self.region.hasher,
            versions=FakeVersions(),
            topics=FakeTopics(),
            token_key=self.key,
            names=self.region.names,
            clock=self.region.clock,
        )

    def type(self, *words: str) -> str:
        """What a command prints."""
        options = parsed(*words)
        action: Action = options.action
        action.run_at(self.desk, options)
        return self._capsys.readouterr().out


def parsed(*words: str) -> argparse.Namespace:
    """The options of a command line."""
    parser = argparse.ArgumentParser()
    parsers = parser.add_subparsers(required=True)
    for command in OPERATOR_COMMANDS:
        command.add_to(parsers)
    return parser.parse_args([part for word in words for part in word.split()])
