"""The whole demonstration, from an empty machine to the comparison with what was expected."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from chalicelib.clock import SystemClock
from chalicelib.domain.dates import amsterdam_day
from chalicelib.domain.organisation import OrganisationKind
from examples.demonstration import screen
from examples.demonstration.archive import Archive
from examples.demonstration.calls import Organisation
from examples.demonstration.cast import OrganisationRow, read_cast
from examples.demonstration.enrolment import Enrolment
from examples.demonstration.environment_file import write_environment
from examples.demonstration.expectation import Difference, compare, read_expected
from examples.demonstration.families import family_cast, family_signals, give_families
from examples.demonstration.functions import deeds
from examples.demonstration.memory import Memory
from examples.demonstration.observation import Seen, observe
from examples.demonstration.pages import write_index
from examples.demonstration.places import Places
from examples.demonstration.privacy import private_words
from examples.demonstration.quiet import Workload
from examples.demonstration.story import Event, emails_of, read_story
from examples.demonstration.telling import Teller
from infra.account import Account, open_account
from infra.deploy import deploy
from infra.emulator import Emulator
from infra.emulator.emulator import Running
from infra.errors import InfraError
from infra.operators.desk import open_desk
from infra.stages import LOCAL_STAGE, stage_named

_SHOWN_TO: Final = "ggd"
_LOOK: Final = 1.0
_FAMILIES_LIMIT: Final = 1800.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to perform.

    Attributes:
        once: end after the comparison.
        keep: keep the state for the next run, and go on from that of the last.
        port: of the embedded AWS; None takes a free one.
        families: how many generated families to add.
        folder: where everything is left.
        story: the file that is told.
        expected: the file that says what must come.
    """

    once: bool
    keep: bool
    port: int | None
    families: int
    folder: Path
    story: Path
    expected: Path


def perform(options: Options) -> int:
    """Perform; 0 when exactly what was expected came, else 1. Raises InfraError when it cannot."""
    places = Places(options.folder)
    _refuse_a_second(places.emulator)
    stage = stage_named(LOCAL_STAGE)
    screen.heading("The embedded AWS and the deploy")
    emulator = Emulator(region=stage.region, port=options.port, home=places.emulator, keep_state=options.keep)
    with emulator:
        screen.say(f"the embedded AWS runs at {emulator.url}; its log is {emulator.log}")
        account = open_account(stage, places.emulator)
        start = time.monotonic()
        base_url = deploy(account, screen.say).base_url
        screen.say(f"deployed in {time.monotonic() - start:.0f} s")
        enrolment = Enrolment(open_desk(account))
        return _Performance(options, places, account, emulator, base_url, enrolment).play()


def _refuse_a_second(home: Path) -> None:
    try:
        running = Running.read(home)
    except InfraError:
        return
    raise InfraError(f"a demonstration runs already, at {running.url}: end it first (Ctrl-C where it runs)")


@dataclass(frozen=True, slots=True)
class _Performance:
    options: Options
    places: Places
    account: Account
    emulator: Emulator
    base_url: str
    enrolment: Enrolment

    def play(self) -> int:
        """Tell, show, compare; and stay up unless asked not to."""
        story = read_story(amsterdam_day(SystemClock().now()), self.options.story)
        archive = Archive(self.places.mails, self.emulator.mailbox, keep=self.options.keep)
        workload = Workload(self.account)
        cast = read_cast()
        screen.heading(f"The story: {len(story)} events, each followed until the index has done its work")
        self.enrolment.register(cast)
        self.enrolment.exclude_addresses()
        memory = Memory(self.places.memory)
        if not self.options.keep:
            memory.forget()
        teller = Teller(self._organisations(cast), workload, archive, memory)
        self._tell(teller, story)
        if self.options.families:
            self._add_families(workload, archive)
        seen = teller.seen(story, amid_others=bool(self.options.families))
        difference = self._show(seen, story, archive)
        self._write_environment(cast)
        if not self.options.once:
            token = self.enrolment.token(_SHOWN_TO)
            screen.show_ways_in(self.base_url, _SHOWN_TO, token, self.places)
            self._stay_up(archive)
        return 0 if difference.none else 1

    def _organisations(self, cast: Sequence[OrganisationRow]) -> dict[str, Organisation]:
        return {
            row.id: Organisation(self.base_url, self.enrolment.tokens(row.id))
            for row in cast
            if row.kind is OrganisationKind.REPORTING
        }

    def _tell(self, teller: Teller, story: Sequence[Event]) -> None:
        teller.remember()
        scene = ""
        for event in story:
            if event.scene != scene:
                screen.show_scene(event.scene)
                scene = event.scene
            screen.show_told(teller.tell(event))

    def _add_families(self, workload: Workload, archive: Archive) -> None:
        """Added in one go: the functions work on them side by side."""
        screen.heading(f"{self.options.families} generated families")
        cast = family_cast()
        self.enrolment.register(cast)
        start = time.monotonic()
        signals = family_signals(self.options.families, amsterdam_day(SystemClock().now()))
        given = give_families(signals, self._organisations(cast))
        screen.say(f"{given.taken} signals taken in {time.monotonic() - start:.0f} s")
        for rule, count in given.refused.most_common():
            screen.say(f"{count} broke the rule {rule}")
        workload.wait_until_done(_FAMILIES_LIMIT)
        screen.say(f"{len(archive.collect())} mails left; all quiet after {time.monotonic() - start:.0f} s")

    def _show(self, seen: Seen, story: Sequence[Event], archive: Archive) -> Difference:
        write_index(self.places.index, archive.mails)
        came = observe(seen, emails_of(story), archive.mails, private_words(story))
        difference = compare(read_expected(self.options.expected), came)
        screen.show_matches(seen)
        screen.show_texts(archive.mails, self.places)
        screen.show_deeds(deeds(self.account))
        screen.show_difference(difference, len(came.matches), len(came.mails))
        return difference

    def _write_environment(self, cast: Sequence[OrganisationRow]) -> None:
        reporting = [row.id for row in cast if row.kind is OrganisationKind.REPORTING]
        write_environment(
            self.places.environment,
            base_url=self.base_url,
            mailbox=self.emulator.mailbox,
            endpoint=self.emulator.url,
            home=self.places.emulator,
            tokens=[(one, self.enrolment.token(one)) for one in reporting],
        )

    def _stay_up(self, archive: Archive) -> None:
        """Until Ctrl-C, or the end of the embedded AWS; mails that leave meanwhile are shown."""
        screen.say("all of it stays up until Ctrl-C")
        while True:
            try:
                mails = archive.collect()
            except OSError as error:
                raise InfraError(f"the embedded AWS has ended; its log is {self.emulator.log}") from error
            for mail in mails:
                screen.show_mail(mail)
            if mails:
                write_index(self.places.index, archive.mails)
            time.sleep(_LOOK)
