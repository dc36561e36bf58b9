"""What no mail may hold: any name, number, date or street of a youth or a parent (D18, D20)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from examples.demonstration.story import Event, Give

_WORD: Final = re.compile(r"[\w-]+")
_PERSONAL: Final = ("bsn", "givenNames", "surname", "birthDate")
_LOCAL: Final = ("postalCode", "street")
_SHORTEST: Final = 3
"""Shorter words (de, van) are everybody's."""


def words_in(text: str) -> frozenset[str]:
    """The words, numbers and days of a text, in lower case."""
    return frozenset(word.casefold() for word in _WORD.findall(text))


def private_words(story: Iterable[Event]) -> frozenset[str]:
    """Every word that says something of a person in the story."""
    texts = [text for event in story if isinstance(event, Give) for text in _texts(event.body["youth"])]
    return frozenset(word for text in texts for word in words_in(text) if len(word) >= _SHORTEST)


def _texts(youth: Mapping[str, Any]) -> Iterator[str]:
    for person in (youth, *youth.get("parents", ())):
        yield from (str(person[field]) for field in _PERSONAL if field in person)
    address = youth.get("address", {})
    yield from (str(address[field]).replace(" ", "") for field in _LOCAL if field in address)
