"""A customer's words and spellings: heard in its own files, never in another's, and nothing renamed in silence."""

from typing import Any

import pytest

from budget_sync.database import Database
from budget_sync.domain.errors import ConflictError, InvalidRequestError, NotFoundError, StaleVersionError
from budget_sync.domain.fields import FileType, ImportState, TargetField
from budget_sync.importing import Engine
from budget_sync.importing.customers import Customer
from budget_sync.importing.value_aliases import change_alias, create_alias, delete_alias, list_aliases, read_alias
from budget_sync.importing.vocabulary import Meaning, change_word, create_word, delete_word, list_words, read_word
from budget_sync_tests.database.importing.files import budget_csv, budget_rows, incoming, rows_of

_DEPARTMENTS = "SELECT DISTINCT department FROM budget WHERE deleted_at IS NULL ORDER BY 1"
_ENGINEERING = "SELECT count(*), sum(budgeted_amount) FROM budget WHERE department = 'Engineering'"
_MISSPELT = budget_csv([("Enginerring", *row[1:]) for row in budget_rows(2)[:4]])


@pytest.fixture
def engine(database: Database) -> Engine:
    """The engine under test."""
    return Engine(database)


def teach(database: Database, customer: Customer, word: str, meaning: Meaning, *, positive: bool = True) -> None:
    """A word of the customer's own."""
    with database.tenant(customer.id) as connection:
        create_word(connection, word, meaning, "ann", positive=positive)


def answer(database: Database, customer: Customer, alias: str, name: str) -> None:
    """What a person says a department's spelling stands for."""
    with database.tenant(customer.id) as connection:
        create_alias(connection, TargetField.DEPARTMENT, alias, name, "ann")


def departments(database: Database, customer: Customer) -> list[Any]:
    return [row[0] for row in rows_of(database, customer, _DEPARTMENTS)]


def test_a_word_is_heard_in_the_files_of_its_customer_alone(
    engine: Engine, database: Database, customer: Customer, other_customer: Customer
) -> None:
    content = b"Department,Zweig,Year,Budget\n" + b"".join(
        f"North,{name},2025,{amount}\n".encode() for name, amount in [("Alpha", 10), ("Beta", 20), ("Gamma", 35)]
    )
    teach(database, customer, "Zweig", TargetField.DEPARTMENT)
    for one in (customer, other_customer):
        engine.run(one.id, incoming(content))
    assert departments(database, customer) == ["Alpha", "Beta", "Gamma"]
    assert departments(database, other_customer) == ["North"]


def test_a_word_for_a_kind_of_file_turns_a_file_away(engine: Engine, database: Database, customer: Customer) -> None:
    teach(database, customer, "Stellenplan", FileType.PAYROLL)
    rejected = engine.run(customer.id, incoming(name="stellenplan.csv"))
    assert (rejected.status, rejected.file_type) == (ImportState.REJECTED, "payroll")


def test_a_near_name_is_asked_about_and_loaded_as_it_is_written(
    engine: Engine, database: Database, customer: Customer
) -> None:
    engine.run(customer.id, incoming())
    result = engine.run(customer.id, incoming(_MISSPELT, "second.csv"))
    assert result.status is ImportState.COMPLETED
    assert "Enginerring" in departments(database, customer)
    (question,) = result.questions
    assert (question.code, question.blocking, question.field) == ("near_name", False, TargetField.DEPARTMENT)
    assert question.text == "Is 'Enginerring' the department 'Engineering'? (a letter or two differ)"
    assert question.answers[0].effect == "4 amounts, 8,120 together, join it, here and in later files"
    assert any("It was left as it is" in warning for warning in result.warnings)


def test_an_answer_is_used_for_later_files_with_a_note_and_the_raw_text(
    engine: Engine, database: Database, customer: Customer
) -> None:
    engine.run(customer.id, incoming())
    answer(database, customer, "Enginerring", "Engineering")
    result = engine.run(customer.id, incoming(_MISSPELT, "second.csv"))
    assert (result.stats.created, result.stats.updated) == (0, 4)
    assert rows_of(database, customer, _ENGINEERING) == [(4, 8120)]
    assert result.questions == []
    assert (
        "'Enginerring' was taken for the department 'Engineering' in 4 rows, as it was answered before."
        in result.warnings
    )
    uses = rows_of(database, customer, "SELECT import_id, field, alias, name, rows FROM import_alias_use")
    assert uses == [(result.import_id, "department", "Enginerring", "Engineering", [1, 2, 3, 4])]


def test_an_answer_counts_for_a_file_that_loaded_before_it(
    engine: Engine, database: Database, customer: Customer
) -> None:
    engine.run(customer.id, incoming())
    engine.run(customer.id, incoming(_MISSPELT, "second.csv"))
    answer(database, customer, "Enginerring", "Engineering")
    again = engine.run(customer.id, incoming(_MISSPELT, "second.csv"))
    assert (again.status, again.stats.updated) == (ImportState.COMPLETED, 4)
    assert engine.run(customer.id, incoming(_MISSPELT, "second.csv")).status is ImportState.UNCHANGED


