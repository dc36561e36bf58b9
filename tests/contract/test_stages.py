"""The table of stages: what it holds, and that every mistake in it is told at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from chalicelib.domain.legal_profile import DUTCH_DEFAULT, LegalProfile
from infra.errors import InfraError
from infra.stages import TABLE, read_stages, stage_named

GOOD = TABLE.read_text(encoding="utf-8")


def written(folder: Path, text: str) -> Path:
    """A table of stages with this text."""
    path = folder / "stages.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_stages_and_where_they_run() -> None:
    """One on this machine, two regions on AWS."""
    assert {name: (stage.code, stage.region) for name, stage in read_stages().items()} == {
        "local": ("lo", "eu-central-1"),
        "midden-nederland": ("mn", "eu-central-1"),
        "limburg": ("li", "eu-west-1"),
    }


def test_real_stages_are_protected_and_test_numbers_are_test_numbers() -> None:
    """Only the local stage may be thrown away; every OIN is one of those set aside for tests."""
    stages = read_stages()

    assert [name for name, stage in stages.items() if not stage.deletion_protection] == ["local"]
    assert all(stage.oin.startswith("00000099") for stage in stages.values())


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    """An operator corrects the table in one go."""
    text = GOOD.replace('code = "li"', 'code = "L1"').replace('region = "eu-west-1"', 'region = "europe"')
    text = text.replace('sender = "verwijsindex@limburg.example"', "colour = 1")

    with pytest.raises(InfraError) as caught:
        read_stages(written(tmp_path, text))

    told = str(caught.value).splitlines()
    assert told[0] == "stages.toml, mistakes: 4"
    assert [line.strip().split(":")[0] for line in told[1:]] == [
        "stages.limburg.code",
        "stages.limburg.region",
        "stages.limburg.sender",
        "stages.limburg.colour",
    ]


@pytest.mark.parametrize(
    ("good", "bad", "told"),
    [
        ('code = "li"', 'code = "mn"', "code mn belongs to 2 stages"),
        ('log_level = "INFO"', 'log_level = "DEBUG"', "DEBUG is for the local stage"),
        ("days = 1827", "days = 1826", "audit.days must be 1827: the trail is kept 5 years"),
        ("legal = {}", "legal = { audit_years = 7 }", "audit.days must be 2557: the trail is kept 7 years"),
    ],
)
def test_a_table_that_cannot_be_meant_is_refused(tmp_path: Path, good: str, bad: str, told: str) -> None:
    """Stages are told apart, no real one logs its insides, and the trail is locked as long as it is kept."""
    with pytest.raises(InfraError, match=told):
        read_stages(written(tmp_path, GOOD.replace(good, bad)))


def test_there_is_always_a_local_stage(tmp_path: Path) -> None:
    """Without it nobody could run the index on a machine of their own."""
    regions_only = "[stages.midden-nederland]" + GOOD.split("[stages.midden-nederland]")[1]

    with pytest.raises(InfraError, match="there must be a stage local"):
        read_stages(written(tmp_path, regions_only))


def test_a_file_that_is_not_toml_is_called_that(tmp_path: Path) -> None:
    """With the place of the mistake, which the parser knows."""
    with pytest.raises(InfraError, match="is not TOML"):
        read_stages(written(tmp_path, "[stages"))


def test_an_unknown_stage_is_answered_with_those_there_are() -> None:
    """A typing mistake is put right without looking anything up."""
    with pytest.raises(
        InfraError, match=r"there is no stage 'lokal'; there are limburg, local, midden-nederland"
    ):
        stage_named("lokal")


def test_a_stage_names_only_where_its_law_differs() -> None:
    """Limburg has no address match yet; all else is the Dutch default (D13)."""
    stages = read_stages()

    assert stages["midden-nederland"].legal == DUTCH_DEFAULT
    assert stages["limburg"].legal == LegalProfile(
        name="Dutch default, no address match", address_match=False
    )


def test_every_mistake_of_a_legal_profile_is_told_at_once(tmp_path: Path) -> None:
    """At its place in the table, with what could be meant."""
    text = GOOD.replace("address_match = false", "address_match = 0, age_limit = 5, colour = 1")

    with pytest.raises(InfraError) as caught:
        read_stages(written(tmp_path, text))

    assert str(caught.value).splitlines()[1].strip() == (
        "stages.limburg.legal: Value error, colour: there is no such setting; "
        "age_limit: a whole number from 18 to 27; address_match: true or false"
    )


def test_a_legal_profile_is_a_table(tmp_path: Path) -> None:
    """A word is none."""
    with pytest.raises(InfraError, match=r"stages.limburg.legal: "):
        read_stages(
            written(
                tmp_path,
                GOOD.replace(
                    'legal = { name = "Dutch default, no address match", address_match = false }',
                    'legal = "Dutch"',
                ),
            )
        )
