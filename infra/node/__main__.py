"""``python -m infra.node``: hold the committed description to the rules; 1 when one is broken."""

from __future__ import annotations

import sys

from infra.errors import InfraError
from infra.node.spectral import DESCRIPTION, findings


def main() -> int:
    """Print every finding, and how many there are."""
    try:
        found = findings([DESCRIPTION])
    except InfraError as error:
        print(error, file=sys.stderr)
        return 2
    for one in found:
        print(f"{one.rule}  {one.place}: {one.message}")
    print(f"Spectral: {len(found)} findings in {DESCRIPTION.name}")
    return min(len(found), 1)


if __name__ == "__main__":
    sys.exit(main())
