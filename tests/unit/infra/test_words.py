"""What is typed wrongly is said plainly, with what would be right."""

from __future__ import annotations

import pytest

from tests.unit.operators.counter import parsed

REGISTER = "organisation register local --name School --email-domain school.example --domain"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("rematch local --since yesterday", "'yesterday' is no day: write one as 2026-01-31"),
        ("exclude-address add local --valid-from 2026-13-01", "'2026-13-01' is no day"),
        (f"{REGISTER} SCHOOL", "'SCHOOL' is none of YOUTH_HELP, "),
    ],
)
def test_a_word_that_means_nothing_is_told_with_what_would(
    capsys: pytest.CaptureFixture[str], typed: str, told: str
) -> None:
    """Not by the name of a function."""
    with pytest.raises(SystemExit):
        parsed(typed)

    assert told in capsys.readouterr().err
