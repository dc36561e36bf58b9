"""Every word of the HTML mail stands out from its ground, by day and in the dark (WCAG 2.2, 1.4.3)."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from chalicelib.notices.mail import render
from tests.unit.notices.letters import LETTERS
from tests.unit.notices.scene import REGION

ENOUGH = 4.5
DARK_RULE = re.compile(r"\.(\w+) \{([^}]*)\}")
COLOUR = re.compile(r"(?<![\w-])(color|background-color):\s*(#[0-9a-f]{6})")
VOID = {"meta", "br"}


class Colours(HTMLParser):
    """Text and ground of each shown word, as (text, ground, word)."""

    def __init__(self, html: str, *, dark: bool) -> None:
        super().__init__()
        found = DARK_RULE.findall(html.partition("@media (prefers-color-scheme: dark)")[2])
        self.rules = {name: dict(COLOUR.findall(body)) for name, body in found} if dark else {}
        self.stack = [{"color": "#000000", "background-color": "#ffffff"}]
        self.shown: list[tuple[str, str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element inherits what it does not set; in the dark its classes win."""
        given = dict(attrs)
        style = given.get("style") or ""
        own = dict(COLOUR.findall(style))
        for name in (given.get("class") or "").split():
            own |= self.rules.get(name, {})
        if tag in {"style", "title"} or "display:none" in style:
            own["hidden"] = tag
        if tag not in VOID:
            self.stack.append({**self.stack[-1], **own})

    def handle_endtag(self, tag: str) -> None:
        """Back to the parent's colours."""
        self.stack.pop()

    def handle_data(self, data: str) -> None:
        """A word with the colours it is shown in."""
        here = self.stack[-1]
        if data.strip() and "hidden" not in here:
            self.shown.append((here["color"], here["background-color"], data.strip()))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """The relative luminance of ``#rrggbb``."""
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("dark", [False, True], ids=["by day", "in the dark"])
@pytest.mark.parametrize("name", LETTERS)
def test_every_word_stands_out_from_its_ground(name: str, dark: bool) -> None:  # noqa: FBT001 - a parameter
    """At least 4.5 to 1."""
    shown = Colours(render(LETTERS[name], REGION).html, dark=dark).shown

    assert len(shown) > 10
    assert [word for text, ground, word in shown if contrast(text, ground) < ENOUGH] == []
