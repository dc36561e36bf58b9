"""``python -m docs.life``: write docs/life.md anew."""

from __future__ import annotations

import sys

from docs.life.page import PAGE, page


def main() -> int:
    """Write the page; answers the exit code."""
    PAGE.write_text(page(), encoding="utf-8")
    print("docs/life.md")
    return 0


if __name__ == "__main__":
    sys.exit(main())
