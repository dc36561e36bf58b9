"""The fixed text of a mail about a professional's own signals: its shape; the words are elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from chalicelib.domain.legal_profile import LegalProfile


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWording:
    """The fixed text of one kind in one language.

    ``one`` and ``many`` are the headline, which names nobody; ``day`` is what the day of each signal is
    called, None when it has none; ``number`` what is called by its number, where that is no signal. The
    ages of the legal profile are filled in where ``lines`` name them.
    """

    one: str
    many: str
    preview: str
    opening: str
    lines: tuple[str, ...]
    day: str | None = None
    number: str | None = None

    def headline(self, count: int) -> str:
        """``2 signalen om te controleren``."""
        return self.one if count == 1 else self.many.format(count)

    def lines_under(self, legal: LegalProfile) -> tuple[str, ...]:
        """The lines with the ages at which a youth is told of a signal (D30)."""
        alone = legal.informs_youth_alone_from
        ages = {"youth": legal.informs_youth_from, "before_alone": alone - 1, "alone": alone}
        return tuple(line.format(**ages) for line in self.lines)
