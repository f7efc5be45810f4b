# ruff: noqa: RUF001 - letters that look alike in different scripts are what is tested
"""The letters of a text file are read in the encoding that wrote them."""

import codecs

import pytest

from budget_sync.domain.errors import UnreadableFileError
from budget_sync.reading import read_document
from budget_sync.reading.text.encoding import decode_text

TEXTS = {
    "polish": "Dział;Kwota\nKsięgowość;1000\nZarząd spółki;2000\nŚrodki trwałe;300\n",
    "czech": "Oddělení;Částka\nÚčtárna;1000\nŘízení výroby;2000\nPrávní služby;5\n",
    "hungarian": "Osztály;Összeg\nKönyvelés;1\nMűszaki felügyelő;2\nÉrtékesítési űr;3\n",
    "german": "Abteilung;Betrag\nFührung;1\nGebäude;2\nÄmter, Straße;3\n",
    "french": "Département;Montant\nÉducation;1\nTrésorerie générale;2\nAide à l'élève;3\nFrançais;4\n",
    "british": "Department;Amount\nIT;£500m\nHR;£20\nSales;£5\n",
    "euro": "Department;Amount\nIT;€500\n",
    "spanish": "Año;Área;Descripción\n2020;Niños;1\n",
    "portuguese": "Órgão;Função;Ação\nSaúde;Educação;Construção\nSão Paulo;x;y\n",
    "turkish": "Bölüm;Tutar\nMüdürlüğü;1\nİşletme;2\nYatırım gideri;3\n",
    "turkish money": "Birim;Bütçe\nİnsan;1\u00a0350\nÜretim;2\u00a0650\nDanışman;81\u00a0276\nSatın Alma;4\u00a0800\n",
    "turkish months": "Ay;Gider\nŞubat;1\nMayıs;2\nAğustos;3\nKasım;4\nAralık;5\nYakıt, kırtasiye;6\n",
    "icelandic": "Svið;Fjárhæð\nFélagsþjónusta;1\nNýbyggingar;2\nSýslumaður;3\nÍþróttir;4\n",
    "hungarian of one long vowel": "Sor;Megnevezés;Teljesítés\n1;Személyi juttatások;5\n2;Terhelő járulékok;3\n",
    "estonian": "Nimetus;Eelarve\nÕpetajate töötasu;1\nÜldhooldus;2\nPõhivara;3\n",
    "polish money": "Dział;Plan\nOpłaty;458\u00a0746 €\nLicencje;8\u00a0777 €\nPodróże;719\u00a0719 €\n",
    "russian": "Отдел;Сумма\nБухгалтерия;1\nПродажи;2\nИТ;3\n",
    "ukrainian": "Відділ;Сума\nБухгалтерія;1\nПродажі їжі;2\n",
    "greek": "Τμήμα;Ποσό\nΛογιστήριο;1\nΠωλήσεις;2\n",
    "hebrew": "מחלקה;סכום\nמכירות;1\n",
    "arabic": "القسم;المبلغ\nالمبيعات;1\n",
    "danish": "Område;Beløb\nBørn og unge;1\nÆldre;2\n",
    "lithuanian": "Skyrius;Suma\nŽmogiškųjų išteklių;2\nMėnesio įmonė;3\n",
    "japanese": "部門,金額\n営業部,1\n開発のための費用,2\nサーバー利用料,3\n",
    "japanese without kana": "部門,勘定科目,年度,予算額\n営業部,旅費交通費,2026,1\n経理部,通信費,2026,2\n合計,,,3\n",
    "chinese": "部门,金额\n销售部,1\n研发费用预算,2\n信息技术中心,3\n",
    "taiwanese": "部門,金額\n銷售部,1\n研發費用預算,2\n資訊技術中心,3\n",
    "korean": "부서,금액\n영업부,1\n연구개발비용,2\n정보기술팀,3\n",
    "one word": "Dept;Note\nCafé;1\n",
    "hard spaces": "Dept;Amount\nA;1\u00a0000\nB;2\u00a0000\n",
    "typographic quotes": "Dept;Note\nA;“quoted” – dash…\nB;it’s\n",
}
CASES = [
    (language, encoding)
    for encoding, languages in {
        "cp1252": [
            "german",
            "french",
            "british",
            "euro",
            "spanish",
            "portuguese",
            "danish",
            "one word",
            "icelandic",
            "estonian",
        ],
        "cp1250": ["polish", "polish money", "czech", "hungarian", "german", "hungarian of one long vowel"],
        "iso8859-2": ["polish", "czech", "hungarian"],
        "cp850": ["german", "french", "spanish", "portuguese", "danish", "one word"],
        "mac_roman": ["german", "french", "spanish", "portuguese", "danish", "typographic quotes"],
        "cp1251": ["russian", "ukrainian"],
        "koi8-r": ["russian"],
        "cp866": ["russian"],
        "cp1253": ["greek"],
        "cp1254": ["turkish", "turkish money", "turkish months"],
        "cp1255": ["hebrew"],
        "cp1256": ["arabic"],
        "cp1257": ["lithuanian", "estonian"],
        "cp932": ["japanese", "japanese without kana"],
        "euc_jp": ["japanese"],
        "gb18030": ["chinese"],
        "big5": ["taiwanese"],
        "cp949": ["korean"],
    }.items()
    for language in languages
] + [("hard spaces", "cp1252"), ("typographic quotes", "cp1252")]


