"""The test of the guide sees all of it, and is not content with anything else."""

from __future__ import annotations

import pytest

from infra.places import ROOT
from tests.e2e.guide import Block, Typed, blocks, is_shown, steps

PAGE = (ROOT / "docs" / "guide.md").read_text(encoding="utf-8")


def test_only_what_needs_a_network_or_a_terminal_of_its_own_is_not_run() -> None:
    """An index of one's own is another test's; packages are fetched by the reader."""
    left = [block.text.strip() for block in blocks(PAGE) if block.language == "console"]

    assert left == ["make run KEEP=1", "python3 -m pip install Authlib requests"]


def test_every_fence_of_the_guide_is_a_block() -> None:
    """None is written in a way that the test would pass over."""
    assert PAGE.count("\n```") == 2 * len(blocks(PAGE))


def test_what_a_block_shows_belongs_to_the_lines_before_it() -> None:
    """A file is written, lines are typed, and the block after them is what they show."""
    page = "```sh a.sh\nls\n```\n\n```sh\npwd\n```\nshows\n```text\n/home\n```\n```sh\nls\n```\n"

    assert list(steps(page)) == [
        Block("sh", "a.sh", "ls\n"),
        Typed("pwd\n", "/home\n"),
        Typed("ls\n", None),
    ]


def test_a_block_that_nobody_would_run_is_refused() -> None:
    """Such as a program without a name to write it to."""
    with pytest.raises(ValueError, match="nobody would see this"):
        list(steps("```python\nprint(1)\n```\n"))


@pytest.mark.parametrize(
    ("expected", "shown", "same"),
    [
        ("200\n", "200\n\n", True),
        ('{"id": "…", "state": "ACTIVE"}', '{"id": "9b2f", "state": "ACTIVE"}', True),
        ("[\n…\n]", "[\n1,\n2\n]", True),
        ("200", "2000", False),
        ('{"id": "…", "state": "ACTIVE"}', '{"id": "9b2f", "state": "CLOSED"}', False),
    ],
)
def test_an_ellipsis_stands_for_anything_and_nothing_else_does(
    *, expected: str, shown: str, same: bool
) -> None:
    """Spaces at the ends of lines do not count."""
    assert is_shown(expected, shown) is same
