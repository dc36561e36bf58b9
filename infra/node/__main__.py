"""``python -m infra.node``: hold the committed description to rules; 1 when one is broken.

Ours, or others': ``--rules`` takes a file or an address, such as that of the Dutch government's own ruleset.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from infra.errors import InfraError
from infra.node.spectral import DESCRIPTION, RULES, findings


def main(arguments: Sequence[str] | None = None) -> int:
    """Print every finding, and how many there are."""
    parser = argparse.ArgumentParser(prog="python -m infra.node", description=__doc__)
    parser.add_argument("--rules", default=str(RULES), help="file or address of a ruleset (%(default)s)")
    rules = parser.parse_args(arguments).rules
    try:
        found = findings([DESCRIPTION], rules)
    except InfraError as error:
        print(error, file=sys.stderr)
        return 2
    for one in found:
        print(f"{one.rule}  {one.place}: {one.message}")
    print(f"Spectral: {len(found)} findings in {DESCRIPTION.name}")
    return min(len(found), 1)


if __name__ == "__main__":
    sys.exit(main())
