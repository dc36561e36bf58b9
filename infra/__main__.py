"""``python -m infra``: the operators' commands."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from botocore.exceptions import BotoCoreError, ClientError

from infra.commands import COMMANDS
from infra.errors import InfraError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it did its work, 1 with a plain message when it could not."""
    parser = argparse.ArgumentParser(
        prog="python -m infra",
        description="Deploy, look at and take down the stages of the Verwijsindex (infra/stages.toml).",
    )
    parsers = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add_to(parsers)
    options = parser.parse_args(arguments)
    try:
        options.run(options)
    except InfraError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except (BotoCoreError, ClientError) as error:
        print(f"error: AWS answered: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
