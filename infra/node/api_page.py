"""``python -m infra.node.api_page``: the description of the interface as one page to read.

The page is a single file that asks nobody for anything: it has all that it needs, and its policy refuses
the rest.
"""

from __future__ import annotations

import json
import sys
from html import escape
from pathlib import Path
from typing import Any, Final

from infra.errors import InfraError
from infra.node.redoc import bundle
from infra.node.spectral import DESCRIPTION
from infra.places import ROOT

PAGE: Final = ROOT / "build" / "api.html"
_FIRST: Final = ("Signals", "Matches", "Professionals", "Access", "Public")
"""What makers of source systems read, in the order they need it; the rest is for the region."""
_OPTIONS: Final = {"hideDownloadButton": True, "expandResponses": "200,201", "requiredPropsFirst": True}
_POLICY: Final = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; "
    "worker-src blob:"
)
_LOGO: Final = "https://cdn.redoc.ly/redoc/logo-mini.svg"
"""The one thing that the program would fetch."""
_HTML: Final = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>{title}</title>
<style>body {{ margin: 0 }} img[src="data:,"] {{ display: none }}</style>
</head>
<body>
<div id="page"></div>
<script>{program}</script>
<script>Redoc.init({description}, {options}, document.getElementById("page"))</script>
</body>
</html>
"""


def api_page(description: dict[str, Any], program: str) -> str:
    """The page that a program of Redoc draws of a description."""
    info = description["info"]
    return _HTML.format(
        policy=_POLICY,
        title=escape(f"{info['title']} {info['version']}"),
        program=program.replace("</script", r"<\/script").replace(_LOGO, "data:,"),
        description=json.dumps(_grouped(description)).replace("<", r"\u003c"),
        options=json.dumps(_OPTIONS),
    )


def write_page(path: Path = PAGE) -> Path:
    """Draw the committed description. Raises InfraError when Redoc cannot be fetched."""
    page = api_page(json.loads(DESCRIPTION.read_text(encoding="utf-8")), bundle())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page, encoding="utf-8")
    return path


def _grouped(description: dict[str, Any]) -> dict[str, Any]:
    """The description with its parts in the order of those who read them."""
    named = [tag["name"] for tag in description["tags"]]
    ours = [name for name in _FIRST if name in named]
    groups = [
        {"name": "For source systems", "tags": ours},
        {"name": "For the region", "tags": [name for name in named if name not in ours]},
    ]
    return description | {"x-tagGroups": groups}


def main() -> int:
    """Write the page and say where it is."""
    try:
        print(write_page().as_uri())
    except InfraError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
