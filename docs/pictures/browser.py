"""Mails as a telephone shows them, letters as paper does, and pages as a desk does, by headless Chromium.

A telephone is 390 px wide with two device pixels to one.
"""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

_WIDTH = 390
_FRAME = 20
_PAPER_WIDTH = 794
"""A4 at 96 pixels an inch."""
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_LONGEST_SECONDS = 180
_PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><style>
html,body{{margin:0;background:transparent}}
.phone{{width:{width}px;margin:0 auto;padding:{frame}px 10px;background:#1d2426;border-radius:38px}}
.phone iframe{{border-radius:22px}}
.paper{{width:{width}px;margin:{frame}px auto;box-shadow:0 1px 8px #0006}}
iframe{{width:{width}px;border:0;display:block;background:#fff}}
</style></head><body><div class="{around}"><iframe srcdoc="{held}"></iframe></div><script>
const frame = document.querySelector("iframe");
frame.addEventListener("load", () => {{
  const height = frame.contentDocument.body.scrollHeight;
  frame.style.height = height + "px";
  document.body.dataset.height = height;
}});
</script></body></html>"""
_DESK = (1440, 960)
_HEIGHT = re.compile(r'data-height="(\d+)"')


class BrowserMissing(Exception):  # noqa: N818 - it says what is the matter
    """No Chromium on this machine; the message says what to install."""


def find() -> str:
    """The browser's path. Raises BrowserMissing."""
    for name in _NAMES:
        path = shutil.which(name)
        if path is not None:
            return path
    raise BrowserMissing(
        "No Chromium found. On Debian: apt install chromium fonts-roboto-unhinted; elsewhere install "
        "Chromium or Google Chrome so that it is on the PATH."
    )


def draw(mail: str, picture: Path, *, dark: bool = False) -> None:
    """Write a PNG of an HTML mail, as high as the mail is. Raises BrowserMissing."""
    _draw(mail, picture, "phone", _WIDTH, dark=dark, scale=2)


def draw_paper(letter: str, picture: Path) -> None:
    """Write a PNG of an HTML letter, as wide as paper and as high as it is. Raises BrowserMissing."""
    _draw(letter, picture, "paper", _PAPER_WIDTH, dark=False, scale=1)


def _draw(held: str, picture: Path, around: str, width: int, *, dark: bool, scale: int) -> None:
    browser = find()
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "mail.html"
        framed = _PAGE.format(around=around, width=width, frame=_FRAME, held=html.escape(held))
        page.write_text(framed, encoding="utf-8")
        found = _HEIGHT.search(_run(browser, folder, page, "--dump-dom", dark=dark, scale=scale))
        if found is None:
            raise RuntimeError("the browser did not say how high it is")
        size = f"--window-size={width + 20 + 90},{int(found[1]) + 2 * _FRAME}"
        _run(browser, folder, page, f"--screenshot={picture}", size, dark=dark, scale=scale)


def photograph(page: Path, picture: Path) -> None:
    """Write a PNG of the upper part of a page. Raises BrowserMissing."""
    with tempfile.TemporaryDirectory() as folder:
        size = ",".join(map(str, _DESK))
        _ran(find(), folder, page, f"--screenshot={picture}", f"--window-size={size}")


def shown(page: Path) -> tuple[str, str]:
    """A page when its programs ran, as HTML, and what the browser complained of. Raises BrowserMissing."""
    with tempfile.TemporaryDirectory() as folder:
        done = _ran(find(), folder, page, "--dump-dom", "--enable-logging=stderr")
    complaints = [line for line in done.stderr.splitlines() if ":CONSOLE:" in line]
    return done.stdout, "\n".join(complaints)


def _run(browser: str, folder: str, page: Path, *options: str, dark: bool, scale: int) -> str:
    return _ran(
        browser,
        folder,
        page,
        f"--force-device-scale-factor={scale}",
        "--default-background-color=00000000",
        f"--blink-settings=preferredColorScheme={0 if dark else 1}",
        *options,
    ).stdout


def _ran(browser: str, folder: str, page: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [
        browser,
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        f"--user-data-dir={folder}/profile",
        "--virtual-time-budget=3000",
        *options,
        page.as_uri(),
    ]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=_LONGEST_SECONDS)
