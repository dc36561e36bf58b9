"""The catalogue of problems as a page, read off the code.

``python -m chalicelib.api.documentation.errors_page`` writes ``docs/errors.md``; a test fails when it drifts.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from chalicelib.api.catalogue import CATALOGUE, DOCUMENTATION_URL, ProblemKind
from chalicelib.api.parsing import DETAILS
from chalicelib.api.schemas.validation import RULES

SOURCES: Final = Path(__file__).parents[2]
PAGE: Final = SOURCES.parent / "docs" / "errors.md"
_TOLD_BY: Final = {"FieldProblem": 1, "FieldError": 2, "UnfitKey": 0}
"""Who tells a broken rule, and which argument is its code; the sentence follows it."""

_HEAD: Final = f"""# Problems

Every refusal is one problem (RFC 9457, `application/problem+json`): `type`, `title`, `status`, `detail`,
`instance` (the id of the request: name it when you ask for help) and, where rules were broken, `errors` with
all of them at once. A program decides by `type` and by the `code` of each line; titles and details are for
people and may be worded anew. The `type` is `{DOCUMENTATION_URL}/problems/<code>`, with the address
that the region publishes this page at.

The token endpoint answers what OAuth asks of it (RFC 6749, section 5.2); all else is here, but for what never
reaches the interface and so has no problem to tell: 403 `{{"message":"Forbidden"}}` for a host or a base path
that is none of the region's, and 431 for headers of more than 10 KB together.

This page is generated: `python -m chalicelib.api.documentation.errors_page`.

## Kinds

| code | status | means | what to do |
|---|---|---|---|
"""
_RULES_HEAD: Final = """
## Broken rules

Each line of `errors` says in which part of the request (`in`), where (`location`, a JSON Pointer), which rule
(`code`) and why (`detail`). Several sentences mean that the rule is told in several places.

| code | told as |
|---|---|
"""


def page() -> str:
    """The whole page."""
    kinds = "".join(
        _line(kind) for kind in sorted(CATALOGUE.values(), key=lambda one: (one.status, one.code))
    )
    rules = "".join(f"| `{code}` | {' '.join(said)} |\n" for code, said in sorted(_rules().items()))
    return _HEAD + kinds + _RULES_HEAD + rules


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{PAGE.name} written\n")


def _line(kind: ProblemKind) -> str:
    return f"| `{kind.code}` | {kind.status} | {kind.title} | {kind.advice} |\n"


def _rules() -> dict[str, list[str]]:
    """Every code of a broken rule, and the sentences it is told with."""
    found: dict[str, set[str]] = {}
    for code, said in (*RULES.values(), *DETAILS.items(), *_told_in_the_code()):
        found.setdefault(code, set()).update({said} if said else set())
    return {code: sorted(said) for code, said in found.items()}


def _told_in_the_code() -> Iterator[tuple[str, str]]:
    """Code and sentence, where both or the first are written where the rule is checked."""
    for source in sorted(SOURCES.rglob("*.py")):
        if source.parent.name == "documentation":
            continue
        whole = ast.parse(source.read_text(encoding="utf-8"))
        for act in (node for node in ast.walk(whole) if isinstance(node, ast.FunctionDef)):
            yield from _told_by(act)


def _told_by(act: ast.FunctionDef) -> Iterator[tuple[str, str]]:
    named = {
        target.id: _plain(node.value)
        for node in ast.walk(act)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(act):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _TOLD_BY:
            code, *said = node.args[_TOLD_BY[node.func.id] :]
            if isinstance(code, ast.Constant) and isinstance(code.value, str):
                yield code.value, _plain(said[0], named) if said else ""


def _plain(sentence: ast.expr, named: Mapping[str, str] | None = None) -> str:
    """The sentence as it is written; what is filled in is shown as an ellipsis."""
    if isinstance(sentence, ast.Name):
        return (named or {}).get(sentence.id, "")
    if isinstance(sentence, ast.JoinedStr):
        return "".join(_plain(part) or "…" for part in sentence.values)
    return str(sentence.value) if isinstance(sentence, ast.Constant) else ""


if __name__ == "__main__":
    main()
