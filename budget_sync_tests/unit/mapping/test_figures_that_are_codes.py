"""Short figures that look like amounts and are codes: padded with noughts, or numbers of the names beside them."""

from budget_sync.domain.fields import FileType
from budget_sync_tests.unit.mapping.tables import analysed


def test_figures_padded_with_noughts_are_codes_though_their_header_says_allocation() -> None:
    text = """
        Chapter | Allocation | Name     | Amount
        21      |            | Staff    | 4512300
        24      | 002        | Grants   | 870000
        33      | 125        | Councils | 10450300
    """
    assert analysed(text).sum_budgeted == 4512300 + 870000 + 10450300


def test_one_figure_beside_a_name_of_the_same_header_is_no_amount() -> None:
    analysis = analysed("""
        Department | Title | Title name | Draft budget 2024
        Culture    | 3     | Running    | 312450
        Culture    | 6     | Grants     | 655120
        Justice    | 2     | Staff      | 3150200
        Justice    | 3     | Running    | 1490300
    """)
    assert analysis.sum_budgeted == 312450 + 655120 + 3150200 + 1490300


def test_a_budget_beside_its_name_stays_an_amount() -> None:
    analysis = analysed("""
        Budget name | Budget
        Travel      | 900
        Training    | 700
        Office      | 400
    """)
    assert analysis.sum_budgeted == 2000


def test_the_opening_and_the_amended_budget_of_peru_beside_what_was_committed() -> None:
    analysis = analysed("""
        ANO  | EJECUTORA_NOMBRE | GENERICA_NOMBRE    | MONTO_PIA | MONTO_PIM | MONTO_CERTIFICADO | MONTO_GIRADO
        2026 | HOSPITAL NORTE   | PERSONAL           | 41250     | 47810     | 47000             | 45800
        2026 | HOSPITAL NORTE   | BIENES Y SERVICIOS | 98740     | 101230    | 101000            | 100870
        2026 | HOSPITAL SUR     | PERSONAL           | 7120      | 8450      | 8010              | 7190
    """)
    assert analysis.file_type_detection.likely_file_type is FileType.BUDGET
    assert analysis.sum_budgeted == 47810 + 101230 + 8450
