"""A person's name as an organisation writes it, with slips; what was done is told in tags."""

from __future__ import annotations

# ruff: noqa: PLR2004 - rates are this module's data
from dataclasses import dataclass, field
from random import Random
from typing import Any

from examples.families.names import Surname, split_prefix
from examples.families.people import Person, gendered
from examples.families.settings import Difficulty
from examples.families.slips import ij_swap, strip_diacritics, typo

_SHORTENED = {"van der": "v.d.", "van den": "v.d.", "van de": "v.d.", "van": "v.", "van 't": "v/h"}
_CHANGED = {
    "van den": "van de", "van de": "van der", "van der": "van de", "de": "den", "'t": "het",
    "in 't": "in het", "van 't": "van het",
}  # fmt: skip
_ARTICLES = ("el ", "al ", "ben ", "es ")


@dataclass(slots=True)
class NameWriter:
    """Writes the name of ``person`` into ``record``; ``who`` is empty for a child, ``p_`` for a parent."""

    r: Random
    difficulty: Difficulty
    person: Person
    slips: float
    who: str = ""
    record: dict[str, Any] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)

    def write(self, *, given: bool, call_name: float) -> None:
        """``given``: whether given names are known at all; ``call_name``: the chance that it is used."""
        if self.r.random() < 0.055 * self.difficulty.missing:
            self._tag("initials_only")
            self.record["initials"] = self._initials()
        elif given:
            self._write_given(call_name)
        else:
            self._tag("given_missing")
        self._write_surname()

    def _tag(self, tag: str) -> None:
        self.tags.append(self.who + tag)

    def _initials(self) -> str:
        return ".".join(name.official[0] for name in self.person.given) + "."

    def _write_given(self, call_name: float) -> None:
        r = self.r
        written = self._call_name() if r.random() < call_name else self._official_names()
        if r.random() < 0.03 * self.slips:
            slipped = typo(r, written)
            if slipped != written:
                self._tag("given_typo")
                written = slipped
        self.record["given_names"] = strip_diacritics(written) if r.random() < 0.5 else written

    def _call_name(self) -> str:
        r, names, called = self.r, self.person.given, self.person.call_name
        if called != names[0].official:
            self._tag("call_name")
        own = next((name for name in names if name.official == called), None)
        if own is not None and own.variants and r.random() < 0.12 * self.slips:
            self._tag("given_variant")
            return r.choice(own.variants)
        return called

    def _official_names(self) -> str:
        r, names = self.r, self.person.given
        shown = [name.official for name in names[: len(names) if r.random() < 0.45 else 1]]
        if names[0].variants and r.random() < 0.12 * self.slips:
            shown[0] = r.choice(names[0].variants)
            self._tag("given_variant")
        if r.random() < 0.25:
            self.record["initials"] = self._initials()
        return " ".join(shown)

    def _write_surname(self) -> None:
        r = self.r
        prefix, core = self._slipped(self._chosen_surname())
        if r.random() < 0.5:
            core = strip_diacritics(core)
        if prefix:
            prefix, core = self._with_prefix(prefix, core)
        elif core.lower().startswith(_ARTICLES) and r.random() < 0.15:
            core = core.replace(" ", "" if r.random() < 0.6 else "-", 1)
            self._tag("surname_variant")
        chance = r.random()
        if chance < 0.08:
            core = core.upper() if chance < 0.06 else core.lower()
        self.record["surname"] = core
        if prefix:
            self.record["surname_prefix"] = prefix.capitalize() if r.random() < 0.06 else prefix

    def _chosen_surname(self) -> Surname:
        r, person = self.r, self.person
        prefix, core = person.surname
        if person.surname_variants and r.random() < 0.06 * self.slips:
            prefix, core = gendered(r.choice(person.surname_variants), person.sex, person.origin)
            self._tag("surname_variant")
        if person.other_surnames and not self.who and r.random() < 0.035 * self.slips:
            prefix, core = r.choice(person.other_surnames)
            self._tag("surname_other")
        if "-" in core and r.random() < 0.30:
            first, second = core.split("-", 1)
            prefix, core = (prefix, first) if r.random() < 0.65 else split_prefix(second)
            self._tag("surname_truncated")
        if self.who and person.sex == "V" and person.partner is not None:
            return self._married(prefix, core, person.partner)
        return prefix, core

    def _married(self, prefix: str, core: str, partner: Person) -> Surname:
        chance = self.r.random()
        if chance < 0.18:
            self._tag("partner_name")
            return partner.surname
        if chance < 0.38:
            self._tag("combined_name")
            inside = f"{prefix} " if prefix else ""
            return partner.surname[0], f"{partner.surname[1]}-{inside}{core}"
        return prefix, core

    def _slipped(self, surname: Surname) -> Surname:
        prefix, core = surname
        if self.r.random() < 0.045 * self.slips:
            swapped = ij_swap(self.r, core)
            if swapped != core:
                core = swapped
                self._tag("ij_swap")
        if self.r.random() < 0.03 * self.slips:
            slipped = typo(self.r, core)
            if slipped != core:
                core = slipped
                self._tag("surname_typo")
        return prefix, core

    def _with_prefix(self, prefix: str, core: str) -> Surname:
        chance, slips = self.r.random(), 0.03 * self.slips
        for upto, tag, written in (
            (0.10, "prefix_in_surname", ("", f"{prefix} {core}")),
            (0.13, "prefix_after", ("", f"{core}, {prefix}")),
            (0.13 + 0.035 * self.slips, "prefix_dropped", ("", core)),
            (0.22 + slips, "", (_SHORTENED.get(prefix, prefix), core)),
            (0.26 + slips, "prefix_changed", (_CHANGED.get(prefix, prefix), core)),
            (0.28 + slips, "prefix_glued", ("", prefix.replace(" ", "") + core.lower())),
        ):
            if chance < upto:
                if tag:
                    self._tag(tag)
                return written
        return prefix, core
