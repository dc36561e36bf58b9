"""What is asked of a demonstration in a way that means nothing is said plainly."""

from __future__ import annotations

import pytest

from examples.demonstration.__main__ import main


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["--port", "banana"], "'banana' is no port: a number from 1024 to 65535"),
        (["--port", "80"], "'80' is no port: a number from 1024 to 65535"),
        (["--families", "-3"], "'-3' is no number of families: 0 or more"),
    ],
)
def test_what_is_no_number_in_range_is_refused_before_anything_starts(
    capsys: pytest.CaptureFixture[str], typed: list[str], told: str
) -> None:
    """With what would be right."""
    with pytest.raises(SystemExit):
        main(typed)

    assert told in capsys.readouterr().err
