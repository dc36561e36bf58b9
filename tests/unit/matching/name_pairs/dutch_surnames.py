"""Surnames of one child: prefixes, spellings, double and married names."""

from __future__ import annotations

# ruff: noqa: RUF001 - letters that look alike are the point
from typing import Final

DUTCH_SURNAMES: Final[dict[str, str]] = {
    "prefixes": """
        't Hart = Hart, 'tHart, t Hart, ’t Hart, het Hart
        's-Gravesande = 's Gravesande, sGravesande, Gravesande
        's-Jacob = s Jacob
        van 't Hof = van het Hof, v 't Hof, v.'t Hof, Hof, van’t Hof, v't Hof, van t Hof
        op de Beek = Op den Beek, opdebeek, Beek
        op 't Veld = op het Veld, Opt Veld, Veld, opt Veld
        in 't Veld = in het Veld, in t Veld, Veld, int Veld
        ter Horst = Terhorst, Horst, t. Horst
        ten Brinke = Tenbrinke, Brinke
        te Velde = Velde
        van der Meer = vd Meer, v.d. Meer, v/d Meer, v d Meer, vdMeer, vander Meer, van de Meer
        van der Meer = van den Meer, Meer van der
        van den Heuvel = vd Heuvel, v.d. Heuvel, Van De Heuvel, v. d. Heuvel
        van de Ven = vd Ven, v.d. Ven
        van der Zanden = v.d.Zanden, vdr Zanden, v.der Zanden
        von Schmidt auf Altenstadt = von Schmidt, van Schmidt auf Altenstadt
        von der Dunk = vd Dunk, von Dunk
        zu Dohna = Dohna
        de la Rambelje = Rambelje, dela Rambelje, la Rambelje
        de la Fuente = Fuente, Delafuente
        du Pont = Dupont
        le Grand = Legrand
        la Croix = Lacroix
        d'Hondt = D'hondt, Dhondt, d’Hondt, Hondt
        d'Ancona = Dancona, Ancona
        D'Souza = Dsouza, de Souza, D Souza
        dos Santos = Santos, Dossantos
        da Silva = Silva, Dasilva
        de los Santos = Santos
        del Castillo = Castillo, Delcastillo
        O'Brien = OBrien, O Brien, O’Brien, Obrien
        O'Neill = Oneill, O'Neil
        McDonald = Mc Donald, MacDonald, Mcdonald, M'Donald
        MacGregor = McGregor
        Ver Loren van Themaat = Verloren van Themaat, ver Loren, van Themaat
        uit den Bogaard = Bogaard, uit de Bogaard, uitden Bogaard
        van uit den Bosch = Bosch
        aan de Stegge = Stegge, a/d Stegge, aan den Stegge, a.d. Stegge
        bij de Vaate = Vaate, Bijdevaate
        onder de Linden = Linden
        over de Linden = Linden, Overdelinden
        achter den Berg = Berg
        voor den Dag = Dag
        van voorst tot voorst = van Voorst
        den Hartog = Hartog, Den hartog, d. Hartog
        de Haan = Haan, d Haan, Dehaan, DE HAAN
    """,
    "ij, y, ÿ and old spellings": """
        van Dijk = van Dyk, van Dijck, van Dyck, van Dÿk
        Meijer = Meyer, Meier, Meÿer, Maier, Meijers
        Kuijpers = Kuypers, Kuipers, Cuijpers, Cuypers
        de Bruijn = de Bruyn, de Bruin, de Bruÿn, Bruijne
        Heijnen = Heynen, Heinen
        Nijhuis = Nyhuis, Nijhuijs, Niehuis
        Zijlstra = Zylstra, Sijlstra
        Wijnen = Wynen, Weijnen
        Huijsman = Huisman, Huysman
        Verheij = Verhey, Verhei
        van der Heijden = van der Heyden, van der Heiden
        Ruijter = Ruyter, Ruiter
        Claassen = Klaassen, Claasen, Claessen
        Jansen = Janssen, Jansens, Janse, Jansse
        Jansz = Janszoon, Janz
        Pietersz = Pieterszoon
        Hendrikx = Hendriks, Hendrickx, Hendrix, Hendricks
        Dirkx = Dirks, Dircks, Dirckx, Dierckx
        Hendrickx = Hendrix
        Peeters = Peters, Peterse
        Bakx = Baks, Backx
        Bosch = Bos, Boss
        Smit = Smid, Smith, Smidt, Smits
        de Groot = de Groote, Degroot
        Koster = Coster, Kosters, Köster
        Kock = Kok, Cock
        Decker = Dekker, Deckers
        Backer = Bakker
        Scholten = Scholte, Scholtens
        Schoenmaker = Schoenmakers, Schoenmaeckers
        Verhaegen = Verhagen, Verhaagen
        Maes = Maas
        van Haaren = van Haren
        Vermeulen = Vermolen, Ver Meulen
        Timmermans = Timmerman
        Kramer = Cramer, Kraemer, Cremer
        Philips = Filips
        Ouwehand = Auwehand
        Couwenberg = Kouwenberg
        Goossens = Goosens, Gossens
        Geurts = Geurtz
        Rutten = Rutte, Ruttens
        Wolters = Wolter, Walters
        Thijssen = Tijssen, Thyssen, Thijsen
        van Eijk = van Eyk, van Eyck, van Eijck
        van Aalst = van Alst, Aelst van
        Dijkstra = Dykstra, Dikstra
        Hoekstra = Hoextra
        Feenstra = Veenstra
        Sijtsma = Sytsma, Sietsma
        Veldhuijzen = Veldhuizen, Velthuizen, Veldhuyzen
        Roelofs = Roelofsen, Roelofse
        Gerrits = Gerritsen, Gerritse
        Albers = Alberts
        Jacobs = Jakobs, Jacobse, Jacobsz
        Zuijderduijn = Zuiderduin, Zuyderduyn
        Leeuw = Leuw
        Kouwenhoven = Couwenhoven
        Quist = Kwist
        Xhofleer = Xofleer
        Wagenaar = Waagenaar, Wagenaars
        de Wit = de Witt, de Witte
        Spruijt = Spruit, Spruyt
        Brouwer = Brouwers, Brower
    """,
    "double names, married and parents' names": """
        Jansen-de Vries = Jansen, de Vries, De Vries-Jansen, Jansen de Vries, Jansen - de Vries
        Jansen-de Vries = Jansen e/v de Vries
        Bakker-van Dam = Bakker, van Dam, Dam-Bakker, van Dam-Bakker
        van der Berg Visser = van der Berg, Visser, van der Berg-Visser
        Visser geb. de Boer = Visser, de Boer, de Boer-Visser
        de Boer e.v. Visser = Visser, de Boer
        Terpstra (Hoekstra) = Terpstra, Hoekstra
        Smit ev Mulder = Smit, Smit-Mulder
        Postma/Zwart = Postma, Zwart-Postma
        van Rijn–Bos = van Rijn-Bos, van Rijn
        García López = Garcia, Garcia Lopez, Garcia-Lopez, López
        Rodríguez Fernández = Rodriguez, Rodriguez-Fernandez, Fernandez Rodriguez
        Silva Pereira = Pereira, da Silva Pereira, Silva
        da Silva dos Santos = da Silva, dos Santos, Silva Santos
        Oliveira Costa = Costa, de Oliveira Costa
        Yılmaz-Demir = Yilmaz, Demir, Demir-Yılmaz
        Ramos y Cruz = Ramos Cruz, Ramos
    """,
}
