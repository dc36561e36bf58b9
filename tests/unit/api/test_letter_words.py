"""The letters by which a family is told of a signal: what they say, and how easily they are read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from itertools import product

import pytest

from chalicelib.api.information_letters import letter_page
from chalicelib.domain.legal_profile import DUTCH_DEFAULT
from chalicelib.domain.organisation import Language
from chalicelib.signals.inform import Audience, InformationLetter
from tests.builders import make_professional
from tests.readability import (
    Readability,
    dutch_syllables,
    english_syllables,
    read_in_dutch,
    read_in_english,
)

LETTER = InformationLetter(
    audience=Audience.PARENTS,
    language=Language.DUTCH,
    organisation="De Regenboog",
    professional=make_professional(name="Joris Jansen"),
    region_mail="beheer@region.example",
    day=date(2026, 11, 22),
    legal=DUTCH_DEFAULT,
)
EASY, LONGEST_SENTENCE, WORDS_A_SENTENCE = 80.0, 15, 10.0
"""Level B1 asks for about 60 to 70 and sentences of some fifteen words: the letters keep well within it."""
EACH = list(product(Audience, Language))

pytestmark = pytest.mark.rule("D30")


class Words(HTMLParser):
    """What is read on a page, piece by piece."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._reading = False
        self.feed(html)

    def handle_starttag(self, tag: str, _: list[tuple[str, str | None]]) -> None:
        """A new piece begins."""
        if tag in {"h1", "h2", "p", "li"}:
            self.pieces.append("")
            self._reading = True

    def handle_endtag(self, tag: str) -> None:
        """What stands between pieces is not read."""
        if tag in {"h1", "h2", "p", "li"}:
            self._reading = False

    def handle_data(self, data: str) -> None:
        """Words of the piece."""
        if self._reading:
            self.pieces[-1] = " ".join([*self.pieces[-1].split(), *data.split()])


def written(audience: Audience, language: Language, letter: InformationLetter = LETTER) -> list[str]:
    """The pieces of a letter."""
    return Words(letter_page(replace(letter, audience=audience, language=language))).pieces


def text(audience: Audience, language: Language, letter: InformationLetter = LETTER) -> str:
    """The whole of it."""
    return " ".join(written(audience, language, letter))


def measured(audience: Audience, language: Language) -> Readability:
    """How easily it is read; cards and addresses are no sentences of ours."""
    read = read_in_dutch if language is Language.DUTCH else read_in_english
    return read(one for one in written(audience, language) if "@" not in one)


@pytest.mark.parametrize(("audience", "language"), EACH)
def test_a_letter_is_read_easily(audience: Audience, language: Language) -> None:
    """Short sentences of common words, in either language."""
    found = measured(audience, language)

    assert found.ease >= EASY
    assert found.longest_sentence <= LONGEST_SENTENCE
    assert found.words_a_sentence <= WORDS_A_SENTENCE


def test_there_is_a_letter_for_each_reader_in_each_language() -> None:
    """Parents and young people, in Dutch and English; each has a title of its own."""
    titles = {written(*which)[2] for which in EACH}

    assert len(titles) == len(EACH) == 4


@pytest.mark.parametrize(("audience", "language"), EACH)
def test_a_letter_names_the_organisation_and_whom_to_ask(audience: Audience, language: Language) -> None:
    """With the telephone as people read it aloud."""
    letter = text(audience, language)

    assert letter.startswith("De Regenboog 22 ")
    assert letter.endswith("De Regenboog")
    for named in ("Joris Jansen", "+31 30 123 45 67", "p1@school.example", "beheer@region.example"):
        assert named in letter


@pytest.mark.parametrize(("audience", "language"), EACH)
def test_without_a_professional_the_organisation_is_asked(audience: Audience, language: Language) -> None:
    """Nobody is made up."""
    letter = text(audience, language, replace(LETTER, professional=None))

    assert letter.count("De Regenboog") == text(audience, language).count("De Regenboog")
    assert "None" not in letter


@pytest.mark.parametrize(("audience", "language"), EACH)
def test_a_professional_without_a_telephone_is_mailed(audience: Audience, language: Language) -> None:
    """No empty place is left."""
    letter = text(audience, language, replace(LETTER, professional=make_professional(telephone=None)))

    assert ": p1@school.example." in letter
    assert "None" not in letter


