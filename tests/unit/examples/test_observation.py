"""Facts from answers and mails, and the flaws that no story may have."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from examples.demonstration.facts import Facts, Line, MatchFact, mail_fact
from examples.demonstration.observation import SeenMatch, observe

MINE = SeenMatch(
    id="lo-1", kind="PERSON", basis=(), state="ACTIVE", match_key="M-1", counterpart="b@ggd.example"
)
THEIRS = replace(MINE, counterpart="a@school.example")
SEEN = {"A-1": (MINE,), "B-1": (THEIRS,)}
EMAILS = {"A-1": "a@school.example", "B-1": "b@ggd.example"}


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail."""

    to: str = "a@school.example"
    text: str = "A-1 M-1 b@ggd.example"
    notices: tuple[str, ...] = ("lo-1.1.STARTED.0a1b2c3d",)


def test_both_sides_of_a_match_and_its_mail_are_facts() -> None:
    """The pair is named by its references, the mail's line by own reference and the other's address."""
    facts = observe(SEEN, EMAILS, [Letter()], frozenset())

    assert facts == Facts(
        matches=(MatchFact(("A-1", "B-1"), "PERSON", (), "ACTIVE"),),
        mails=(mail_fact("a@school.example", [Line(("A-1", "b@ggd.example"), "PERSON")], []),),
    )


def test_a_supervisor_is_told_of_both_sides() -> None:
    """Who has no signal in the match hears of both."""
    letter = Letter(to="c@town.example", text="M-1 a@school.example b@ggd.example")

    facts = observe(SEEN, EMAILS, [letter], frozenset())

    assert facts.mails == (mail_fact("c@town.example", [Line(("A-1", "B-1"), "PERSON")], []),)


def test_an_end_is_told_apart_from_a_beginning() -> None:
    """The notice's id says which."""
    facts = observe(SEEN, EMAILS, [Letter(notices=("lo-1.1.ENDED.0a1b2c3d",))], frozenset())

    assert facts.mails == (mail_fact("a@school.example", [], [Line(("A-1", "b@ggd.example"), "PERSON")]),)


def test_a_mail_that_hides_what_it_tells_is_a_flaw() -> None:
    """Own reference, match key and the other's address must be in its text."""
    facts = observe(SEEN, EMAILS, [Letter(text="A-1 b@ggd.example")], frozenset())

    assert facts.flaws == ("the mail to a@school.example does not show M-1",)


def test_a_mail_with_a_private_word_is_a_flaw() -> None:
    """Whatever its letter case, but not inside another word."""
    letters = [Letter(text="A-1 M-1 b@ggd.example LOTTE"), Letter(text="A-1 M-1 b@ggd.example lotteries")]

    facts = observe(SEEN, EMAILS, letters, frozenset({"lotte"}))

    assert facts.flaws == ("the mail to a@school.example holds lotte",)


def test_a_match_seen_from_one_side_only_is_a_flaw() -> None:
    """Both holders see it or none."""
    facts = observe({"A-1": (MINE,), "B-1": ()}, EMAILS, [], frozenset())

    assert facts == Facts(matches=(), mails=(), flaws=("a match of A-1 is seen from one side only",))


def test_a_mail_about_other_signals_is_left_aside() -> None:
    """Families that were added to the story have mails of their own."""
    facts = observe(SEEN, EMAILS, [Letter(notices=("lo-9.1.STARTED.0a1b2c3d",))], frozenset())

    assert facts.mails == ()


def test_a_basis_is_read_as_none_one_or_several() -> None:
    """Null, a text, or a list, as the interface writes it."""
    item: dict[str, Any] = {
        "id": "lo-1",
        "kind": "HOUSEHOLD",
        "basis": None,
        "state": "ACTIVE",
        "matchKey": "M-1",
        "counterpart": {"email": "b@ggd.example"},
    }

    bases = [
        SeenMatch.of({**item, "basis": basis}).basis
        for basis in (None, "SHARED_PARENT", ["SHARED_PARENT", "SHARED_ADDRESS"])
    ]

    assert bases == [(), ("SHARED_PARENT",), ("SHARED_ADDRESS", "SHARED_PARENT")]
