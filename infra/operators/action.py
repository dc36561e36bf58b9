"""Actions on a running stage: how a command line becomes an operator's act."""

from __future__ import annotations

import argparse
import getpass
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from chalicelib.domain.audit import Act
from chalicelib.domain.errors import OrganisationExists, OrganisationNotFound, Refused
from chalicelib.ports.errors import StorageBusy
from chalicelib.upkeep.keysets import KeysetRefused
from infra.command import Command
from infra.errors import InfraError
from infra.operators.desk import Desk, open_desk
from infra.stage_argument import account_of, add_stage


@dataclass(frozen=True, slots=True)
class Logged:
    """What the audit trail says of an action whose use case writes no entry of its own."""

    act: Act
    resource: str

    @classmethod
    def looked(cls, resource: str) -> Logged:
        """Somebody looked."""
        return cls(Act.REGION_LOOKED_AT, resource)

    @classmethod
    def asked(cls, resource: str) -> Logged:
        """Somebody had work done anew."""
        return cls(Act.WORK_ASKED, resource)


@dataclass(frozen=True, slots=True)
class Action:
    """One thing an operator can do.

    Attributes:
        name: as typed.
        summary: one line for the help.
        arguments: adds its arguments to its parser, after the stage.
        act: does it at the desk; raises what use cases raise, and InfraError.
        logged: the entry written before it is done; None when its use case writes its own.
    """

    name: str
    summary: str
    arguments: Callable[[argparse.ArgumentParser], None]
    act: Callable[[Desk, argparse.Namespace], None]
    logged: Logged | None = None

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Stage, operator, and its own."""
        add_stage(parser)
        parser.add_argument(
            "--operator", default=getpass.getuser(), help="who does it, for the audit trail (%(default)s)"
        )
        self.arguments(parser)
        parser.set_defaults(action=self)

    def run(self, options: argparse.Namespace) -> None:
        """Do it on the stage that the arguments name. Raises InfraError."""
        self.run_at(open_desk(account_of(options)), options)

    def run_at(self, desk: Desk, options: argparse.Namespace) -> None:
        """Do it at a desk. Raises InfraError for all that an operator can put right."""
        try:
            if self.logged is not None:
                entry = desk.trail.entry(self.logged.act, self.logged.resource, options.operator)
                desk.storage.audit.append(entry)
            self.act(desk, options)
        except Refused as error:
            lines = [f"  {problem.pointer}: {problem.detail}" for problem in error.problems]
            raise InfraError("\n".join(["refused, for it breaks these rules:", *lines])) from error
        except OrganisationNotFound as error:
            raise InfraError("there is no such organisation") from error
        except OrganisationExists as error:
            raise InfraError("an organisation with this id is registered already") from error
        except KeysetRefused as error:
            raise InfraError(str(error)) from error
        except StorageBusy as error:
            raise InfraError(f"storage is busy ({error}); what was done by then stays, try again") from error


def command(action: Action) -> Command:
    """The action as a command of its own."""
    return Command(action.name, action.summary, action.add_arguments, _run)


def group(name: str, summary: str, actions: Iterable[Action]) -> Command:
    """A command that does one of several actions: ``organisation register``."""
    choices = tuple(actions)

    def arguments(parser: argparse.ArgumentParser) -> None:
        parsers = parser.add_subparsers(title="actions", required=True, metavar="ACTION")
        for action in choices:
            added = parsers.add_parser(action.name, help=action.summary, description=action.summary)
            action.add_arguments(added)

    return Command(name, summary, arguments, _run)


def no_arguments(_: argparse.ArgumentParser) -> None:
    """For actions that take none of their own."""


def _run(options: argparse.Namespace) -> None:
    action: Action = options.action
    action.run(options)
