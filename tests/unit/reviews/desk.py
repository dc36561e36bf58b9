"""A region administrator's desk: a doubtful pair in memory, and all that can be done with it."""

from __future__ import annotations

from collections.abc import Collection

from chalicelib.domain.audit import Act
from chalicelib.domain.review import Review, ReviewVerdict
from chalicelib.matching.records import PartialDate, Sex
from chalicelib.reviews.ask import AskConfirmation
from chalicelib.reviews.decide import DecideReview
from chalicelib.reviews.read import ReadReviews
from chalicelib.reviews.seen import SeenReview
from chalicelib.security.cursors import Cursors
from tests.builders import make_organisation, make_signal, make_youth
from tests.fakes import FakePseudonyms
from tests.unit.matches.world import ADMINISTRATOR, World

SCHOOL = make_signal("lo-1", "school")
NURSE = make_signal(
    "lo-2",
    "ggd",
    youth=make_youth(given_names="Roos", initials="R.", sex=Sex.FEMALE, birth_date=PartialDate(2016, 8, 21)),
)


class Desk:
    """The use cases over a region in which one number is on two children."""

    def __init__(self) -> None:
        self.world = World()
        self.state = self.world.storage.state
        for organisation in ("school", "ggd"):
            self.state.organisations[organisation] = make_organisation(organisation)
        self.world.arrive(SCHOOL, NURSE)
        storage, names, clock = self.world.storage, self.world.names, self.world.clock
        cursors = Cursors(FakePseudonyms())
        self.read = ReadReviews(storage=storage, cursors=cursors, names=names, clock=clock)
        self.decide = DecideReview(storage=storage, names=names, clock=clock)
        self.ask = AskConfirmation(storage=storage, names=names, clock=clock)

    @property
    def review(self) -> Review:
        """The review of the pair, as it is stored."""
        return self.world.review("lo-1", "lo-2")

    def give(self, verdict: ReviewVerdict, revisions: Collection[int] | None = None) -> SeenReview:
        """Decide, without anybody reconciling yet."""
        return self.decide.give(ADMINISTRATOR, self.review.id, verdict, revisions)

    def acts(self) -> list[Act]:
        """What the administrator did, in order."""
        entries = [entry for (whose, _), entry in self.state.audit.items() if whose == "region"]
        return [entry.act for entry in entries]
