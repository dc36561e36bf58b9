"""The model that this stage matches by."""

from __future__ import annotations

from functools import lru_cache

from chalicelib.matching import Model, default_model
from chalicelib.wiring import base


@lru_cache(maxsize=1)
def model() -> Model:
    """The one that ships with the code, at the scale of the region; one object, as results are kept by it."""
    return default_model().at_scale(base.settings().expected_signals)
