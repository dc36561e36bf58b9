"""What every test of the interface starts from."""

from __future__ import annotations

import pytest

from tests.builders import make_organisation
from tests.gateway import Gateway


@pytest.fixture
def gateway() -> Gateway:
    """The interface, with a school and a youth health service let in."""
    entrance = Gateway()
    entrance.register(make_organisation("school"))
    entrance.register(make_organisation("ggd"))
    return entrance
