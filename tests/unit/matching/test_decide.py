"""Deciding a closure: persons, households and doubts, whatever the order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.matching import (
    Address,
    AddressKind,
    Basis,
    DecidedMatch,
    Decision,
    MatchingProfile,
    MatchKey,
    MatchKind,
    MatchRecord,
    Parent,
    PartialDate,
    Sex,
    Verdict,
    Youth,
    compare,
    decide,
    fold,
    match_keys,
    ordered,
)
from tests.unit.matching.people import HOME, MODEL, MOTHER, PROFILE, TIM, record
from tests.unit.matching.strategies import closures

SISTER = replace(TIM, bsn=None, given_names="Eva", sex=Sex.FEMALE, birth_date=PartialDate(2016, 5, 1))
TWIN = replace(TIM, bsn=None, given_names="Tom")
STRANGER = Youth(given_names="Noor", surname="Öztürk", birth_date=PartialDate(2012, 8, 8), sex=Sex.FEMALE)
TIM_WITHOUT_NUMBER = replace(TIM, bsn=None)


def decided(
    *records: MatchRecord,
    verdicts: Sequence[Verdict] = (),
    excluded: frozenset[str] = frozenset(),
    profile: MatchingProfile = PROFILE,
) -> Decision:
    """Decide with the shipped model."""
    return decide(records, verdicts=verdicts, excluded=excluded, model=MODEL, profile=profile)


def pairs(decision: Decision) -> list[tuple[str, str, MatchKind, frozenset[Basis]]]:
    """The matches, without their explanations."""
    return [(match.first, match.second, match.kind, match.basis) for match in decision.matches]


@pytest.mark.rule("D11")
def test_signals_about_one_youth_are_one_group() -> None:
    """A match between every two of them, each resting on itself."""
    decision = decided(record("a", TIM), record("b", TIM_WITHOUT_NUMBER), record("c", Youth(bsn=TIM.bsn)))

    assert decision.groups == (("a", "b", "c"),)
    assert pairs(decision) == [
        ("a", "b", MatchKind.PERSON, frozenset()),
        ("a", "c", MatchKind.PERSON, frozenset()),
        ("b", "c", MatchKind.PERSON, frozenset()),
    ]


@pytest.mark.rule("D22")
def test_a_match_carried_by_a_third_signal_rests_on_it() -> None:
    """Only the number joins c, and b has none: when a ends, so does the match of b and c."""
    decision = decided(record("a", TIM), record("b", TIM_WITHOUT_NUMBER), record("c", Youth(bsn=TIM.bsn)))

    assert {(match.first, match.second): match.rests_on for match in decision.matches} == {
        ("a", "b"): frozenset("ab"),
        ("a", "c"): frozenset("ac"),
        ("b", "c"): frozenset("abc"),
    }


def test_twins_are_two_groups_of_one_household() -> None:
    """Same surname, birth date and address, another given name."""
    decision = decided(record("a", TIM), record("b", TWIN))

    assert decision.groups == (("a",), ("b",))
    assert decision.possible == ()
    assert pairs(decision) == [("a", "b", MatchKind.HOUSEHOLD, frozenset(Basis))]


def test_a_record_that_fits_both_twins_joins_neither_of_them_to_the_other() -> None:
    """An initial alone must not bridge two children."""
    only_initial = replace(TIM, bsn=None, given_names=None, initials="T.", sex=None)

    decision = decided(record("a", TIM), record("b", TWIN), record("c", only_initial))

    assert not any({"a", "b"} <= set(group) for group in decision.groups)


def test_a_merge_that_is_refused_leaves_both_groups_whole() -> None:
    """Two records with two numbers, and one without a number that fits one of them better: a doubt."""
    other_number = replace(TIM, bsn="999994712", address=None, parents=())

    decision = decided(record("a", TIM), record("b", TIM_WITHOUT_NUMBER), record("c", other_number))

    assert decision.groups == (("a", "b"), ("c",))
    assert [(doubt.first, doubt.second) for doubt in decision.possible] == [("b", "c")]


def test_a_record_that_fits_two_persons_as_well_joins_neither() -> None:
    """The runner-up is as close, and certainly somebody else."""
    other_number = replace(TIM, bsn="999994712")

    decision = decided(record("a", TIM), record("b", TIM_WITHOUT_NUMBER), record("c", other_number))

    assert decision.groups == (("a",), ("b",), ("c",))
    assert [(doubt.first, doubt.second) for doubt in decision.possible] == [("a", "b"), ("b", "c")]


def test_two_that_know_too_little_of_each_other_are_no_rivals_for_a_third() -> None:
    """One lacks the birth date, another lives elsewhere by now; whoever fits both well joins them."""
    child = replace(TIM, bsn=None, surname_prefix=None, surname="Duifhuizen", parents=())
    undated = replace(child, given_names="Tim", birth_date=None)
    moved = replace(child, address=Address(postal_code="9712 AB", house_number=1))

    apart = decided(record("a", undated), record("b", moved))
    together = decided(record("a", undated), record("b", moved), record("c", replace(child, sex=None)))

    assert apart.groups == (("a",), ("b",))
    assert together.groups == (("a", "b", "c"),)


def test_father_and_son_are_rivals_for_a_record_without_a_birth_date() -> None:
    """Another day of birth says that they are two, however low or high the sum."""
    son = replace(TIM, bsn=None, surname_prefix=None, surname="Duifhuizen", parents=())
    father = replace(son, birth_date=PartialDate(1988, 11, 30))

    decision = decided(record("a", son), record("b", father), record("c", replace(son, birth_date=None)))

    assert decision.groups == (("a",), ("b",), ("c",))
    assert [(doubt.first, doubt.second) for doubt in decision.possible] == [("a", "c"), ("b", "c")]


def test_a_doubtful_pair_gets_no_household_match() -> None:
    """The notice would claim that these are different youths."""
    decision = decided(record("a", TIM), record("b", replace(TIM, given_names="Tom")))

    assert decision.matches == ()
    assert [(doubt.first, doubt.second) for doubt in decision.possible] == [("a", "b")]


def test_the_word_of_a_person_that_two_are_the_same_joins_them() -> None:
    """Whatever the sum."""
    decision = decided(record("a", TIM), record("b", STRANGER), verdicts=[Verdict("b", "a", same=True)])

    assert decision.groups == (("a", "b"),)


def test_the_word_of_a_person_that_two_are_not_the_same_keeps_them_apart() -> None:
    """Even with the same number, and it asks for no second look."""
    decision = decided(
        record("a", TIM), record("b", TIM_WITHOUT_NUMBER), verdicts=[Verdict("a", "b", same=False)]
    )

    assert decision.groups == (("a",), ("b",))
    assert decision.possible == ()


def test_a_verdict_about_a_signal_outside_the_closure_does_nothing() -> None:
    """The signal may have ended."""
    assert decided(record("a", TIM), verdicts=[Verdict("a", "gone", same=True)]).groups == (("a",),)


def test_a_group_does_not_grow_beyond_its_limit() -> None:
    """A number that fits everybody is a fault, not a person."""
    decision = decided(*(record(signal, TIM) for signal in "abc"), profile=MatchingProfile(largest_group=2))

    assert decision.groups == (("a", "b"), ("c",))
    assert len(decision.possible) == 1


@pytest.mark.rule("D12")
@pytest.mark.parametrize(
    "parent",
    [
        pytest.param(Parent(bsn=MOTHER.bsn), id="number"),
        pytest.param(replace(MOTHER, bsn=None), id="name and birth date"),
    ],
)
def test_youths_who_share_a_parent_are_one_household_at_any_address(parent: Parent) -> None:
    """One parent is enough."""
    elsewhere = replace(SISTER, address=Address(postal_code="6211CD", house_number=1), parents=(parent,))

    decision = decided(record("a", TIM), record("b", elsewhere))

    assert pairs(decision) == [("a", "b", MatchKind.HOUSEHOLD, frozenset({Basis.SHARED_PARENT}))]


@pytest.mark.rule("D12")
def test_a_household_match_is_explained_by_the_pair_that_carries_it() -> None:
    """So that it stays true when another signal about one of the two, with an address of its own, goes."""
    sister = replace(SISTER, address=None)
    alone = decided(record("a", TIM), record("b", sister))
    moved = replace(sister, address=Address(postal_code="6211CD", house_number=1))

    both = decided(record("a", TIM), record("b", sister), record("c", moved))

    explained = {
        (one.first, one.second): one.explanation for one in both.matches if one.kind is MatchKind.HOUSEHOLD
    }
    assert explained["a", "b"] == alone.matches[0].explanation


def test_youths_at_one_address_are_one_household() -> None:
    """Foster and step children too."""
    decision = decided(record("a", TIM), record("b", replace(STRANGER, address=HOME)))

    assert pairs(decision) == [("a", "b", MatchKind.HOUSEHOLD, frozenset({Basis.SHARED_ADDRESS}))]


@pytest.mark.rule("D13")
@pytest.mark.parametrize("form", ["3511AB|12", "3511AB|12|A2"])
def test_an_excluded_address_makes_no_household(form: str) -> None:
    """By number or exactly."""
    decision = decided(
        record("a", TIM), record("b", replace(STRANGER, address=HOME)), excluded=frozenset({form})
    )

    assert decision.matches == ()


@pytest.mark.rule("D13")
def test_a_postal_address_makes_no_household() -> None:
    """Nobody lives there."""
    postal = replace(HOME, kind=AddressKind.POSTAL)

    decision = decided(
        record("a", replace(TIM, address=postal)), record("b", replace(STRANGER, address=postal))
    )

    assert decision.matches == ()


@pytest.mark.rule("D13")
def test_the_address_match_can_be_switched_off() -> None:
    """A region without a register leaves it off."""
    decision = decided(
        record("a", TIM),
        record("b", replace(STRANGER, address=HOME)),
        profile=MatchingProfile(address_match=False),
    )

    assert decision.matches == ()


def neighbours(*names: tuple[str, str]) -> list[MatchRecord]:
    """People of whom nothing is known but a given name, a surname and one address."""
    return [
        record(str(index), Youth(given_names=given_names, surname=surname, address=HOME))
        for index, (given_names, surname) in enumerate(names)
    ]


@pytest.mark.rule("D13")
def test_an_address_of_three_unrelated_families_makes_no_household_by_itself() -> None:
    """A building that is on no list, or people who lived there one after the other."""
    people = neighbours(("Noor", "Bakker"), ("Jan", "Öztürk"), ("Eva", "Smit"))

    assert len(decided(*people[:2]).matches) == 1
    assert decided(*people).matches == ()


@pytest.mark.rule("D13")
def test_who_is_known_there_counts_though_nothing_is_decided_about_them() -> None:
    """A closure does not walk to everybody it met."""
    *pair, third = neighbours(("Noor", "Bakker"), ("Jan", "Öztürk"), ("Eva", "Smit"))

    decision = decide(pair, around=[third.youth], model=MODEL, profile=PROFILE)

    assert decision.matches == ()


@pytest.mark.rule("D13")
def test_an_address_of_five_unrelated_families_does_not_help_a_surname_either() -> None:
    """Brothers of one surname are a household among four families, and no longer among five."""
    brothers = neighbours(
        ("Noor", "Bakker"), ("Jan", "Bakker"), ("Eva", "Smit"), ("Hugo", "Prins"), ("Fleur", "Vos")
    )
    fifth = record("z", Youth(given_names="Bram", surname="Öztürk", address=HOME))

    assert [(one.first, one.second) for one in decided(*brothers).matches] == [("0", "1")]
    assert decided(*brothers, fifth).matches == ()


@pytest.mark.rule("D13")
def test_an_address_that_lost_its_addition_makes_no_household_by_itself() -> None:
    """He lives behind one of several doors at that number; who else is at the number is not known."""
    number = replace(HOME, house_letter=None, house_number_addition=None)
    stranger = record("c", replace(STRANGER, address=number))

    decision = decided(record("a", TIM), record("b", replace(TIM, address=number)), stranger)

    assert {match.kind for match in decision.matches} == {MatchKind.PERSON}
    assert len(decided(record("b", replace(TIM, address=number)), stranger).matches) == 1


@pytest.mark.rule("D13")
@pytest.mark.parametrize("ids", [("a", "b"), ("b", "a")])
def test_an_excluded_door_does_not_count_for_who_leaves_its_addition_out(ids: tuple[str, str]) -> None:
    """Whichever of the two came first."""
    bare = replace(HOME, house_letter=None, house_number_addition=None)
    door = replace(bare, house_number_addition="A2")
    mine, theirs = (
        Youth(given_names=name, surname="Bakker", address=at) for name, at in (("Noor", bare), ("Jan", door))
    )

    decision = decided(record(ids[0], mine), record(ids[1], theirs), excluded=frozenset({"3511AB|12|A2"}))

    assert decision.matches == ()
    assert len(decided(record(ids[0], mine), record(ids[1], theirs)).matches) == 1


def test_other_doors_of_one_building_are_other_households() -> None:
    """The addition separates flats."""
    next_door = replace(HOME, house_number_addition="3")

    assert decided(record("a", TIM), record("b", replace(STRANGER, address=next_door))).matches == ()


def test_nothing_in_gives_nothing_out() -> None:
    """An empty closure is decided too."""
    assert decided() == Decision(groups=(), matches=(), possible=())


@given(closures, st.randoms(use_true_random=False))
def test_the_order_of_the_signals_does_not_matter(closure: list[MatchRecord], random: Random) -> None:
    """Level-triggered matching needs the same answer from every direction."""
    shuffled = random.sample(closure, len(closure))

    assert decided(*shuffled) == decided(*closure)


@given(closures)
def test_every_signal_is_in_exactly_one_group(closure: list[MatchRecord]) -> None:
    """Groups are a partition."""
    members = sorted(signal for group in decided(*closure).groups for signal in group)

    assert members == sorted(signal.signal_id for signal in closure)


@given(closures)
def test_every_match_explains_itself_and_rests_on_its_signals(closure: list[MatchRecord]) -> None:
    """Weights add up to the total, and the two signals are among those it rests on (D22)."""
    for match in decided(*closure).matches:
        assert match.first < match.second
        assert {match.first, match.second} <= match.rests_on
        assert sum(line.weight for line in match.explanation.evidence) == pytest.approx(
            match.explanation.total
        )


@given(closures)
def test_every_match_is_found_by_walking_keys(closure: list[MatchRecord]) -> None:
    """What a match rests on hangs together by shared keys, so storage finds it."""
    keys = {signal.signal_id: match_keys(signal.youth) for signal in closure}

    for match in decided(*closure).matches:
        assert _hangs_together(match, keys)


def _hangs_together(match: DecidedMatch, keys: dict[str, frozenset[MatchKey]]) -> bool:
    reached, waiting = {match.first}, [match.first]
    while waiting:
        signal = waiting.pop()
        found = {other for other in match.rests_on - reached if keys[other] & keys[signal]}
        reached |= found
        waiting += found
    return match.second in reached


def test_what_has_nothing_to_do_with_two_rivals_does_not_decide_between_them() -> None:
    """A merge of others, whose evidence lies between theirs, leaves the doubt; found by simulation."""
    rivals = [
        record("a", replace(TIM, surname="Meers")),
        record("b", replace(TIM, bsn=None, birth_date=PartialDate(2014))),
        record("c", replace(TIM, bsn="999990019")),
    ]
    ruben = Youth(
        given_names="Ruben",
        initials="R.",
        surname="Visser",
        birth_date=PartialDate(2003, 11, 25),
        sex=Sex.MALE,
        address=Address(postal_code="9712AB", house_number=1, street="Ossenmarkt", city="Groningen"),
        parents=(Parent(given_names="Kees", surname="Visser", birth_date=PartialDate(1980, 7, 9)),),
    )
    others = [record("y", replace(ruben, bsn="999990238")), record("z", ruben)]

    alone, among_others = decided(*rivals), decided(*rivals, *others)

    assert [(one.first, one.second) for one in alone.possible] == [("a", "b"), ("b", "c")]
    assert among_others.possible == alone.possible
    assert among_others.groups == (*alone.groups, ("y", "z"))


@given(closures)
def test_what_was_compared_on_the_way_is_decided_alike(records: list[MatchRecord]) -> None:
    """In whichever direction it was compared; pairs that were not are compared now."""
    compared = {
        ordered(one.signal_id, other.signal_id): compare(other.youth, one.youth, MODEL).evidence
        for one, other in list(combinations(records, 2))[::2]
    }

    assert decide(records, compared=compared, model=MODEL, profile=PROFILE) == decided(*records)


def test_what_was_compared_is_not_compared_again() -> None:
    """What it said then counts."""
    nothing_alike = compare(fold(TIM), fold(STRANGER), MODEL).evidence

    decision = decide(
        (record("a", TIM), record("b", TIM)),
        compared={("a", "b"): nothing_alike},
        model=MODEL,
        profile=PROFILE,
    )

    assert decision.groups == (("a",), ("b",))
