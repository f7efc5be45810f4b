"""Budgets in many languages: their months, years, departments and amounts; and what is no budget there."""

import pytest

from budget_sync.domain.fields import FileType, LineType, TargetField
from budget_sync.domain.vocabulary import find_scale
from budget_sync.domain.vocabulary.calendar import calendar_words
from budget_sync_tests.unit.mapping.tables import analysed, columns, lines, understood

_YEARS = {
    "sk": "január február marec apríl máj jún júl august september október november december",
    "uk": "січень лютий березень квітень травень червень липень серпень вересень жовтень листопад грудень",
    "sr": "јануар фебруар март април мај јун јул август септембар октобар новембар децембар",
    "lt": "sausis vasaris kovas balandis gegužė birželis liepa rugpjūtis rugsėjis spalis lapkritis gruodis",
    "et": "jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember",
    "hu": "január február március április május június július augusztus szeptember október november december",
    "el": "Ιανουάριος Φεβρουάριος Μάρτιος Απρίλιος Μάιος Ιούνιος Ιούλιος Αύγουστος Σεπτέμβριος Οκτώβριος Νοέμβριος "
    "Δεκέμβριος",
    "th": "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.",
    "ca": "gener febrer març abril maig juny juliol agost setembre octubre novembre desembre",
    "fi": "tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu",
}


@pytest.mark.parametrize("language", _YEARS)
def test_the_twelve_months_are_twelve_columns(language: str) -> None:
    months = _YEARS[language].split()
    drawn = " | ".join(["Department", "Account", *months])
    first = " | ".join(["IT", "Paper", *[str(100 + month * 7) for month in range(12)]])
    second = " | ".join(["HR", "Travel", *[str(240 + month * 3) for month in range(12)]])
    found = columns(analysed(f"{drawn}\n{first}\n{second}", "budget 2025.csv"), TargetField.BUDGETED_AMOUNT)
    assert found == months


def test_no_name_stands_for_two_months() -> None:
    named: dict[str, str] = {}
    for number, names in calendar_words().months.items():
        for name in names:
            assert named.setdefault(name, number) == number


def test_a_thai_year_stands_behind_the_word_for_budget() -> None:
    text = """
    หน่วยงาน | โครงการ | งบประมาณ 2566 | งบประมาณ 2567
    กองคลัง | วัสดุ | 1200 | 1300
    กองช่าง | ถนน | 5200 | 5600
    กองช่าง | ไฟฟ้า | 800 | 950
    """
    assert {period for _, _, period, _ in lines(understood(text))} == {"FY2023", "FY2024"}


def test_the_office_is_the_department_and_not_the_field_of_policy() -> None:
    text = """
    부문명 | 부서명 | 세부사업명 | 예산액
    일반행정 | 총무과 | 청사 관리 | 12000
    사회복지 | 복지과 | 노인 지원 | 56000
    사회복지 | 가정과 | 아동 지원 | 43000
    """
    assert columns(analysed(text), TargetField.DEPARTMENT) == ["부서명"]


def test_a_balkan_budget_is_one_column_of_amounts() -> None:
    text = """
    Назив раздел | Ставка | Назив ставка | Буџет
    Собрание | 401 | Основни плати | 5200000
    Собрание | 420 | Патни расходи | 310000
    Влада | 401 | Основни плати | 8800000
    Влада | 424 | Поправки | 120500
    """
    analysis = analysed(text, "buget_2014.csv")
    assert columns(analysis, TargetField.BUDGETED_AMOUNT) == ["Буџет"]
    assert columns(analysis, TargetField.DEPARTMENT) == ["Назив раздел"]


@pytest.mark.parametrize("change", ["Endring", "Förändring", "Změna", "Modificaciones", "Изменения"])
def test_the_change_from_year_to_year_is_no_amount_and_makes_no_total_of_the_new_one(change: str) -> None:
    text = f"""
    Department | Account | Budget 2025 | Budget 2024 | {change}
    IT | Paper | 120 | 100 | 20
    IT | Travel | 150 | 200 | -50
    HR | Paper | 330 | 300 | 30
    HR | Rent | 97 | 90 | 7
    """
    assert columns(analysed(text), TargetField.BUDGETED_AMOUNT) == ["Budget 2025", "Budget 2024"]


def test_the_address_of_a_page_names_nothing() -> None:
    text = """
    Department | Link | Item | Budget
    IT | https://example.org/11/01 | Paper and pens | 100
    IT | https://example.org/11/02 | Travel by train | 250
    HR | https://example.org/11/03 | Courses | 310
    """
    assert columns(analysed(text), TargetField.SUB_CATEGORY) == ["Item"]


