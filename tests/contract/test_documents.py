"""The documents hang together."""

from __future__ import annotations

import re
import tomllib

from infra.places import ROOT


def test_links_between_documents_lead_somewhere() -> None:
    """Every relative link in the Markdown files names a file that exists."""
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    broken = [
        f"{document.relative_to(ROOT)}: {target}"
        for document in documents
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text(encoding="utf-8"))
        if not (document.parent / target).exists()
    ]

    assert broken == []


def test_the_house_is_drawn_as_it_is_built() -> None:
    """The rooms and arrows of CONTRIBUTING are those of the contract that holds them."""
    drawn = re.search(
        r"app\.py → chalicelib\.(.*?)```", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.DOTALL
    )
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    (built,) = (
        one["layers"] for one in contracts if one["type"] == "layers" and "chalicelib" in one["containers"]
    )

    assert drawn is not None
    assert [set(re.findall(r"\w+", room)) for room in drawn[1].split("→")] == [
        set(re.findall(r"\w+", layer)) for layer in built
    ]


def test_decisions_are_numbered_once_and_without_gaps() -> None:
    """A number means one decision: its file, its title and its line in the list agree."""
    folder = ROOT / "docs" / "decisions"
    pages = sorted(folder.glob("0*.md"))
    titles = [page.read_text(encoding="utf-8").partition("\n")[0] for page in pages]
    lines = re.findall(r"^(\d+\. \[.*)$", (folder / "README.md").read_text(encoding="utf-8"), re.MULTILINE)

    assert [int(page.name.partition("-")[0]) for page in pages] == list(range(1, len(pages) + 1))
    assert lines == [
        f"{number}. [{title.removeprefix(f'# {number}. ')}]({page.name})"
        for number, (page, title) in enumerate(zip(pages, titles, strict=True), 1)
    ]


def test_who_cites_a_decision_by_its_number_leads_to_that_one() -> None:
    """``[decision 15](…/0015-….md)``: the number that is read is that of the page that opens."""
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    cited = [
        (said, led)
        for document in documents
        for said, led in re.findall(
            r"\[decision\s(\d+)\]\([^)]*?(\d{4})-", document.read_text(encoding="utf-8")
        )
    ]

    assert [one for one in cited if int(one[0]) != int(one[1])] == []
    assert cited
