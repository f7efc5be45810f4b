"""Departments told by their names, where no header says that they are some."""

import pytest

from budget_sync.domain.fields import TargetField
from budget_sync.domain.vocabulary import vocabulary
from budget_sync_tests.unit.mapping.tables import analysed, columns, lines, understood

DEPARTMENT, SUB_CATEGORY = TargetField.DEPARTMENT, TargetField.SUB_CATEGORY


def months(header: str, names: str) -> str:
    """A table of months across; its first column is headed so and holds these names."""
    amounts = "| 1200 | 1300.5 | 1250"
    rows = "\n".join(f"{name} {amounts}" for name in names.split(","))
    return f"{header} | Jan 2026 | Feb 2026 | Mar 2026\n{rows}"


@pytest.mark.parametrize("header", ["", "Name"])
@pytest.mark.parametrize(
    "names",
    [
        "Marketing,Engineering,Sales,HR,Legal",
        "Sales & Marketing,Customer Support,Finance Team,IT,R&D",
        "Vertrieb,Buchhaltung,Personal,Entwicklung,IT",
        "Ressources humaines,Comptabilité,Ventes,Informatique",
        "Ventas,Recursos Humanos,Finanzas,Operaciones",
        "Vendas,Financeiro,Engenharia,Recursos Humanos,Diretoria",
        "Vendite,Risorse umane,Contabilità,Ufficio tecnico",
        "Verkoop,Personeelszaken,Financiën,Klantenservice,ICT",
    ],
)
def test_usual_names_are_departments_without_a_header_that_says_so(header: str, names: str) -> None:
    analysis = analysed(months(header, names))
    assert columns(analysis, DEPARTMENT) == [header]
    assert columns(analysis, SUB_CATEGORY) == []
    asked = ["unsure_column"] if header else []  # a name may be anybody's
    assert [question.code for question in analysis.questions] == asked


@pytest.mark.parametrize("header", ["Category", "Account", "Costs", "Supplier"])
def test_a_header_that_says_something_else_outweighs_the_names(header: str) -> None:
    analysis = analysed(months(header, "Marketing,Engineering,Sales,HR,Legal"))
    assert columns(analysis, DEPARTMENT) == []


@pytest.mark.parametrize(
    "names",
    [
        "Marketing,Legal,IT,Training,Administration",
        "Marketing,Engineering,Rent,Travel,Insurance",
        "Sales,Cost of sales,Marketing,Finance costs,HR software",
        "Engineering,Finance",
    ],
)
def test_names_that_may_be_costs_are_no_departments_by_themselves(names: str) -> None:
    analysis = analysed(months("", names))
    assert columns(analysis, DEPARTMENT) == []
    assert [question.code for question in analysis.questions] == ["which_department"]


def test_departments_without_a_header_stand_before_their_categories() -> None:
    understanding = understood("""
                    | Category | Jan 2026 | Feb 2026
        Marketing   | Ads      | 1200     | 1300.5
        Engineering | Cloud    | 22000    | 21000
        Finance     | Audit    | 8000     | 8100
    """)
    assert [line[:2] for line in lines(understanding)][:2] == [("Marketing", "Ads"), ("Engineering", "Cloud")]


def test_a_header_that_names_the_department_is_heard_before_the_names() -> None:
    analysis = analysed("""
        Cost center | Name        | Budget 2026
        Berlin      | Engineering | 120000
        Paris       | Finance     | 45000.5
        Rome        | Operations  | 8000
    """)
    assert columns(analysis, DEPARTMENT) == ["Cost center"]
    assert columns(analysis, SUB_CATEGORY) == ["Name"]


def test_a_total_below_the_departments_counts_for_nothing() -> None:
    analysis = analysed(months("", "Engineering,Finance,Marketing,Total,Grand total"))
    assert columns(analysis, DEPARTMENT) == [""]


def test_a_name_that_is_nothing_else_weighs_more_than_one_that_may_be_a_cost() -> None:
    weights = vocabulary().usual_departments.names.weights
    assert weights["engineering"] > weights["marketing"]
