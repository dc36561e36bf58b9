"""Surnames of one child: of other languages, by ear, by alphabet, by sex."""

from __future__ import annotations

# ruff: noqa: RUF001 - letters that look alike are the point
from typing import Final

OTHER_SURNAMES: Final[dict[str, str]] = {
    "Turkish": """
        Yıldız = Yildiz, Yıldıs
        Öztürk = Ozturk, Oeztuerk
        Çelik = Celik, Çelık, Chelik
        Şahin = Sahin, Shahin
        Doğan = Dogan
        Kılıç = Kilic, Kilich
        Güneş = Gunes, Guenes
        Aydın = Aydin
        Koç = Koc
        Karadağ = Karadag
        Özdemir = Ozdemir
        Ünal = Unal
        Bozkurt = Boskurt
        Küçük = Kucuk, Kuecuek
        Erdoğan = Erdogan
        Yavuz = Yavus
        Cengiz = Djengiz
    """,
    "Moroccan, Arabic and Berber": """
        El Amrani = Amrani, Elamrani, El-Amrani, Al Amrani, Lamrani, L'Amrani
        El Idrissi = Idrissi, Elidrissi, Al Idrissi
        Ait Ouali = Aït Ouali, Aitouali, Ouali
        Ben Ali = Benali, Ben-Ali, Bin Ali
        Benmoussa = Ben Moussa, Ben Mousa, Benmousa
        Ben Haddou = Benhaddou
        Ould Haj = Ouldhaj, Oulad Haj, Ould el Haj
        Oulad Ali = Ouled Ali, Ouladali
        Bouzid = Bou Zid
        Bouali = Bou Ali
        Aboutaleb = Abou Taleb, Abu Taleb
        Abu Khalil = Aboukhalil, Abou Khalil
        Al-Hassan = Alhassan, Hassan, El Hassan
        Al Masri = Almasri, El Masri, Elmasri, al-Masry
        Ash-Shami = Al Shami, Alshami, Shami
        At-Tahiri = Al Tahiri, Tahiri, Attahiri, Et-Tahiri
        Ez-Zahraoui = Zahraoui, Ezzahraoui, El Zahraoui
        Er-Rachidi = Errachidi, Rachidi
        Es-Sabbar = Essabbar, Sabbar
        Abdel Karim = Abdelkarim, Abdulkarim, Abdul Karim
        Abdullahi = Abdulahi, Abdillahi
        Khattabi = El Khattabi, Chattabi, Gattabi
        Bouchaib = Bouchaïb, Bouchayb
        Chaouki = Shawki, Chawki
        Ouahbi = Wahbi
        Haddaoui = Haddawi, El Haddaoui
        Zerouali = Zarouali, Zerwali
        Aissaoui = Aïssaoui, Issaoui, Aissawi
        Hamdaoui = Hamdawi
        Azzouzi = El Azzouzi, Azouzi
        Ouchene = Uchene, Ouchen
        Qadiri = Kadiri, Kaderi
        Yacoubi = Jakoubi, Yakoubi, El Yaakoubi
        Jaouhari = Jawhari, Djaouhari
        Belhadj = Bel Hadj, Belhaj, Ben El Hadj
        Charif = Sharif, Cherif
        Dahmani = Dahmany
        Mimoun = Mimoen, Maimoun
        Nasser = Naser, Nassir
        Hussein = Hussain, Houssein
    """,
    "Syrian, Iraqi, Afghan, Iranian": """
        Al Khatib = Alkhatib, El Khatib, Khatib, Al-Khateeb
        Al Ahmad = Alahmad, Al-Ahmed
        Haj Ali = Hajali, Hadj Ali, Al Haj Ali
        Hosseini = Husseini, Hoseini, Hossaini
        Mohammadi = Mohamadi, Muhammadi
        Ahmadzai = Ahmadzay, Ahmadzaï
        Rahimi = Raheemi
        Karimzadeh = Karimzade
        Sayed Hashemi = Sayed-Hashemi, Hashemi, Hashimi
    """,
    "Somali, Eritrean, Ethiopian": """
        Warsame = Warsama
        Cabdulle = Abdulle
        Gebremariam = Gebre Mariam, Gebremaryam
        Tesfamichael = Tesfa Michael, Tesfamikael
        Weldegebriel = Welde Gebriel, Woldegebriel
        Haileselassie = Haile Selassie
        Tekle Haimanot = Teklehaimanot
        Habtemariam = Habte Mariam
        Woldu = Weldu
    """,
    "Surinamese and Hindustani": """
        Ramdin = Ramdien
        Soekhoe = Sukhoe, Sukhu
        Jagernath = Djagernath, Jaggernath
        Bhagwandas = Bhagwandass, Bagwandas
        Ramsoebhag = Ramsubhag
        Kishoendajal = Kishoendayal, Kisoendajal
        Sital = Sietal
        Mangroe = Mangru
        Gopalsingh = Gopal Singh
        Jhinkoe = Jinkoe
        Pengel = Pengell
        Sanrochman = Sanro Chman, Sanrogman
        Wong Lun Hing = Wong-Lun-Hing, Wong
    """,
    "Antillean": """
        Martis = Martiz
        Croes = Kroes
        Maduro = Máduro
        Rosalía = Rosalia
    """,
    "Polish": """
        Kowalski = Kowalska, Kovalski
        Wiśniewska = Wisniewski, Wisniewska
        Wójcik = Wojcik
        Dąbrowski = Dabrowska, Dąbrowska
        Łukasik = Lukasik
        Kamiński = Kaminska, Kaminsky
        Zieliński = Zielinska, Zielinski
        Szymański = Szymanska, Szymanski
        Woźniak = Wozniak
        Nowak-Kowalska = Nowak, Kowalska, Nowak-Kowalski
        Wałęsa = Walesa
        Brzęczyszczykiewicz = Brzeczyszczykiewicz
        Grzybowska = Grzybowski
        Cieślak = Cieslak
    """,
    "Ukrainian, Russian, Bulgarian, Lithuanian, Czech": """
        Kovalenko = Kowalenko, Covalenco
        Zelenskyi = Zelensky, Zelenskiy, Zelenska, Zelenskyy
        Shevchenko = Sjevtsjenko, Chevtchenko, Schewtschenko, Szewczenko
        Tymoshenko = Timoshenko, Tymosjenko
        Kravchuk = Kravtsjoek, Krawczuk
        Ivanova = Ivanov, Iwanowa, Ivanoff
        Petrenko = Petrenco
        Melnyk = Melnik, Mel'nyk
        Lysenko = Lisenko
        Bondarenko = Bondarenco
        Khmelnytskyi = Chmelnytsky, Khmelnitsky
        Tkachenko = Tkatsjenko, Tkatchenko
        Yushchenko = Joesjtsjenko, Iushchenko
        Zhukov = Zjoekov, Joukov, Zhukova
        Gorbachev = Gorbatsjov, Gorbachov
        Dimitrova = Dimitrov
        Novák = Nováková, Novak
        Kazlauskas = Kazlauskienė, Kazlauskaitė
        Hryhorenko = Grigorenko
        Yatsenko = Jatsenko, Iatsenko
        Chernenko = Tsjernenko, Tchernenko
        Zhuk = Zjoek
        Kharchenko = Chartsjenko
    """,
    "Chinese, Vietnamese, Indonesian": """
        Nguyễn = Nguyen
        Nguyen Van = Nguyen
        Trần = Tran
        Soeharto = Suharto
        Tjokroaminoto = Cokroaminoto
        Pattiasina = Patty Asina
        Latuheru = Latu Heru
        Sahetapy = Sahetapij
        Manuhutu = Manoehoetoe
        Tahitu = Tahitoe
        Djojodikromo = Joyodikromo
        Oei = Oey
    """,
    "German, Scandinavian, French, English": """
        Müller = Mueller, Muller
        Schröder = Schroeder, Schroder
        Schäfer = Schaefer, Schafer
        König = Koenig, Konig
        Jäger = Jaeger, Jager
        Köhler = Koehler, Kohler
        Groß = Gross
        Strauß = Strauss
        Weiß = Weiss, Weis
        Sørensen = Soerensen, Sorensen
        Åkesson = Akesson, Aakesson
        Østergård = Oestergaard, Ostergard
        Lefèvre = Lefevre, Lefebvre
        Bouché = Bouche
        Dubois = du Bois, Du-Bois
        Thompson = Thomson
        Clark = Clarke
        Smith-Jones = Smith, Jones, Smith Jones
    """,
    "Greek, Romanian, Serbian, Hungarian": """
        Papadopoulos = Papadopoulou, Papadopulos
        Đorđević = Djordjevic, Dordevic
        Jovanović = Jovanovic, Jovanovitsj, Jovanovich
        Kovács = Kovacs
        Ionescu = Jonescu
        Ștefănescu = Stefanescu
    """,
}
