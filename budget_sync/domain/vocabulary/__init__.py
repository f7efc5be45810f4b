"""The words of budgets in many languages: TOML files that a person can edit, and what reads them."""

from budget_sync.domain.vocabulary.money import AmountMarks, Currencies, amount_marks, currencies

__all__ = ["AmountMarks", "Currencies", "amount_marks", "currencies"]
