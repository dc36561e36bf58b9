"""How a stage presents itself."""

from __future__ import annotations

import pytest

from chalicelib.notices.region import region_of
from chalicelib.settings import Settings


def settings(sender: str) -> Settings:
    """The settings of a stage."""
    return Settings(
        table_prefix="verwijsindex-x-",
        data_key="alias/data",
        token_key="alias/token",
        index_secret="index",
        pseudonym_secret="pseudonym",
        issuer="https://x.example/v1",
        audience="https://x.example/v1",
        stage="midden-nederland",
        stage_code="mn",
        base_url="https://x.example/v1/",
        sender=sender,
        reply_to="beheer@x.example",
        configuration_set="verwijsindex",
        oin="00000099000000002000",
    )


@pytest.mark.parametrize(
    ("sender", "header"),
    [
        ("index@x.example", "Verwijsindex Midden-Nederland <index@x.example>"),
        ("Verwijsindex Regio U <index@x.example>", "Verwijsindex Regio U <index@x.example>"),
    ],
)
def test_a_mail_comes_from_the_region_by_name(sender: str, header: str) -> None:
    """A name in the setting wins over the stage's own."""
    region = region_of(settings(sender))

    assert region.sender == header
    assert region.mail_domain == "x.example"
    assert region.base_url == "https://x.example/v1"
