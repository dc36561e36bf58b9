"""The documents hang together."""

from __future__ import annotations

import re

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
