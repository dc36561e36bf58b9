"""The interface as a page to read: whole, and asking nobody for anything."""

from __future__ import annotations

import json
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from docs.pictures import browser
from docs.pictures.browser import BrowserMissing
from infra.errors import InfraError
from infra.node import redoc
from infra.node.api_page import api_page, write_page
from infra.node.redoc import kept
from infra.node.spectral import DESCRIPTION


def described() -> dict[str, Any]:
    """The committed description."""
    found: dict[str, Any] = json.loads(DESCRIPTION.read_text(encoding="utf-8"))
    return found


def no_browser() -> str | None:
    """What is missing to look at the page; None when nothing is."""
    if not kept().is_file():
        return "make api-page fetches Redoc; make test does so first"
    try:
        browser.find()
    except BrowserMissing as missing:
        return str(missing)
    return None


MISSING = no_browser()


@pytest.mark.skipif(MISSING is not None, reason=str(MISSING))
def test_a_browser_shows_every_operation_and_has_nothing_to_complain_of(tmp_path: Path) -> None:
    """Neither a fault of a program nor a thing that the page's own policy had to refuse."""
    html, complaints = browser.shown(write_page(tmp_path / "api.html"))

    text = unescape(html)
    summaries = [
        operation["summary"] for path in described()["paths"].values() for operation in path.values()
    ]
    assert [summary for summary in summaries if f"{summary} </h2>" not in text] == []
    assert complaints == ""


def test_the_policy_of_the_page_refuses_whatever_is_not_in_it() -> None:
    """No font, picture, program or request of another host, even when a later Redoc would want one."""
    page = api_page(described(), "logo('https://cdn.redoc.ly/redoc/logo-mini.svg')")

    assert "content=\"default-src 'none'; " in page
    assert "cdn." not in page


def test_no_text_of_the_description_or_the_program_ends_their_script() -> None:
    """Whoever writes a description writes no program."""
    page = api_page(described() | {"servers": "</script><script>alert()"}, "'</script>'")

    assert page.count("</script>") == 2
    assert "alert()" in page


def test_source_systems_come_first_and_no_part_is_left_out() -> None:
    """A new tag is shown too, to the region."""
    tags = [{"name": name} for name in ("Matches", "New", "Signals")]

    page = api_page(described() | {"tags": tags}, "")

    assert '"tags": ["Signals", "Matches"]}, {"name": "For the region", "tags": ["New"]}' in page


def test_another_package_than_the_one_that_was_chosen_is_refused(tmp_path: Path) -> None:
    """And thrown away, so that it is fetched anew."""
    kept(tmp_path).write_bytes(b"another one")

    with pytest.raises(InfraError, match="is not the package that it was"):
        redoc.bundle(tmp_path)
    assert not kept(tmp_path).exists()