def test_a_table_of_pay_grades_is_a_payroll() -> None:
    text = """
    Entgeltgruppe | Stufe 1 | Stufe 2 | Stufe 3
    E 15 | 5017,37 | 5358,72 | 5738,95
    E 13 | 4188,38 | 4526,76 | 4911,33
    E 10 | 3577,00 | 3872,30 | 4192,44
    """
    assert analysed(text, "entgelttabelle.csv").file_type_detection.likely_file_type is FileType.PAYROLL


@pytest.mark.parametrize(
    "word",
    [
        "Spolu",
        "Усього",
        "Σύνολο",
        "סך הכל",
        "合 计",
        "Jumlah",
        "Tổng cộng",
        "รวมทั้งสิ้น",
        "Ukupno",
        "Вкупно",
        "Общо",
        "Skupaj",
        "Iš viso",
        "Kopā",
        "Kokku",
    ],
)
def test_a_total_is_no_line_though_it_does_not_add_up(word: str) -> None:
    text = f"""
    Department | Account | Budget 2024
    IT | Paper | 300
    IT | Travel | 700
    HR | Rent | 900
    {word} | | 1960
    """
    assert [amount for _, _, _, amount in lines(understood(text))] == ["300", "700", "900"]


@pytest.mark.parametrize("words", ["із них", "ebből", "od čega", "joista", "trong đó", "из них"])
def test_a_part_of_the_row_above_is_no_line(words: str) -> None:
    text = f"""
    Department | Account | Budget 2024
    IT | Paper | 300
    IT | {words} pens | 130
    HR | Rent | 900
    """
    assert [amount for _, _, _, amount in lines(understood(text))] == ["300", "900"]


@pytest.mark.parametrize(
    ("said", "factor"),
    [
        ("тис. грн", 1000),
        ("tuhatta euroa", 1000),
        ("ezer Ft", 1000),
        ("mii lei", 1000),
        ("אלפי ש״ח", 1000),
        ("พันบาท", 1000),
        ("in 1.000 EUR", 1000),
        ("u tisućama kuna", 1000),
        ("triệu đồng", 1_000_000),
        ("juta rupiah", 1_000_000),
        ("ล้านบาท", 1_000_000),
        ("milj. euroa", 1_000_000),
        ("1000 €", 1000),
        ("1.000 €", 1000),
        ("M Ft", 1_000_000),
        ("dalam jutaan rupiah", 1_000_000),
        ("करोड़ रुपये", 10_000_000),
    ],
)
def test_amounts_in_thousands_or_millions_are_told_by_the_words_for_them(said: str, factor: int) -> None:
    assert find_scale(f"Budget 2024 ({said})") == factor


@pytest.mark.parametrize(
    ("department", "item", "amount"),
    [
        ("Lautakunta", "Momentti", "Määräraha"),
        ("Fejezet", "Rovat megnevezése", "Előirányzat"),
        ("Instituția", "Denumire", "Prevederi"),
        ("Ministerija", "Straipsnis", "Planas"),
        ("Розпорядник", "Стаття видатків", "Асигнування"),
        ("Razdjel", "Stavka", "Plan proračuna"),
    ],
)
def test_unit_item_and_amount_are_known_by_their_headers(department: str, item: str, amount: str) -> None:
    analysis = analysed(f"{department} | {item} | {amount}\nA | x | 1200\nA | y | 900.5\nB | x | 77\nB | z | 310")
    fields = (TargetField.DEPARTMENT, TargetField.SUB_CATEGORY, TargetField.BUDGETED_AMOUNT)
    assert [columns(analysis, field) for field in fields] == [[department], [item], [amount]]


@pytest.mark.parametrize(
    ("revenue", "expense"),
    [("Prihodi", "Rashodi"), ("Venituri", "Cheltuieli"), ("Bevétel", "Kiadás"), ("Доходи", "Видатки")],
)
def test_revenue_and_expense_are_told_apart(revenue: str, expense: str) -> None:
    text = f"""
    Department | Item | {revenue} 2024 | {expense} 2024
    A | Paper | 100 | 345
    A | Rent | 250 | 765
    B | Paper | 90 | 187
    B | Books | 35 | 912
    """
    kinds = {column.line_type for column in understood(text).amounts}
    assert kinds == {LineType.REVENUE, LineType.EXPENSE}
