"""Which names are nearly known ones: what is proposed, and what never is."""

import pytest

from budget_sync.mapping.value_matching import NearName, near_names

KNOWN = ["Engineering", "Marketing", "Human Resources", "Sales EU", "Région Ouest", "Travel & Lodging", "Finance"]


@pytest.mark.parametrize(
    ("written", "known", "reason"),
    [
        ("Enginerring", "Engineering", "a letter or two differ"),
        ("Enginering", "Engineering", "a letter or two differ"),
        ("Egnineering", "Engineering", "a letter or two differ"),
        ("Marketting", "Marketing", "a letter or two differ"),
        ("Human Ressources", "Human Resources", "a letter or two differ"),
        ("Eng.", "Engineering", "it may be short for it"),
        ("Eng", "Engineering", "it may be short for it"),
        ("Mktg", "Marketing", "it may be short for it"),
        ("HR", "Human Resources", "it may be short for it"),
        ("Hum. Res.", "Human Resources", "it may be short for it"),
        ("Resources, Human", "Human Resources", "the same words in another order"),
        ("Human-Resources", "Human Resources", "only signs or accents differ"),
        ("Region Ouest", "Région Ouest", "only signs or accents differ"),
        ("Travel / Lodging", "Travel & Lodging", "only signs or accents differ"),
    ],
)
def test_a_near_name_is_proposed_as_the_known_one(written: str, known: str, reason: str) -> None:
    assert near_names([written], KNOWN) == [NearName(written, known, reason)]


@pytest.mark.parametrize(
    ("written", "known"),
    [
        (" engineering ", "Engineering"),
        ("Sales US", "Sales EU"),
        ("Region 2", "Region 1"),
        ("4200", "4100"),
        ("Sale", "Sales"),
        ("Hardware", "Software"),
        ("Indirect labour", "Direct labour"),
        ("Import", "Export"),
        ("Trading", "Training"),
        ("Market", "Marketing"),
        ("North", "South"),
        ("Legal", "Engineering"),
        ("", "Engineering"),
    ],
)
def test_what_is_the_same_or_another_name_is_not_asked_about(written: str, known: str) -> None:
    assert near_names([written], [known]) == []


def test_between_two_names_as_near_none_is_proposed() -> None:
    assert near_names(["Eng."], ["Engineering", "English"]) == []


def test_the_nearest_of_several_is_proposed() -> None:
    assert near_names(["Enginering"], ["Engineering", "Enginering Lab", "Eng"])[0].known == "Engineering"


def test_a_file_of_other_names_altogether_is_left_alone() -> None:
    assert near_names([f"Enginerring {letter}" for letter in map(str, range(501))], KNOWN) == []


def test_nothing_known_proposes_nothing() -> None:
    assert near_names(["Enginerring"], []) == []
