"""``python -m infra``: what goes wrong is told in a line, never as a traceback."""

from __future__ import annotations

import argparse
from collections.abc import Callable

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError

from infra import __main__ as program
from infra.command import Command
from infra.commands import COMMANDS
from infra.errors import InfraError


def no_arguments(_: argparse.ArgumentParser) -> None:
    """For a command that takes none."""


def failing(error: BaseException) -> Callable[[argparse.Namespace], None]:
    """What a command does that fails in this way."""

    def run(_: argparse.Namespace) -> None:
        raise error

    return run


@pytest.mark.parametrize(
    ("error", "told", "code"),
    [
        (InfraError("the port is taken"), "error: the port is taken\n", 1),
        (
            ClientError({"Error": {"Code": "Denied", "Message": "not you"}}, "Make"),
            "error: AWS answered: An error occurred (Denied) when calling the Make operation: not you\n",
            1,
        ),
        (
            EndpointConnectionError(endpoint_url="http://127.0.0.1:1"),
            'error: AWS answered: Could not connect to the endpoint URL: "http://127.0.0.1:1"\n',
            1,
        ),
        (KeyboardInterrupt(), "", 130),
    ],
)
def test_a_failure_is_one_line_and_an_exit_code(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: BaseException,
    told: str,
    code: int,
) -> None:
    """Expected failures say what is wrong; whoever interrupts hears nothing."""
    monkeypatch.setattr(program, "COMMANDS", (Command("fail", "fails", no_arguments, failing(error)),))

    assert program.main(["fail"]) == code
    assert capsys.readouterr().err == told


def test_every_command_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    """The overview names them all, each with a line of its own."""
    with pytest.raises(SystemExit) as ended:
        program.main(["--help"])

    told = capsys.readouterr().out
    assert ended.value.code == 0
    assert all(command.name in told for command in COMMANDS)
    assert {"deploy", "status", "destroy", "config", "emulator"} <= {command.name for command in COMMANDS}
