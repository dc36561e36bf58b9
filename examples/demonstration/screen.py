"""What the demonstration prints."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence

from examples.demonstration.archive import KeptMail
from examples.demonstration.expectation import Difference
from examples.demonstration.functions import Deeds
from examples.demonstration.observation import SeenMatch
from examples.demonstration.places import Places
from examples.demonstration.story import Give
from examples.demonstration.telling import Told

_WIDTH = 100


def heading(text: str) -> None:
    """A heading with a line under it."""
    print(f"\n{text}\n{'─' * len(text)}", flush=True)


def say(text: str) -> None:
    """One line of progress."""
    print(f"  {text}", flush=True)


def show_scene(name: str) -> None:
    """The name of a scene, where it begins."""
    print(f"\n  {name}", flush=True)


def show_told(told: Told) -> None:
    """An event, and the mails that followed it."""
    event = told.event
    if event.comment:
        print(textwrap.indent(textwrap.fill(event.comment, _WIDTH), "    "))
    act = "gives" if isinstance(event, Give) else f"asks for the {event.ending} of"
    when = "told in an earlier run" if told.before else f"{told.seconds:.2f} s until quiet"
    print(f"      {event.organisation} {act} {event.reference} ({when})")
    for mail in told.mails:
        show_mail(mail)
    print(end="", flush=True)


def show_mail(mail: KeptMail) -> None:
    """A mail that left."""
    print(f"      → mail to {mail.to}: {mail.subject}", flush=True)


def show_matches(seen: Mapping[str, Sequence[SeenMatch]]) -> None:
    """Per signal what its organisation is shown."""
    heading("Matches, as each organisation sees those of its own signals")
    for reference, matches in seen.items():
        print(f"  {reference}{'' if matches else ': none'}")
        for match in matches:
            basis = f" ({', '.join(match.basis)})" if match.basis else ""
            print(f"    {match.match_key}  {match.state:6}  {match.kind}{basis} with {match.counterpart}")


def show_texts(mails: Sequence[KeptMail], places: Places) -> None:
    """The first mail in full, and where the others are."""
    heading(f"Mails: {len(mails)} left")
    if mails:
        print(textwrap.indent(mails[0].text, "  │ ", lambda _: True))
    say(f"all as text:  {places.mails}/*.txt")
    say(f"all as HTML:  {places.index}")


def show_deeds(deeds: Sequence[Deeds]) -> None:
    """What each function did."""
    heading("What each function did")
    for one in deeds:
        print(textwrap.fill(str(one), _WIDTH, initial_indent="  ", subsequent_indent=" " * 11))


def show_difference(difference: Difference, matches: int, mails: int) -> None:
    """Whether exactly what was expected came."""
    heading("Against what was expected (examples/expected.json)")
    if difference.none:
        say(f"exactly the {matches} matches and {mails} mails that were expected came, none twice")
    for name in ("missing", "unexpected", "double", "flaws"):
        for sentence in getattr(difference, name):
            say(f"{name.upper()}: {sentence}")


def show_ways_in(base_url: str, organisation: str, token: str, places: Places) -> None:
    """How to try for oneself."""
    heading("Try it")
    variable = f"TOKEN_{organisation.upper()}"
    print(
        f"""  base URL: {base_url}
  a token of {organisation}, good for an hour:
  {token}

  source {places.environment}

  curl -s -H "Authorization: Bearer ${variable}" "$BASE_URL/signals?reference=GGD-203"

  curl -s -H "Authorization: Bearer ${variable}" -H "Content-Type: application/json" \\
    "$BASE_URL/signals" -d '{{
    "reference": "MY-1", "plannedEndDate": "'$(date +%Y)'-12-31",
    "youth": {{"bsn": "999925003", "givenNames": "Noor", "surname": "Visser", "birthDate": "2016-10-02"}},
    "professional": {{"id": "me", "name": "M. Eigen", "email": "me@ggd.example"}} }}'

  curl -s -H "Authorization: Bearer ${variable}" -H "Professional-Id: me" \\
    "$BASE_URL/signals/THE-ID-JUST-ANSWERED/matches"
""",
        flush=True,
    )
