"""A starting function imports without the garbage collector looking on."""

from __future__ import annotations

import gc
import importlib

import chalicelib.cold_start


def test_the_collector_begins_late() -> None:
    """Its first look comes after far more objects than Python's own 700."""
    before = gc.get_threshold()
    try:
        importlib.reload(chalicelib.cold_start)

        assert gc.get_threshold()[0] == 100_000
    finally:
        gc.set_threshold(*before)