@pytest.mark.parametrize(
    ("audience", "told"),
    [
        (
            Audience.PARENTS,
            ("2 jaar", "Wordt uw kind 23?", "5 jaar bewaard", "4 weken", "12 jaar", "16 jaar"),
        ),
        (Audience.YOUTH, ("2 jaar", "Word je 23?", "5 jaar bewaard", "4 weken", "jonger dan 16")),
    ],
)
def test_a_letter_says_what_the_law_says(audience: Audience, told: tuple[str, ...]) -> None:
    """Periods and ages are those of the profile."""
    letter = text(audience, Language.DUTCH)

    assert [one for one in told if one not in letter] == []


@pytest.mark.parametrize(("days", "told"), [(10, "10 dagen"), (8, "8 dagen"), (14, "2 weken")])
def test_a_term_is_said_as_people_say_it(days: int, told: str) -> None:
    """In weeks where it is whole weeks."""
    law = replace(DUTCH_DEFAULT, answer_within_days=days)

    assert told in text(Audience.PARENTS, Language.DUTCH, replace(LETTER, legal=law))


@pytest.mark.parametrize(("audience", "language"), EACH)
def test_another_law_makes_another_letter(audience: Audience, language: Language) -> None:
    """A region without an archive, where nobody watches."""
    law = replace(
        DUTCH_DEFAULT, age_limit=21, archive=False, supervisor_notices=False, informs_youth_alone_from=18
    )

    letter = text(audience, language, replace(LETTER, legal=law, professional=None))

    assert [one for one in ("21", "18") if one not in letter] == []
    assert [one for one in ("23", "16", "bewaard", "is kept", "gemeente", "town hall") if one in letter] == []


@pytest.mark.rule("D3")
@pytest.mark.parametrize(("audience", "language"), EACH)
def test_a_letter_says_that_the_index_holds_no_reason(audience: Audience, language: Language) -> None:
    """And that nobody is looked up (D16)."""
    letter = text(audience, language)

    why, nobody = {
        Language.DUTCH: ("staat niet in waarom", "zomaar opzoeken"),
        Language.ENGLISH: ("does not say why", "can just look up"),
    }[language]
    assert (why in letter, nobody in letter) == (True, True)


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        *(("kind", 1), ("signaal", 2), ("moeilijk", 2), ("nieuw", 1), ("gemeente", 3), ("leeuw", 1)),
        *(("zeeën", 2), ("bijvoorbeeld", 3), ("geboorte", 3), ("verwijsindex", 4), ("haai", 1), ("de", 1)),
        *(("Persoonsgegevens", 5), ("organisatie", 5), ("beïnvloeden", 4), ("koeien", 2)),
    ],
)
def test_dutch_syllables_are_counted_as_they_are_heard(word: str, syllables: int) -> None:
    """A measure is worth what its counting is."""
    assert dutch_syllables(word) == syllables


@pytest.mark.parametrize(
    ("word", "syllables"),
    [("child", 1), ("signal", 2), ("name", 1), ("helped", 1), ("computer", 3), ("table", 2), ("the", 1)],
)
def test_english_syllables_are_counted_as_they_are_heard(word: str, syllables: int) -> None:
    """As for Dutch."""
    assert english_syllables(word) == syllables


def test_a_hard_text_is_found_hard() -> None:
    """The measure tells an official's sentence from ours."""
    official = (
        "Overeenkomstig het bepaalde in artikel zeven van de Jeugdwet geschiedt de verwerking van "
        "persoonsgegevens uitsluitend ten behoeve van de totstandkoming van een gecoördineerde "
        "hulpverlening, "
        "onverminderd de verantwoordelijkheden van de desbetreffende functionarissen."
    )

    found = read_in_dutch([official])

    assert found.ease < 30
    assert found.longest_sentence > LONGEST_SENTENCE


def test_nothing_is_no_text() -> None:
    """It has no score."""
    with pytest.raises(ValueError, match="nothing to read"):
        read_in_dutch(["...", ""])
