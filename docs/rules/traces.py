"""Where rules are cited in the code, and by which tests they are proved."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(__file__).parent
ROOT: Final = FOLDER.parent.parent
_CITED: Final = re.compile(r"\bD(\d{1,2})\b")
_MARKED: Final = re.compile(r"mark\.rule\(\"D(\d{1,2})\"\)")
_CODE: Final = ("app.py", "chalicelib", "infra")
_TESTS: Final = ("tests",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule, as `rules.toml` tells it.

    Attributes:
        mark: L law, P practice, W wish; several are parted by a slash.
        later: nothing keeps it yet; then no test may claim it, and without it one must.
    """

    number: int
    section: str
    mark: str
    short: str
    text: str
    later: bool = False

    @property
    def name(self) -> str:
        """As it is cited: ``D7``."""
        return f"D{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """Where a rule is kept and proved: paths from the root, the one that says most of it first."""

    rule: Rule
    code: tuple[str, ...]
    tests: tuple[str, ...]


def rules() -> tuple[Rule, ...]:
    """Every rule, by number."""
    told: list[dict[str, Any]] = tomllib.loads((FOLDER / "rules.toml").read_text(encoding="utf-8"))["rule"]
    return tuple(Rule(**{**one, "text": " ".join(one["text"].split())}) for one in told)


def traces() -> tuple[Trace, ...]:
    """Every rule with the modules that cite it and the tests marked with it."""
    code, tests = _places(_CODE, _CITED), _places(_TESTS, _MARKED)
    return tuple(
        Trace(rule=rule, code=code.get(rule.number, ()), tests=tests.get(rule.number, ())) for rule in rules()
    )


def _places(tops: Iterable[str], pattern: re.Pattern[str]) -> dict[int, tuple[str, ...]]:
    counts: dict[int, dict[str, int]] = {}
    for path in _modules(tops):
        for found in pattern.findall(path.read_text(encoding="utf-8")):
            place = counts.setdefault(int(found), {})
            name = path.relative_to(ROOT).as_posix()
            place[name] = place.get(name, 0) + 1
    return {
        number: tuple(sorted(places, key=lambda place: (-places[place], place)))
        for number, places in counts.items()
    }


def _modules(tops: Iterable[str]) -> Iterator[Path]:
    for top in tops:
        path = ROOT / top
        yield from [path] if path.is_file() else sorted(path.rglob("*.py"))
