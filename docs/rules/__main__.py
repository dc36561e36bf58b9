"""``python -m docs.rules``: write docs/rules.md anew."""

from __future__ import annotations

import sys

from docs.rules.page import page
from docs.rules.traces import ROOT, traces


def main() -> int:
    """Write the page; answers the exit code."""
    (ROOT / "docs" / "rules.md").write_text(page(traces()), encoding="utf-8")
    print("docs/rules.md")
    return 0


if __name__ == "__main__":
    sys.exit(main())
