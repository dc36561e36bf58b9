"""What operators do to a whole deployed region, by the commands they type."""

from __future__ import annotations

import subprocess
import sys

import pytest

from infra.places import ROOT
from tests.e2e.region import Region, about, until

pytestmark = pytest.mark.e2e


def typed(region: Region, *words: str) -> str:
    """What a command prints on the deployed stage."""
    group, *rest = words
    done = subprocess.run(
        [sys.executable, "-m", "infra", group, *rest, "--home", region.stack.home],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.xdist_group("whole-region")
def test_a_match_that_was_lost_is_shown_before_it_is_made_anew(region: Region) -> None:
    """Looking writes nothing; applying brings it back. A change of key set would bring it back before."""
    school, nurse = region.organisation("school"), region.organisation("ggd")
    youth = about(region, surname="Anew")
    mine, _ = school.give(youth), nurse.give(youth)
    region.mail_to(school), region.mail_to(nurse)
    region.wait_until_quiet()
    region.lose_match(mine["id"])

    shown = typed(region, "rematch", "local", "--signal", mine["id"])
    before = school.matches(mine["id"])
    typed(region, "rematch", "local", "--signal", mine["id"], "--apply", "--here")

    assert shown.startswith("PERSON\tarises\t")
    assert before == []
    assert len(school.matches(mine["id"])) == 1


@pytest.mark.xdist_group("whole-region")
def test_signals_match_while_the_index_gets_a_new_secret(region: Region) -> None:
    """One given before the change, one after it began, one after the old keys were joined by new ones."""
    school, nurse, police = (region.organisation(name) for name in ("school", "ggd", "politie"))
    youth = about(region, surname="Sleutel")
    mine = school.give(youth)

    begun = typed(region, "keysets", "begin", "local", "v2")
    nurse.give(youth)
    until(lambda: len(school.matches(mine["id"])) == 1)
    backfilled = typed(region, "keysets", "backfill", "local")
    police.give(youth)
    until(lambda: len(school.matches(mine["id"])) == 2)

    keys = region.row("signals", {"signalId": {"S": mine["id"]}})["matchKeys"]["SS"]
    sets = {key.partition("|")[0].partition(".")[2] for key in keys}
    assert "are written and read from now on" in begun
    assert "next: verify" in backfilled
    assert sets == {"v1", "v2"}
    assert "BEGUN" in typed(region, "keysets", "show", "local")
