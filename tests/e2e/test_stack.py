"""The stack itself: what a deploy leaves on the embedded AWS."""

from __future__ import annotations

import pytest

from tests.e2e.deployed_stack import Stack

pytestmark = pytest.mark.e2e


def test_every_function_is_deployed(stack: Stack) -> None:
    """A deploy leaves exactly the functions that app.py declares."""
    found = {function["FunctionName"] for function in stack.client("lambda").list_functions()["Functions"]}

    expected = {"", "-bearer", "-match", "-deliver", "-sweep", "-expire"}
    assert {f"verwijsindex-local{name}" for name in expected} == found
