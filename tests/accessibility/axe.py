"""Pages as a real browser renders them, looked at by axe-core for what bars people from reading them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path
from typing import Final

import pytest

from docs.pictures.browser import BrowserMissing, find
from infra.node.packages import HOME, ready

REQUIRED: Final = "VERWIJSINDEX_BROWSER"
"""Set to ``required`` where a look that cannot be taken is a failure, and no reason to skip."""
RULES: Final = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice")
NARROWEST: Final = 320
"""CSS pixels at which nothing may need scrolling in two directions (WCAG 1.4.10)."""
_LONGEST_SECONDS: Final = 180
_SEEN: Final = re.compile(r'data-axe="([^"]*)"')
_LOOK: Final = """<script>{program}</script><script>
const wanted = {{runOnly: {{type: "tag", values: {rules}}}, resultTypes: ["violations", "incomplete"]}};
axe.run(document, wanted).then((seen) => {{
  const told = (list) => list.map((one) => [one.id, one.nodes.map((node) => node.target.join(" "))]);
  parent.document.documentElement.dataset.axe = JSON.stringify({{
    violations: told(seen.violations),
    incomplete: told(seen.incomplete),
    passes: seen.passes.length,
    width: document.documentElement.scrollWidth,
  }});
}});
</script></body>"""
_FRAME: Final = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>A window</title></head>
<body><iframe title="A page" srcdoc="{page}" style="width:{width}px;height:900px;border:0"></iframe></body>
</html>"""
"""A window of its own width: a browser's own does not get as narrow as a telephone."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What axe found: rules that are broken, those it could not decide, and how many are kept."""

    violations: list[tuple[str, list[str]]]
    incomplete: list[tuple[str, list[str]]]
    passes: int
    width: int


def look(page: str, *, width: int) -> Seen:
    """Look at a page in a window of this width; skips, or fails, where there is no browser or no axe."""
    browser = _browser()
    program = (HOME / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    script = _LOOK.format(program=program.replace("</script", r"<\/script"), rules=json.dumps(RULES))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.html"
        looking = escape(page.replace("</body>", script))
        path.write_text(_FRAME.format(page=looking, width=width), encoding="utf-8")
        found = _SEEN.search(_rendered(browser, folder, path))
    if found is None:
        raise RuntimeError("the browser did not say what axe found")
    told = json.loads(unescape(found[1]))
    return Seen(
        violations=[(rule, places) for rule, places in told["violations"]],
        incomplete=[(rule, places) for rule, places in told["incomplete"]],
        passes=told["passes"],
        width=told["width"],
    )


def _browser() -> str:
    try:
        browser = find()
    except BrowserMissing as missing:
        return _cannot(str(missing))
    return browser if ready() else _cannot("make lint-api fetches axe; make test does so first")


def _cannot(why: str) -> str:
    if os.environ.get(REQUIRED) == "required":
        pytest.fail(why)
    pytest.skip(why)


def _rendered(browser: str, folder: str, page: Path) -> str:
    """The document as it is once axe has looked."""
    command = [
        browser,
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--window-size=1400,1200",
        f"--user-data-dir={folder}/profile",
        "--virtual-time-budget=20000",
        "--dump-dom",
        page.as_uri(),
    ]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=_LONGEST_SECONDS)
    return done.stdout
