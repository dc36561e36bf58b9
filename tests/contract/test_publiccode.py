"""``publiccode.yml`` keeps the standard (version 0.5), so that catalogues of public software can read it."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
import yaml

from infra.places import ROOT

MANDATORY = {
    "publiccodeYmlVersion",
    "name",
    "url",
    "platforms",
    "categories",
    "developmentStatus",
    "softwareType",
    "description",
    "legal",
    "maintenance",
    "localisation",
}


@pytest.fixture(scope="module")
def publiccode() -> dict[str, Any]:
    """The file, read."""
    content: dict[str, Any] = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    return content


def test_every_mandatory_key_is_there(publiccode: dict[str, Any]) -> None:
    """The keys that the standard wants of every file."""
    assert publiccode.keys() >= MANDATORY
    assert publiccode["publiccodeYmlVersion"] == "0.5"


@pytest.mark.parametrize("language", ["en", "nl"])
def test_descriptions_have_the_length_the_standard_wants(publiccode: dict[str, Any], language: str) -> None:
    """A short one of 150 characters at most, a long one of 150 to 10,000, and features."""
    description = publiccode["description"][language]

    assert len(description["shortDescription"]) <= 150
    assert 150 <= len(description["longDescription"]) <= 10_000
    assert len(description["features"]) >= 5


def test_it_says_what_the_package_says(publiccode: dict[str, Any]) -> None:
    """Version and licence are those of ``pyproject.toml``."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert publiccode["softwareVersion"] == project["version"]
    assert publiccode["legal"]["license"] == project["license"]
