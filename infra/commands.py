"""The commands of ``python -m infra``; a new one is a `Command` added to `COMMANDS`."""

from __future__ import annotations

import argparse
import signal
from pathlib import Path
from typing import Final

from infra.chalice_config import write_config
from infra.command import Command
from infra.deploy import deploy
from infra.destroy import destroy
from infra.emulator.emulator import HOME, Emulator
from infra.errors import InfraError
from infra.operators import OPERATOR_COMMANDS
from infra.operators.administrator import ADMINISTRATOR, ensure_administrator
from infra.operators.desk import open_desk
from infra.operators.law import Review
from infra.places import CHALICE, ROOT
from infra.repair import REPAIR_COMMANDS
from infra.stage_argument import account_of, add_stage
from infra.stages import LOCAL_STAGE, read_stages, stage_named
from infra.status import look


def _deploy_arguments(parser: argparse.ArgumentParser) -> None:
    add_stage(parser)
    parser.add_argument(
        "--source", type=Path, default=ROOT, help="folder with app.py and chalicelib (%(default)s)"
    )
    parser.add_argument(
        "--legal-reviewed-by", metavar="NAME", help="who reviewed a change of the legal profile"
    )
    parser.add_argument(
        "--legal-report", metavar="DIGEST", help="the report that they saw: see legal compare"
    )


def _deploy(options: argparse.Namespace) -> None:
    account = account_of(options)
    outcome = deploy(account, print, options.source.resolve(), review=_review(options))
    if ensure_administrator(open_desk(account), account.stage):
        print(f"registered: {ADMINISTRATOR}, the region's administrator")
    print(f"bundle: {outcome.bundle_bytes / 1e6:.1f} MB zipped")
    print(f"base URL: {outcome.base_url}")


def _review(options: argparse.Namespace) -> Review | None:
    by, report = options.legal_reviewed_by, options.legal_report
    if (by is None) != (report is None):
        raise InfraError("--legal-reviewed-by and --legal-report belong together")
    return None if by is None else Review(by=by, report=report)


def _status(options: argparse.Namespace) -> None:
    findings = look(account_of(options))
    for finding in findings:
        print(f"{'  ' if finding.well else '! '}{finding.what}: {finding.how}")
    wrong = sum(not finding.well for finding in findings)
    if wrong:
        raise InfraError(f"{wrong} of {len(findings)} are not as they should be (marked !)")


def _destroy_arguments(parser: argparse.ArgumentParser) -> None:
    add_stage(parser)
    parser.add_argument("--yes", action="store_true", help="do not ask for the name of the stage once more")


def _destroy(options: argparse.Namespace) -> None:
    account = account_of(options)
    if not options.yes and input(f"This deletes all data of {options.stage}. Its name: ") != options.stage:
        raise InfraError("that is not its name; nothing was deleted")
    destroy(account, print)
    print(f"{options.stage} is gone")


def _no_arguments(_: argparse.ArgumentParser) -> None:
    """For commands that take none."""


def _config(_: argparse.Namespace) -> None:
    write_config(read_stages())
    print(f"written: {CHALICE}")


def _emulator_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, help="port on 127.0.0.1 (a free one)")
    parser.add_argument("--home", type=Path, default=HOME, help="where state and logs are kept (%(default)s)")
    parser.add_argument(
        "--keep-state", action="store_true", help="save state at the end, load it at the next start"
    )


def _emulator(options: argparse.Namespace) -> None:
    region = stage_named(LOCAL_STAGE).region
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with Emulator(
        region=region, port=options.port, home=options.home.resolve(), keep_state=options.keep_state
    ) as emulator:
        print(f"embedded AWS: {emulator.url}\nmailbox: {emulator.mailbox}\nlog: {emulator.log}")
        print("Ctrl-C ends it.", flush=True)
        emulator.wait()


COMMANDS: Final = (
    Command(
        "deploy",
        "deploy a stage: storage, functions, the rest; safe to repeat",
        _deploy_arguments,
        _deploy,
    ),
    Command("status", "show what is deployed and what is not as it should be", add_stage, _status),
    Command("destroy", "take a stage down, unless it is protected", _destroy_arguments, _destroy),
    Command("config", "generate .chalice/ anew from infra/stages.toml", _no_arguments, _config),
    Command("emulator", "run the embedded AWS on this machine until Ctrl-C", _emulator_arguments, _emulator),
    *OPERATOR_COMMANDS,
    *REPAIR_COMMANDS,
)
