"""Whole names of one child, ``given / surname``: the order of another country, or no surname at all."""

from __future__ import annotations

from typing import Final

WHOLE_NAMES: Final[dict[str, str]] = {
    "turned round, patronymics, several surnames": """
        Wang / Xiaoling = Xiaoling / Wang
        Li / Wei = Wei / Li
        Nguyen / Thi Lan = Thi Lan / Nguyen
        Zhang / Xiao Ming = Xiaoming / Zhang
        Chen / Jia-Hui = Jia Hui / Chen
        Yonas / Tesfay Haile = Yonas Tesfay / Haile
        Selam / Gebremedhin = Selam Gebremedhin / Gebremedhin
        Abdi / Mohamed Ali = Abdi Mohamed / Ali
        Ahmed / Hassan Omar = Ahmed / Hassan
        Mohamad / Al Hussein = Mohamad Khaled / Al Hussein
        Yohannes / Tekle Berhane = Yohannes / Tekle
        Kisanet / Mebrahtu = Kisanet / Mebrahtu Tesfay
        Putri / Putri = Putri / .
        Sukarno / Sukarno = Sukarno / Soekarno
        Ngoc / Tran Thi = Tran Thi / Ngoc
        Sofía / García López = Sofia / Garcia
        Lucas / da Silva Pereira = Lucas / Pereira
        Ana María / Rodríguez = Ana / Rodriguez
        Jan Willem / de Boer = Jan / Willem de Boer
        Ahmad / Ahmad Al Khalil = Ahmad / Al Khalil
        Fatima / El Amrani = Fatima El Amrani / El Amrani
        Tim / Bakker = Tim Bakker / Bakker
        Bakker / Tim = Tim / Bakker
    """,
}

DOUBTFUL: Final[dict[str, str]] = {
    "two names that may be one": """
        Alida = Ali
        Anske = Ans
        Hanna = Anna
        Martina = Martien
    """,
}
"""Given names of one child or of two: a person has to look."""
