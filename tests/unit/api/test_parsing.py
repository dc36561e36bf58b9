"""From bytes to one JSON object, or to a clear refusal."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.api.parsing import DEEPEST, LARGEST_BODY, read_object
from chalicelib.api.problems import MOST_ERRORS, Problem

MEMBERS = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**9), 10**9)
    | st.text(st.characters(codec="ascii", min_codepoint=32)),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", min_size=1), inner, max_size=3)
    ),
    max_leaves=10,
)


def refusal(body: bytes) -> Problem:
    """The problem that a body makes."""
    with pytest.raises(Problem) as caught:
        read_object(body)
    return caught.value


@given(st.dictionaries(st.text("abcdef", min_size=1), MEMBERS, max_size=5))
def test_every_plain_object_is_read_as_it_was_written(content: dict[str, object]) -> None:
    """Nothing is lost or changed on the way in."""
    assert read_object(json.dumps(content).encode()) == content


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    """No bytes bring the reader down."""
    with suppress(Problem):
        assert isinstance(read_object(body), dict)


def test_bytes_that_are_no_unicode_are_refused() -> None:
    """As a whole, for no place in them can be trusted."""
    problem = refusal(b'{"a": "\xff"}')

    assert [(error.location, error.code) for error in problem.errors] == [("", "not-utf-8")]


def test_as_deep_as_allowed_is_read_and_one_deeper_refused() -> None:
    """The limit is what the catalogue says it is."""
    objects = [b'{"a":' * (depth - 1) + b"{}" + b"}" * (depth - 1) for depth in (DEEPEST, DEEPEST + 1)]

    assert "a" in read_object(objects[0])
    assert [error.code for error in refusal(objects[1]).errors] == ["too-deep"]


def test_as_large_as_allowed_is_read_and_one_byte_more_refused() -> None:
    """The limit counts bytes, not characters."""
    largest = b'{"a":"' + "é".encode() * ((LARGEST_BODY - 8) // 2) + b'"}'

    assert len(largest) == LARGEST_BODY
    assert read_object(largest)
    assert refusal(largest + b" ").kind.status == 413


def test_everything_doubtful_is_told_at_once() -> None:
    """One answer names every place, in order."""
    problem = refusal(b'{"b": "\\u0000", "a": {"c": 1, "c": 2}, "d": ["\\ud800"]}')

    assert [(error.location, error.code) for error in problem.errors] == [
        ("/a/c", "repeated-key"),
        ("/b", "forbidden-character"),
        ("/d/0", "forbidden-character"),
    ]


def test_an_answer_stays_small_however_much_is_wrong() -> None:
    """A hostile body is not answered with a larger one."""
    many = json.dumps({"a": ["\0"] * 20_000}).encode()

    told = refusal(many).as_json("id", "https://docs.example")["errors"]

    assert isinstance(told, list)
    assert len(told) == MOST_ERRORS


def test_a_pair_of_surrogates_is_one_character() -> None:
    """Escaped emoji are JSON; whether a field takes them is the field's business."""
    assert read_object(b'{"a": "\\ud83d\\ude00"}') == {"a": "\U0001f600"}
