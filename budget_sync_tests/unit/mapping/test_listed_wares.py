"""Wares by brand and model: a list of prices, unless a word says budget."""

import pytest

from budget_sync.domain.fields import FileType
from budget_sync_tests.unit.mapping.tables import analysed

_WARES = """
    Guitar | Norda | N-100 | 3990
    Guitar | Sorel | Classic | 1750
    Bass   | Norda | N-4 | 3660
    Drums  | Tamba | Studio | 9160
"""


def _kind(headers: str) -> FileType:
    return analysed(headers + _WARES, "lista.csv").file_type_detection.likely_file_type


@pytest.mark.parametrize(
    "headers",
    [
        "Product | Brand | Model | Total cost",
        "Produto | Marca | Modelo | Custo total",
        "Produit | Marque | Modèle | Coût total",
        "Artikel | Marke | Modell | Gesamtkosten",
        "Vara | Märke | Modell | Kostnad",
        "Продукт | Марка | Модель | Стоимость",
    ],
)
def test_brands_and_models_beside_a_price_are_no_budget(headers: str) -> None:
    assert _kind(headers) is not FileType.BUDGET


@pytest.mark.parametrize(
    "headers",
    [
        "Produto | Marca | Modelo | Valor orçado",
        "Artículo | Marca | Modelo | Presupuesto 2025",
        "Artikel | Marke | Modell | Budget 2025",
        "Article | Marque | Modèle | Budget prévisionnel",
    ],
)
def test_brands_and_models_beside_a_budget_are_one(headers: str) -> None:
    assert _kind(headers) is FileType.BUDGET
