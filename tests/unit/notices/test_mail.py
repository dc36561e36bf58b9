"""The mails, word for word, and what must never be in them (D18)."""

from __future__ import annotations

from dataclasses import fields, replace
from html.parser import HTMLParser
from itertools import product
from pathlib import Path

import pytest

from chalicelib.domain.notice import NoticeKind
from chalicelib.domain.organisation import Domain, Language
from chalicelib.matching.decision import MatchKind
from chalicelib.matching.records import Address, Parent, PartialDate
from chalicelib.notices.languages import WORDINGS
from chalicelib.notices.mail import render
from chalicelib.notices.wording import Wording
from tests.builders import make_youth
from tests.unit.notices.letters import ALL_KINDS, LETTERS, NURSE, make_block, make_letter, own
from tests.unit.notices.scene import REGION, Scene

GOLDEN = Path(__file__).parent / "golden"
VOID = {"meta", "br"}


class Page(HTMLParser):
    """The tags, links and visible text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember a tag, and that it is open."""
        self.tags.add(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """The tag that was opened last must be the one that closes."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Remember what is shown."""
        if not self.open or self.open[-1] != "style":
            self.text += f" {data.strip()}"


@pytest.mark.rule("D18")
@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("name", LETTERS)
def test_the_text_reads_word_for_word_as_agreed(name: str, language: Language) -> None:
    """Whoever changes a word changes a golden file."""
    mail = render(replace(LETTERS[name], language=language), REGION)

    expected = (GOLDEN / f"{name}.{language}.txt").read_text(encoding="utf-8")
    assert f"Subject: {mail.subject}\n\n{mail.text}" == expected


@pytest.mark.parametrize("name", LETTERS)
def test_the_html_says_what_the_text_says(name: str) -> None:
    """Every word of the text stands in the page, the rulers and labels for plain text aside."""
    mail = render(LETTERS[name], REGION)
    page = " ".join(Page(mail.html).text.split()).casefold()

    for card in {
        entry.card
        for section in LETTERS[name].sections
        for block in section.blocks
        for entry in block.entries
    }:
        for field in fields(card):
            value = getattr(card, field.name)
            if value is not None and field.name not in {"domain", "telephone"}:
                assert value.casefold() in page
    for section in LETTERS[name].sections:
        assert section.number is None or section.number.casefold() in page
        for block in section.blocks:
            assert block.match_key.casefold() in page
    assert WORDINGS[Language.DUTCH].rule.casefold() in page


@pytest.mark.parametrize("name", LETTERS)
def test_the_html_is_whole_and_fetches_nothing(name: str) -> None:
    """Every tag closed; no picture, script, form, frame or link to a page: nothing that can track."""
    page = Page(render(LETTERS[name], REGION).html)

    assert page.open == []
    assert not page.tags & {"img", "script", "iframe", "form", "link", "object", "video", "base"}
    links = [value for name, value in page.attributes if name in {"href", "src", "background", "action"}]
    assert {(link or "").partition(":")[0] for link in links} <= {"tel", "mailto"}


def test_letters_that_mean_something_in_html_are_escaped() -> None:
    """A name is shown as it is, and never becomes markup."""
    odd = replace(
        NURSE, name="<b>P. & 'de' \"Wit\"</b>", organisation="A<script>", email='"x"onclick=@ggd.example'
    )
    mail = render(make_letter(own(make_block(odd), reference="<i>&")), REGION)
    page = Page(mail.html)

    assert not page.tags & {"b", "i", "script"}
    assert "onclick" not in {name for name, _ in page.attributes}
    assert "<b>P. & 'de' \"Wit\"</b>" in page.text
    assert "<b>P. & 'de' \"Wit\"</b>" in mail.text


@pytest.mark.rule("D18")
@pytest.mark.rule("D20")
@pytest.mark.rule("D21")
def test_no_mail_or_event_holds_anything_of_a_youth_or_a_parent() -> None:
    """Every value of the person record is marked, and none comes back."""
    marked = make_youth(
        bsn="999990001",
        given_names="MARKgiven",
        initials="M.A.R.K.",
        surname_prefix="markfix",
        surname="MARKsurname",
        birth_date=PartialDate(2013, 5, 17),
        address=Address(postal_code="9999ZZ", house_number=98765, street="MARKstreet", city="MARKcity"),
        parents=(Parent(bsn="999990002", given_names="MARKparent", surname="MARKmother"),),
    )
    scene = Scene()
    school = scene.signal("lo-1", "school", youth=marked)
    scene.organisation("school", topic_arn="arn:aws:sns:eu-central-1:000000000000:school")
    for number, kind in enumerate(MatchKind, start=2):
        scene.notice(scene.match(school, scene.signal(f"lo-{number}", "ggd", youth=marked), kind=kind))

    scene.deliver()

    (mail,) = scene.mails
    everything = repr(mail) + repr(scene.published) + repr(scene.storage.state.audit)
    for value in ("mark", "99999000", "9999zz", "98765", "2013", "17 mei", "m.a.r.k."):
        assert value not in everything.casefold()


def test_the_headers_hold_ids_only() -> None:
    """Enough to thread mails, to keep an out-of-office quiet, and to answer."""
    letter = make_letter(*ALL_KINDS, notice_ids=("lo-1.1.STARTED.aa", "lo-2.1.ENDED.aa"))

    assert render(letter, REGION).headers == {
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Content-Language": "nl",
        "X-Notice-Id": "lo-1.1.STARTED.aa, lo-2.1.ENDED.aa",
        "References": ("<M-4TZ9-K3WD-7@midden-nederland.example> <M-8HRC-2PQX-K@midden-nederland.example>"),
        "Reply-To": "beheer@midden-nederland.example",
    }


@pytest.mark.parametrize(
    ("started", "ended", "subject"),
    [
        (1, 0, "Verwijsindex: 1 nieuwe match"),
        (2, 0, "Verwijsindex: 2 nieuwe matches"),
        (0, 1, "Verwijsindex: 1 match gestopt"),
        (0, 3, "Verwijsindex: 3 matches gestopt"),
        (2, 1, "Verwijsindex: 2 nieuwe matches, 1 match gestopt"),
    ],
)
def test_the_subject_says_how_many_and_no_more(started: int, ended: int, subject: str) -> None:
    """It is read by whoever passes by a screen."""
    assert WORDINGS[Language.DUTCH].subject("Verwijsindex", started, ended) == subject


@pytest.mark.rule("D6")
@pytest.mark.parametrize("words", WORDINGS.values(), ids=lambda words: words.language)
def test_every_language_has_words_for_everything(words: Wording) -> None:
    """No mail fails on a missing word."""
    told = {NoticeKind.STARTED, NoticeKind.ENDED}
    both = set(product(told, MatchKind))

    assert set(words.domains) == set(Domain)
    assert set(words.title) == set(words.meaning) == both
    assert set(words.one) == set(words.many) == set(words.who) == set(words.day) == told
    assert set(words.supervised) == set(MatchKind)
    assert len(words.months) == 12
