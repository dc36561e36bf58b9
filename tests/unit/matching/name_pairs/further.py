"""Given names of one child: Turkish, Moroccan, Syrian, Somali, Eritrean, Surinamese, Asian."""

from __future__ import annotations

# ruff: noqa: RUF001 - letters that look alike are the point
from typing import Final

FURTHER: Final[dict[str, str]] = {
    "Turkish": """
        Mehmet = Muhammet, Mehmed, Mohammed, Memo
        Muhammed = Muhammet, Mehmet
        Şükrü = Sukru, Sükrü
        Ayşe = Ayse, Aisha, Aysha
        Fatma = Fatima
        Hatice = Hatije, Khadija
        Zeynep = Zeyneb, Zaynab
        Hüseyin = Huseyin, Hussein
        Hasan = Hassan
        Mustafa = Mustapha, Moestafa
        İbrahim = Ibrahim
        Yağmur = Yagmur
        Gökhan = Gokhan, Goekhan
        Özge = Ozge, Oezge
        Ümit = Umit, Uemit
        Çağla = Cagla
        Oğuz = Oguz
        Ömer = Omer, Omar
        Yusuf = Youssef, Josef
        Abdullah = Abdulah, Apo
        Süleyman = Suleyman, Soleiman
        İsmail = Ismail, Ismael
        Elif = Eliff
        Büşra = Busra, Bushra
        Tuğba = Tugba
        Kübra = Kubra, Koubra
        Işıl = Isil
        Nurullah = Noerullah
        Osman = Othman
        Recep = Rejep, Receb
        Ramazan = Ramadan
        Süheyla = Suheyla, Souhaila
        Şeyma = Seyma, Shaima
        Zübeyde = Zubeyde, Zubaida
        Cemil = Jamil
        Cem = Djem
        Ceylan = Jeylan
        Hacer = Hajar
        Rabia = Rabiye
        Meryem = Meriem, Mariam
        Nazlı = Nazli
        Cansu = Jansu
        Ahmet = Ahmed
        Emine = Amina
    """,
    "Moroccan and Arabic by ear": """
        Mohamed = Mohammed, Muhammad, Mo, Mohammad, Mohamad, Moh, Muhamed, Moehammed
        Yousef = Youssef, Yusuf, Yossef, Yoesef, Joesoef, Yousuf
        Fatima = Fatma, Fatema, Fatiema, Fati
        Fatima Zahra = Fatimazahra, Fatima-Zohra, Fatima Zohra, Fatima
        Abdelkader = Abdel, Kader, Abdul Kader, Abdelqader, Abdel Kader
        Abdelhakim = Hakim, Abdel, Abdul Hakim, Abdel Hakim
        Abderrahman = Abdurrahman, Abdelrahman, Abdul Rahman
        Abdelaziz = Aziz, Abdel, Abdul Aziz
        Abdellah = Abdullah, Abdallah, Abdulah
        Abdelkrim = Abdelkarim, Karim, Krim
        Abdelhamid = Hamid, Abdel, Abdulhamid
        Abdelmalek = Malek, Abdulmalik
        Abdelouahid = Ouahid, Abdelwahid
        Abdelilah = Abdel, Ilah
        Abdessamad = Samad, Abdelsamad, Abdussamad
        Abderrazak = Razak, Abdelrazak, Abdul Razzaq
        Abdennour = Nour, Abdelnour
        Noureddine = Nordin, Nourdin, Nour, Noredine
        Azzedine = Azzeddine, Ezzedine
        Salaheddine = Salah, Salahdin, Salahuddin
        Houssain = Hussein, Houcine, Hossain, Hocine
        Khalid = Khaled, Chalid, Kalid
        Khadija = Khadidja, Kadija, Chadija
        Rachid = Rashid, Rasheed
        Achraf = Ashraf
        Naïma = Naima, Naema
        Saïd = Said, Saeed, Sayid
        Soufiane = Sofian, Sufyan, Soufian
        Oussama = Osama, Usama
        Ouafae = Wafae, Wafa
        Ouiam = Wiam
        Ouissal = Wissal, Wisal
        Walid = Oualid, Waleed
        Wassim = Ouassim, Wasim
        Zakaria = Zakariya, Zakariae
        Ayoub = Ajoub, Ayub, Ayyub
        Bilal = Belal, Billal
        Hamza = Hamzah
        Hicham = Hisham
        Ilyas = Elias, Iliass
        Jaouad = Jawad, Djawad
        Jamal = Djamal, Gamal
        Younes = Younis, Yunus
        Zaynab = Zineb, Zainab
        Aïcha = Aisha, Aicha
        Nour = Noor, Nur, Nor
        Rayan = Rayane, Rayyan
        Imane = Iman
        Hanane = Hanan
        Btissam = Ibtissam, Ibtisam
        Ikram = Ikrame
        Hafsa = Hafssa, Hafza
        Anas = Anass
        Chaimae = Shaima, Chaima, Chaymae
        Malika = Malikah
        Samira = Samirah
        Tarik = Tariq, Tarek
        Mounir = Munir, Moenier
        Mouhcine = Mohsin, Mohcine, Muhsin
        Redouan = Ridwan, Redouane, Radwan
        Driss = Idriss, Idris
        Brahim = Ibrahim
        Lahcen = Lahsen
        Larbi = Elarbi
        Miloud = Mouloud
        Yassine = Yasin, Yassin
        Ismaël = Smail, Ismail
        Nabil = Nabiel
        Amine = Amin
        Mourad = Murat, Murad
        Sanae = Sanaa, Sana
        Loubna = Lubna
        Houda = Huda
        Hajar = Hajer, Hadjar
        Qasim = Kasim, Kassem
        Aya = Aja, Ayah
        Laila = Leila, Layla
        Rim = Reem, Riem
        Marouane = Marwan, Marouan
    """,
    "Syrian, Iraqi, Afghan and Iranian": """
        Khaled = Khalid
        Mohannad = Muhanad, Mohanad
        Ghaith = Gaith, Ghayth
        Layth = Laith
        Abdulrahman = Abd Alrahman, Abdelrahman
        Abdulkarim = Abd Al Karim, Abdelkarim
        Nour Alhuda = Nour, Nour al-Huda
        Alaa = Ala
        Diyaa = Diaa
        Yahya = Yehya, Jahja
        Mustafa = Mostafa
        Hussein = Hossein, Husein
        Ali Reza = Alireza
        Mohammad Reza = Mohammadreza
        Zahra = Zehra, Zahraa
        Sayed = Seyed, Said
        Gholam = Golam
        Farshid = Farsheed
        Amir Hossein = Amirhossein, Amir
    """,
    "Somali, Eritrean and Ethiopian": """
        Cabdi = Abdi
        Maxamed = Mohamed
        Cali = Ali
        Xasan = Hassan
        Faadumo = Fadumo, Faduma
        Cabdiraxmaan = Abdirahman, Abdi
        Axmed = Ahmed
        Yuusuf = Yusuf
        Ayaan = Ayan
        Yohannes = Johannes, Yohanes
        Tesfay = Tesfaye, Tesfai
        Mikiele = Michael, Mikael
        Tsegay = Tsegaye, Tsegai
        Haile = Hayle
        Filmon = Philmon
        Yonas = Jonas
        Gebremedhin = Gebre, Gebremedhn
        Abraham = Abreham
        Hiwot = Hiwet
        Selamawit = Selam
        Letebrhan = Letebirhan
    """,
    "Surinamese, Hindustani and Javanese": """
        Soenita = Sunita
        Radjesh = Rajesh
        Sjanti = Shanti
        Viekash = Vikash
        Djaienti = Jayanti
        Krisna = Krishna
        Aniel = Anil
        Roshnie = Roshni
        Sandjai = Sanjay
        Soeresh = Suresh
        Oemar = Umar, Omar
        Soekinah = Sukinah
        Wagiran = Wagieran
        Ravi = Ravie
        Indra = Indera
    """,
    "Antillean": """
        Gregorio = Greg
        Sharlon = Charlon
        Jeanclaude = Jean-Claude
        Rignald = Reginald
    """,
    "Chinese, Vietnamese, Indonesian and Moluccan": """
        Xiaoling = Xiao Ling, Xiao-Ling
        Wei Ming = Weiming, Wei-Ming
        Ngoc Anh = Ngọc Ánh, Ngocanh
        Thi Lan = Thị Lan
        Soekarno = Sukarno
        Dewi = Dewie
        Djoko = Joko
        Yohanis = Johanis
        Poetri = Putri
        Jozef = Josef
    """,
}