def test_a_name_of_its_own_is_not_asked_about_again(engine: Engine, database: Database, customer: Customer) -> None:
    engine.run(customer.id, incoming())
    answer(database, customer, "Enginerring", "Enginerring")
    result = engine.run(customer.id, incoming(_MISSPELT, "second.csv"))
    assert result.questions == []
    assert "Enginerring" in departments(database, customer)


def test_an_alias_of_another_customer_renames_nothing(
    engine: Engine, database: Database, customer: Customer, other_customer: Customer
) -> None:
    answer(database, other_customer, "Engineering", "Entwicklung")
    engine.run(customer.id, incoming())
    assert "Engineering" in departments(database, customer)


def test_aliases_that_lead_to_each_other_rename_nothing_for_ever(
    engine: Engine, database: Database, customer: Customer
) -> None:
    for alias, name in (("Engineering", "R&D"), ("R&D", "Development"), ("Development", "Engineering")):
        answer(database, customer, alias, name)
    engine.run(customer.id, incoming())
    assert "Development" in departments(database, customer)


def test_an_analysis_asks_about_near_names_too(engine: Engine, customer: Customer) -> None:
    engine.run(customer.id, incoming())
    analysis = engine.analyze(customer.id, "second.csv", _MISSPELT)
    assert [question.code for question in analysis.questions] == ["near_name"]
    assert analysis.can_proceed


def test_a_load_in_another_process_keeps_the_note(engine: Engine, database: Database, customer: Customer) -> None:
    answer(database, customer, "Enginerring", "Engineering")
    received = engine.receive(customer.id, incoming(_MISSPELT))
    engine.understand(received.import_id)
    engine.validate(received.import_id)
    result = Engine(database).load(received.import_id)
    assert departments(database, customer) == ["Engineering"]
    assert any("as it was answered before" in warning for warning in result.warnings)


def test_words_are_made_changed_and_deleted_with_an_audit(database: Database, customer: Customer) -> None:
    with database.tenant(customer.id) as connection:
        made = create_word(connection, " Kosten  Stelle ", TargetField.DEPARTMENT, "ann", positive=True)
        assert (made.word, made.field, made.file_type) == ("Kosten Stelle", TargetField.DEPARTMENT, None)
        assert not change_word(connection, made.id, 1, "ann", positive=False).positive
        with pytest.raises(StaleVersionError):
            change_word(connection, made.id, 1, "bob", positive=True)
        with pytest.raises(StaleVersionError):
            delete_word(connection, made.id, 1, "bob")
        assert [word.id for word in list_words(connection)] == [made.id]
        delete_word(connection, made.id, 2, "ann")
        with pytest.raises(NotFoundError):
            read_word(connection, made.id)
    actions = [row[0] for row in rows_of(database, customer, "SELECT action FROM audit_log ORDER BY id")]
    assert actions == ["customer.create", "vocabulary_create", "vocabulary_change", "vocabulary_delete"]


def test_a_word_is_there_once_with_a_meaning(database: Database, customer: Customer) -> None:
    teach(database, customer, "Zweig", TargetField.DEPARTMENT)
    with pytest.raises(ConflictError):
        teach(database, customer, "ZWEIG", TargetField.DEPARTMENT, positive=False)
    teach(database, customer, "Zweig", FileType.BUDGET)


def test_a_word_without_a_letter_is_refused(database: Database, customer: Customer) -> None:
    with pytest.raises(InvalidRequestError):
        teach(database, customer, "---", TargetField.DEPARTMENT)


def test_aliases_are_made_changed_and_deleted_with_an_audit(
    database: Database, customer: Customer, other_customer: Customer
) -> None:
    with database.tenant(customer.id) as connection:
        made = create_alias(connection, TargetField.SUB_CATEGORY, "Trvl", "Travel", "ann")
        assert change_alias(connection, made.id, 1, "Travel & Hotels", "ann").name == "Travel & Hotels"
        with pytest.raises(StaleVersionError):
            change_alias(connection, made.id, 1, "Hotels", "bob")
        with pytest.raises(StaleVersionError):
            delete_alias(connection, made.id, 1, "bob")
        with pytest.raises(ConflictError):
            create_alias(connection, TargetField.SUB_CATEGORY, " trvl", "Other", "ann")
    with database.tenant(other_customer.id) as connection:
        assert list_aliases(connection) == []
        with pytest.raises(NotFoundError):
            delete_alias(connection, made.id, 2, "eve")
        with pytest.raises(NotFoundError):
            change_alias(connection, made.id, 2, "Mine", "eve")
    with database.tenant(customer.id) as connection:
        delete_alias(connection, made.id, 2, "ann")
        with pytest.raises(NotFoundError):
            read_alias(connection, made.id)
    actions = [row[0] for row in rows_of(database, customer, "SELECT action FROM audit_log ORDER BY id")]
    assert actions == ["customer.create", "alias_create", "alias_change", "alias_delete"]
