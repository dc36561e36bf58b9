"""Every page that families read keeps WCAG 2.2 AA, in a real browser: nothing bars anybody from it."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from chalicelib.api.access import access_page
from chalicelib.api.information_letters import letter_page
from chalicelib.domain.organisation import Language
from chalicelib.signals.inform import Audience
from docs.pictures.access_answers import ACCESS_ANSWER
from docs.pictures.information_letters import INFORMATION_LETTERS
from tests.accessibility.axe import NARROWEST, look

_LETTER = next(iter(INFORMATION_LETTERS.values()))
PAGES = {
    "access-answer": access_page(ACCESS_ANSWER),
    "access-answer-of-nothing": access_page(replace(ACCESS_ANSWER, signals=())),
    **{
        f"letter-to-{audience}-{language}": letter_page(
            replace(_LETTER, audience=audience, language=language)
        )
        for audience, language in product(Audience, Language)
    },
}

pytestmark = [pytest.mark.rule("D32"), pytest.mark.xdist_group("browser")]


@pytest.mark.parametrize("width", [1280, NARROWEST])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_bars_anybody_from_reading_a_page(name: str, width: int) -> None:
    """No rule of axe is broken, none is left undecided, and nothing has to be scrolled sideways."""
    seen = look(PAGES[name], width=width)

    assert (seen.violations, seen.incomplete) == ([], [])
    assert seen.width <= width
    assert seen.passes > 10


def test_a_page_that_bars_somebody_is_noticed() -> None:
    """A look that finds nothing has looked."""
    page = '<!DOCTYPE html><html><body><img src="x.png"><p style="color:#ccc">Hard to read</p></body></html>'

    broken = {rule for rule, _ in look(page, width=1280).violations}

    assert {"html-has-lang", "image-alt", "color-contrast", "document-title"} <= broken
