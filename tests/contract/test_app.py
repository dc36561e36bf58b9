"""app.py only declares and calls: what a function does lives in its room."""

from __future__ import annotations

import ast

from infra.places import ROOT

SOURCE = (ROOT / "app.py").read_text()


def test_it_stays_short() -> None:
    """A reader sees every function of the index on two screens."""
    assert len(SOURCE.splitlines()) <= 150


def test_it_loads_nothing_heavy_before_a_function_runs() -> None:
    """At import it knows the declarations alone; each function imports its own module when it runs."""
    at_import = {
        alias.name if isinstance(node, ast.Import) else node.module
        for node in ast.parse(SOURCE).body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }

    assert {name for name in at_import if name and name.startswith("chalicelib")} == {
        "chalicelib.api.declaring",
        "chalicelib.api.gateway",
        "chalicelib.cold_start",
        "chalicelib.deployment",
    }


def test_every_function_makes_one_call() -> None:
    """An import of its module, and a return of what that answers."""
    for node in ast.parse(SOURCE).body:
        if isinstance(node, ast.FunctionDef):
            kinds = [type(statement) for statement in node.body if not isinstance(statement, ast.Expr)]
            assert kinds == [ast.ImportFrom, ast.Return], node.name