@pytest.mark.parametrize(("language", "encoding"), CASES)
def test_a_code_page_is_told_by_its_letters(language: str, encoding: str) -> None:
    assert decode_text(TEXTS[language].encode(encoding)).text == TEXTS[language]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("mark", [True, False])
def test_unicode_is_read_with_and_without_its_mark(encoding: str, mark: bool) -> None:
    content = (("\ufeff" if mark else "") + TEXTS["french"]).encode(encoding)
    assert read_document(content, "budget.csv").grids[0].rows[1] == ["Éducation", "1"]


def test_utf8_with_a_few_stray_bytes_stays_utf8_and_says_so() -> None:
    document = read_document(TEXTS["french"].encode() * 20 + "Café;5\n".encode("cp1252"), "budget.csv")
    assert document.grids[0].rows[-1] == ["Café", "5"]
    assert (document.encoding, document.notes[0].code) == ("utf-8", "stray_bytes")


def test_utf8_cut_within_its_last_letter_stays_utf8() -> None:
    content = TEXTS["british"].encode() + "é".encode()[:1]
    assert decode_text(content).text.startswith(TEXTS["british"])


@pytest.mark.parametrize("language", ["spanish", "polish", "russian", "chinese", "euro"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_text_encoded_twice_is_read_as_it_was_before_and_told(language: str, mark: str) -> None:
    between = (mark + TEXTS[language]).encode().decode("latin-1")
    holes = "\x81\x8d\x8f\x90\x9d"
    once = "".join(sign if sign in holes else sign.encode("latin-1").decode("cp1252") for sign in between)
    document = read_document(once.encode(), "budget.csv")
    assert document.grids[0].rows[0] == TEXTS[language].splitlines()[0].replace(",", ";").split(";")
    assert [note.code for note in document.notes] == ["written_twice"]


def test_text_in_which_one_letter_is_as_it_should_be_was_encoded_once() -> None:
    text = "Ã±;Año\nb;1\n"
    assert decode_text(text.encode()).text == text


def test_a_mark_of_utf8_before_another_encoding_is_not_believed() -> None:
    content = codecs.BOM_UTF8 + TEXTS["german"].encode("cp1252")
    assert decode_text(content).text == TEXTS["german"]


def test_bytes_that_no_code_page_explains_are_read_as_cp1252_all_the_same() -> None:
    assert decode_text(b"a;b\nx\x81x;y\x9dy\nz\xffz;1\n").encoding == "cp1252"


@pytest.mark.parametrize(
    ("content", "encoding", "told"),
    [
        ("Dept;Amount\nCafé ".encode("cp1252") + b"\x81;5\n", "cp1252", "1 character, the first in line 2, "),
        (TEXTS["french"].encode("utf-16") + b"x", "utf-16", "1 character, the first in line "),
        (TEXTS["french"].encode("utf-16-le")[:-1], "utf-16-le", "1 character, the first in line "),
        ("a;b\n\ufffd;1\nx;\ufffd\n".encode(), "utf-8", "2 characters, the first in line 2, "),
    ],
)
def test_characters_that_cannot_be_read_are_counted(content: bytes, encoding: str, told: str) -> None:
    document = read_document(content, "budget.csv")
    (note,) = document.notes
    assert (document.encoding, note.code) == (encoding, "lost_characters")
    assert note.message.startswith(told)


def test_bytes_that_another_code_page_lacks_are_told_as_read_as_cp1252() -> None:
    lacking = b"\xd2"  # stands behind the lines by which the code page is told
    document = read_document((TEXTS["greek"] * 3000).encode("cp1253") + lacking + b";5\n", "budget.csv")
    assert (document.encoding, document.grids[0].rows[-1]) == ("cp1253", ["Ò", "5"])
    assert [note.code for note in document.notes] == ["stray_bytes"]


def test_an_encoding_that_a_person_chose_is_taken() -> None:
    document = read_document(TEXTS["polish"].encode("cp1250"), "budget.csv", encoding="cp1252")
    assert (document.encoding, document.grids[0].rows[0][0]) == ("cp1252", "Dzia³")


@pytest.mark.parametrize(
    ("encoding", "says"),
    [
        ("klingon", "no encoding named"),
        ("punycode", "no encoding named"),
        ("unicode_escape", "no encoding named"),
        ("zip", "no encoding named"),
        ("a\0b", "no encoding named"),
        ("ascii", "not written in ascii"),
    ],
)
def test_a_chosen_encoding_that_does_not_fit_is_refused(encoding: str, says: str) -> None:
    with pytest.raises(UnreadableFileError, match=says) as refusal:
        read_document(TEXTS["french"].encode(), "budget.csv", encoding=encoding)
    assert refusal.value.reason == "encoding"
