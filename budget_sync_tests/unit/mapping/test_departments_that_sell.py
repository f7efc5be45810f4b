"""A department that is called Sales is one, where the header says department."""

from budget_sync.domain.fields import TargetField
from budget_sync_tests.unit.mapping.tables import analysed, columns


def test_sales_under_department_id_is_a_department() -> None:
    analysis = analysed(
        """
        Account No | Account Title | Department ID    | Location ID | Period Name              | Amount
        60100      | Salaries      | 100--Sales       | US          | Month Ended January 2025 | 4120
        60200      | Benefits      | 100--Sales       | US          | Month Ended January 2025 | 950
        60100      | Salaries      | 200--Engineering | US          | Month Ended January 2025 | 8130
        60200      | Benefits      | 200--Engineering | US          | Month Ended January 2025 | 2045
        """,
        "budget details.csv",
    )
    assert columns(analysis, TargetField.DEPARTMENT) == ["Department ID"]
