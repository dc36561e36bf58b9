"""What holds for every test."""

import pytest
from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")  # a busy machine is no fault of the code: no example is judged by its time


def pytest_addoption(parser: pytest.Parser) -> None:
    """How many requests Schemathesis draws, and from which seed on (see tests/e2e/test_fuzz.py)."""
    parser.addoption("--fuzz-cases", type=int, default=1000, dest="fuzz_cases")
    parser.addoption("--fuzz-first", type=int, default=1, dest="fuzz_first")
