"""From bytes to a JSON object that can be read without doubt.

What the standard library lets through is refused here: a key given twice, NaN and Infinity, numbers
beyond what every reader keeps exactly, NUL, lone surrogates, the mark that a gateway leaves for bytes
it could not read, and nesting nobody means.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Final, NoReturn

from chalicelib.api import catalogue
from chalicelib.api.pointers import pointer
from chalicelib.api.problems import FieldError, Problem

LARGEST_BODY: Final = 256 * 1024
DEEPEST: Final = 20
_LARGEST_NUMBER: Final = 2**53 - 1
_LONGEST_NUMBER: Final = 16
_BROKEN: Final = re.compile("[\x00\ud800-\udfff\ufffd]")

_Parts = tuple[str | int, ...]


class _Unreadable(Exception):  # noqa: N818 - never leaves this module
    """Thrown by the parser's hooks; the argument is the code."""


class _Repeated(dict[str, Any]):
    """An object in which a key stood more than once."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        counts = Counter(name for name, _ in pairs)
        self.names = sorted(name for name, count in counts.items() if count > 1)


DETAILS: Final = {
    "not-utf-8": "The body is not UTF-8.",
    "syntax": "The body is not JSON.",
    "not-finite": "NaN and Infinity are not JSON.",
    "number-too-large": "A number is larger than every reader keeps exactly.",
    "too-deep": f"This is nested more than {DEEPEST} levels deep.",
    "not-an-object": "The body must be one JSON object.",
    "repeated-key": "This key stands here more than once.",
    "forbidden-character": "A NUL, half a surrogate pair or an unreadable byte stands here.",
}


def read_object(body: bytes) -> dict[str, Any]:
    """The JSON object in a body. Raises Problem: body-too-large, malformed-json."""
    content = read_outline(body)
    require_undoubted(content)
    return content


def read_outline(body: bytes) -> dict[str, Any]:
    """The object of a body, of which only its own keys were looked at. Raises as :func:`read_object`."""
    if len(body) > LARGEST_BODY:
        raise Problem(catalogue.BODY_TOO_LARGE)
    content = _parsed(body)
    if not isinstance(content, dict):
        _refuse("not-an-object")
    _raise_for(_doubtful_here((), content))
    return content


def require_undoubted(content: object) -> None:
    """Raise Problem (malformed-json) unless a parsed value can be read without doubt, to its depth."""
    _raise_for(_doubtful(content))


def _raise_for(doubts: Iterable[tuple[str, str]]) -> None:
    errors = [FieldError("body", location, code, DETAILS[code]) for location, code in sorted(set(doubts))]
    if errors:
        raise Problem(catalogue.MALFORMED_JSON, errors=errors)


def _parsed(body: bytes) -> Any:
    try:
        return json.loads(
            body.decode("utf-8"),
            object_pairs_hook=_object,
            parse_int=_number,
            parse_float=_number,
            parse_constant=_constant,
        )
    except UnicodeDecodeError:
        _refuse("not-utf-8")
    except RecursionError:
        _refuse("too-deep")
    except _Unreadable as error:
        _refuse(str(error))
    except ValueError:
        _refuse("syntax")


def _refuse(code: str) -> NoReturn:
    line = FieldError("body", "", code, DETAILS[code])
    raise Problem(catalogue.MALFORMED_JSON, errors=[line]) from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    return content if len(content) == len(pairs) else _Repeated(pairs)


def _number(text: str) -> int | float:
    if len(text) > _LONGEST_NUMBER:
        raise _Unreadable("number-too-large")
    number = float(text) if any(sign in text for sign in ".eE") else int(text)
    if abs(number) > _LARGEST_NUMBER:
        raise _Unreadable("number-too-large")
    return int(number) if number == int(number) else number  # JSON knows one kind of number: 12.0 is 12


def _constant(_: str) -> NoReturn:
    raise _Unreadable("not-finite")


def _doubtful(content: object) -> Iterator[tuple[str, str]]:
    """Location and code of whatever the parser let through; without recursion, for any depth."""
    waiting: list[tuple[_Parts, object]] = [((), content)]
    while waiting:
        parts, value = waiting.pop()
        if len(parts) >= DEEPEST and isinstance(value, dict | list):
            yield pointer(parts[:1]), "too-deep"
            continue
        yield from _doubtful_here(parts, value)
        waiting.extend(_members(parts, value))


def _doubtful_here(parts: _Parts, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, _Repeated):
        yield from ((pointer((*parts, name)), "repeated-key") for name in value.names)
    if isinstance(value, dict) and any(_is_broken(name) for name in value):
        yield pointer(parts), "forbidden-character"
    if isinstance(value, str) and _is_broken(value):
        yield pointer(parts), "forbidden-character"


def _members(parts: _Parts, value: object) -> Iterator[tuple[_Parts, object]]:
    if isinstance(value, dict):
        yield from (((*parts, name), member) for name, member in value.items())
    elif isinstance(value, list):
        yield from (((*parts, index), member) for index, member in enumerate(value))


def _is_broken(text: str) -> bool:
    return _BROKEN.search(text) is not None
