"""What must come of the story: written by hand in ``examples/expected.json``, and compared exactly."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from examples.demonstration.facts import Facts, Line, MailFact, MatchFact, in_order, mail_fact

EXPECTED: Final = Path(__file__).resolve().parent.parent / "expected.json"


@dataclass(frozen=True, slots=True)
class Difference:
    """How what came differs from what was expected, one sentence each."""

    missing: tuple[str, ...]
    unexpected: tuple[str, ...]
    double: tuple[str, ...]
    flaws: tuple[str, ...]

    @property
    def none(self) -> bool:
        """Whether exactly what was expected came."""
        return not (self.missing or self.unexpected or self.double or self.flaws)


def read_expected(path: Path = EXPECTED) -> Facts:
    """The facts that must come. Raises ValueError when the file says one thing twice."""
    content = json.loads(path.read_text(encoding="utf-8"))
    facts = Facts(
        matches=tuple(_match(match) for match in content["matches"]),
        mails=tuple(_mail(mail) for mail in content["mails"]),
    )
    pairs = Counter((match.between, match.kind) for match in facts.matches)
    repeated = [f"{kind} {pair[0]} and {pair[1]}" for (pair, kind), count in pairs.items() if count > 1]
    if repeated:
        raise ValueError(f"{path}: expected twice: {', '.join(repeated)}")
    return facts


def compare(expected: Facts, came: Facts) -> Difference:
    """Compare as multisets: two equal mails are not one."""
    wanted = _counted(expected)
    found = _counted(came)
    surplus = found - wanted
    return Difference(
        missing=_sentences(wanted - found),
        unexpected=_sentences(Counter({fact: n for fact, n in surplus.items() if fact not in wanted})),
        double=_sentences(Counter({fact: n for fact, n in surplus.items() if fact in wanted})),
        flaws=came.flaws,
    )


def _counted(facts: Facts) -> Counter[MatchFact | MailFact]:
    return Counter([*facts.matches, *facts.mails])


def _sentences(facts: Counter[MatchFact | MailFact]) -> tuple[str, ...]:
    return tuple(sorted(str(fact) for fact in facts.elements()))


def _match(content: dict[str, Any]) -> MatchFact:
    one, other = content["between"]
    return MatchFact(in_order(one, other), content["kind"], tuple(sorted(content["basis"])), content["state"])


def _mail(content: dict[str, Any]) -> MailFact:
    return mail_fact(content["to"], _lines(content.get("started", ())), _lines(content.get("ended", ())))


def _lines(lines: Iterable[dict[str, Any]]) -> list[Line]:
    return [
        Line(in_order(*line["between"]) if "between" in line else (line["own"], line["other"]), line["kind"])
        for line in lines
    ]
