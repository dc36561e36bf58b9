"""The letter over HTTPS: a whole page, in the language asked for, that prints and can be read aloud."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from chalicelib.domain.organisation import Language
from tests.builders import make_professional
from tests.gateway import Answer, Gateway

SCHOOL = "token-school"
AUDIENCES = ("parents", "youth")

pytestmark = pytest.mark.rule("D30")


class Page(HTMLParser):
    """What a page is made of."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.language: str | None = None
        self.headings: list[int] = []
        self.tags: list[str] = []
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what opens."""
        self.tags.append(tag)
        if tag == "html":
            self.language = dict(attrs)["lang"]
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Note what closes, in its order."""
        assert self.open.pop() == tag


def letter(gateway: Gateway, audience: str, query: str = "", **headers: str) -> Answer:
    """The letter to somebody."""
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return gateway.send("GET", f"/information-letters/{audience}{query}", headers=told, token=SCHOOL)


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize(("query", "language"), [("", "nl"), ("?language=nl", "nl"), ("?language=en", "en")])
def test_a_letter_is_a_page_in_the_language_asked_for(
    gateway: Gateway, audience: str, query: str, language: str
) -> None:
    """Dutch unless English is asked for; the page says so itself."""
    answer = letter(gateway, audience, query)

    assert (answer.status, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert (answer.headers["content-language"], Page(answer.body).language) == (language, language)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_page_is_whole_and_fetches_nothing(gateway: Gateway, audience: str) -> None:
    """One main part, one title, headings in their order, and nothing that calls home."""
    answer = letter(gateway, audience)
    page = Page(answer.body)

    assert page.open == []
    assert page.headings == [1, *([2] * (len(page.headings) - 1))]
    assert [page.tags.count(tag) for tag in ("main", "title", "h1")] == [1, 1, 1]
    assert not set(page.tags) & {"img", "script", "iframe", "form", "link", "object", "video", "base", "a"}
    assert "url(" not in answer.body


def test_the_page_prints_on_paper(gateway: Gateway) -> None:
    """A4 with margins, black on white."""
    body = letter(gateway, "parents").body

    assert "@page { size: A4; margin: 20mm; }" in body
    assert "@media print" in body


def test_the_letter_is_from_the_organisation_that_asks(gateway: Gateway) -> None:
    """By its current name (D9), which is escaped; dated in the Netherlands."""
    held = gateway.storage.state.organisations["school"]
    gateway.storage.state.organisations["school"] = replace(held, name="Jansen & <b>Zonen</b>")

    body = letter(gateway, "parents").body

    assert "Jansen &amp; &lt;b&gt;Zonen&lt;/b&gt;" in body
    assert "<b>" not in body
    assert "22 november 2026" in body


def test_the_letter_names_the_professional_who_acts(gateway: Gateway) -> None:
    """When the organisation has a card of them; of another organisation's nothing is told."""
    state = gateway.storage.state
    for card in (make_professional("school", "p1"), make_professional("ggd", "p9", name="P. de Wit")):
        state.professionals[card.receiver] = card

    own = letter(gateway, "parents", Professional_Id="p1").body
    other = letter(gateway, "parents", Professional_Id="p9").body

    assert "J. Jansen p1" in own
    assert "P. de Wit" not in other


@pytest.mark.parametrize("query", ["?language=de", "?language=", "?language=nl&language=en", "?name=x"])
def test_another_question_is_refused(gateway: Gateway, query: str) -> None:
    """With the parameter that is wrong."""
    answer = letter(gateway, "youth", query)

    assert answer.status == 400
    assert answer.json["errors"][0]["in"] == "query"


def test_nobody_else_is_written_to(gateway: Gateway) -> None:
    """There are two letters."""
    assert letter(gateway, "neighbours").status == 404


def test_who_wants_no_page_is_told(gateway: Gateway) -> None:
    """There is no JSON of a letter."""
    assert letter(gateway, "youth", Accept="application/json").status == 406


def test_both_languages_are_offered() -> None:
    """Whoever adds a language writes its letters."""
    assert {language.value for language in Language} == {"nl", "en"}
