"""How difficult the data are, the organisations that give signals, and the period they cover."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Difficulty:
    """Factors on what makes matching hard.

    ``slips``: on every slip; ``missing``: on missing fields; ``traps``: on look-alikes (twins with
    one initial, namesakes, cousins); ``numbers``: on the presence of a citizen service number.
    """

    slips: float
    missing: float
    traps: float
    numbers: float


DIFFICULTIES = {
    "easy": Difficulty(slips=0.35, missing=0.5, traps=0.5, numbers=1.1),
    "normal": Difficulty(slips=1.0, missing=1.0, traps=1.0, numbers=0.82),
    "hard": Difficulty(slips=1.8, missing=1.6, traps=2.0, numbers=0.62),
    "extreme": Difficulty(slips=3.0, missing=2.4, traps=4.0, numbers=0.35),
}


@dataclass(frozen=True, slots=True)
class Organisation:
    """What an organisation usually knows, as chances; ``slips`` is a factor."""

    name: str
    weight: float
    bsn: float
    given_names: float
    call_name: float
    birth_date: float
    address: float
    gender: float
    parents: float
    parent_bsn: float
    slips: float


ORGANISATIONS = (
    Organisation("Gemeente - jeugdteam", 14, 0.93, 0.96, 0.10, 0.99, 0.95, 0.95, 0.80, 0.65, 0.6),
    Organisation("Jeugdbescherming", 8, 0.92, 0.96, 0.10, 0.99, 0.94, 0.95, 0.85, 0.65, 0.6),
    Organisation("Basisschool", 12, 0.30, 0.97, 0.70, 0.97, 0.85, 0.70, 0.60, 0.02, 1.2),
    Organisation("Voortgezet onderwijs", 9, 0.30, 0.97, 0.65, 0.97, 0.80, 0.75, 0.45, 0.02, 1.1),
    Organisation("MBO-instelling", 4, 0.40, 0.97, 0.40, 0.98, 0.85, 0.80, 0.15, 0.01, 0.9),
    Organisation("Leerplicht", 8, 0.75, 0.95, 0.25, 0.98, 0.92, 0.85, 0.50, 0.20, 0.7),
    Organisation("GGD jeugdgezondheidszorg", 9, 0.70, 0.97, 0.45, 0.99, 0.90, 0.95, 0.60, 0.25, 0.7),
    Organisation("Huisarts", 6, 0.62, 0.90, 0.35, 0.98, 0.85, 0.95, 0.25, 0.05, 1.0),
    Organisation("Politie", 8, 0.22, 0.92, 0.20, 0.93, 0.88, 0.92, 0.30, 0.05, 1.5),
    Organisation("Veilig Thuis", 8, 0.50, 0.92, 0.40, 0.92, 0.90, 0.85, 0.75, 0.25, 1.1),
    Organisation("Maatschappelijk werk", 6, 0.22, 0.93, 0.65, 0.90, 0.80, 0.60, 0.50, 0.05, 1.3),
    Organisation("Maatschappelijke opvang", 3, 0.15, 0.92, 0.50, 0.88, 0.70, 0.80, 0.35, 0.05, 1.6),
    Organisation("Jongerenwerk", 5, 0.04, 0.93, 0.85, 0.62, 0.55, 0.60, 0.12, 0.00, 1.8),
)
AGES = {
    "Basisschool": (3.9, 13.0),
    "Voortgezet onderwijs": (11.5, 19.0),
    "MBO-instelling": (16.0, 99.0),
    "Jongerenwerk": (9.0, 99.0),
}
ORIGINS = (("NL", 66.0), ("MA", 7.0), ("TR", 6.0), ("SR", 7.0), ("PL", 4.0), ("RF", 10.0))
FIRST_DAY = date(2021, 1, 1).toordinal()
LAST_DAY = date(2025, 12, 31).toordinal()
