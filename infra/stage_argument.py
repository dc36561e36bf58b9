"""How a command is told which stage it works on."""

from __future__ import annotations

import argparse
from pathlib import Path

from infra.account import Account, open_account
from infra.emulator.emulator import HOME
from infra.stages import stage_named


def add_stage(parser: argparse.ArgumentParser) -> None:
    """The arguments by which every command that works on a stage knows which."""
    parser.add_argument("stage", help="name of the stage, a row of infra/stages.toml")
    parser.add_argument(
        "--home",
        type=Path,
        default=HOME,
        help="home of the embedded AWS that the local stage lives on (%(default)s)",
    )


def account_of(options: argparse.Namespace) -> Account:
    """The account of the stage that the arguments name. Raises InfraError."""
    return open_account(stage_named(options.stage), options.home.resolve())
