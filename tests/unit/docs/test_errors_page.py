"""The page of problems is what the code says."""

from __future__ import annotations

import pytest

from chalicelib.api.catalogue import CATALOGUE
from chalicelib.api.documentation import errors_page
from tests.fuzz.rules import BEYOND_THE_SCHEMA


def test_the_committed_page_is_what_the_code_says() -> None:
    """After a change: ``python -m chalicelib.api.documentation.errors_page``."""
    assert errors_page.PAGE.read_text(encoding="utf-8") == errors_page.page()


def test_every_kind_and_every_rule_stands_on_it() -> None:
    """Those of the catalogue, and those that requests are known to break."""
    page = errors_page.page()

    assert [code for code in (*CATALOGUE, *BEYOND_THE_SCHEMA) if f"| `{code}` |" not in page] == []


def test_writing_the_page(capsys: pytest.CaptureFixture[str]) -> None:
    """One command; the page it writes is the committed one."""
    before = errors_page.PAGE.read_text(encoding="utf-8")

    errors_page.main()

    assert errors_page.PAGE.read_text(encoding="utf-8") == before
    assert "errors.md written" in capsys.readouterr().out
