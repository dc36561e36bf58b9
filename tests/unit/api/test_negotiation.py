"""Which form an answer takes, when there are two (RFC 9110, section 12.5.1)."""

from __future__ import annotations

import pytest

from chalicelib.api.negotiation import HTML, JSON, negotiated
from chalicelib.api.problems import Problem

BOTH = (JSON, HTML)


@pytest.mark.parametrize(
    ("accept", "given"),
    [
        (None, JSON),
        ("  ", JSON),
        ("*/*", JSON),
        ("text/html", HTML),
        ("text/*", HTML),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", HTML),
        ("text/html;q=0.2, application/json", JSON),
        ("application/json;q=0, */*", HTML),
        ("text/html;q=0.5, application/json;q=0.5", JSON),
        ("TEXT/HTML; Q=1", HTML),
    ],
)
def test_the_form_that_is_liked_best_is_given(accept: str | None, given: str) -> None:
    """What names a form most closely counts; of two liked alike the first that is offered."""
    assert negotiated(accept, BOTH) == given


@pytest.mark.parametrize("accept", ["image/png", "text/html;q=0", "application/json;q=0.000, text/*;q=0."])
def test_a_form_that_nobody_has_is_refused(accept: str) -> None:
    """With the problem that says so."""
    with pytest.raises(Problem) as refused:
        negotiated(accept, BOTH)

    assert refused.value.kind.code == "not-acceptable"
