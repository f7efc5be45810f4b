"""Messy budget files made from known lines give the lines back, whatever their layout, words and dialect.

``BUDGET_SYNC_MESSY_BUDGETS`` sets how many are made (``make messy``: 10,000 in four minutes) and lets each run make
others. Two shares are held: of the files whose every line comes back and no other, and of those silently wrong.
"""

import os
from collections import Counter

from hypothesis import HealthCheck, Phase, given, settings

from budget_sync_tests.unit.understanding.generator.messy_file import messy_file
from budget_sync_tests.unit.understanding.generator.plan import Plan, plans
from budget_sync_tests.unit.understanding.reading_back import Verdict, read_back

FILES = int(os.environ.get("BUDGET_SYNC_MESSY_BUDGETS", "200"))
LEAST_GIVEN_BACK = 0.99
MOST_SILENTLY_WRONG = 0.005


def test_messy_budgets_give_their_lines_back() -> None:
    verdicts: Counter[Verdict] = Counter()
    lost: Counter[str] = Counter()
    examples: list[str] = []

    @settings(
        max_examples=FILES,
        deadline=None,
        database=None,
        derandomize="BUDGET_SYNC_MESSY_BUDGETS" not in os.environ,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(plan=plans)
    def give_back(plan: Plan) -> None:
        file = messy_file(plan)
        outcome = read_back(file)
        verdicts[outcome.verdict] += 1
        if not outcome.gives_lines_back:
            lost[plan.layout] += 1
            examples.append(f"{outcome.verdict}: {plan}\n{file.text}\n{outcome.remarks}")

    give_back()
    made = verdicts.total()
    given_back = verdicts[Verdict.RIGHT] + verdicts[Verdict.ASKED_RIGHT]
    summary = f"{dict(verdicts)} of {made}; lost by layout {dict(lost)}\n\n" + "\n\n".join(examples[:3])
    assert given_back >= LEAST_GIVEN_BACK * made, summary
    assert verdicts[Verdict.WRONG] <= MOST_SILENTLY_WRONG * made, summary


def test_the_same_plan_makes_the_same_file() -> None:
    made: list[bool] = []

    @settings(max_examples=20, deadline=None, database=None, derandomize=True, phases=[Phase.generate])
    @given(plan=plans)
    def make_twice(plan: Plan) -> None:
        first, second = messy_file(plan), messy_file(plan)
        made.append(first.text == second.text and first.lines == second.lines and first.name == second.name)

    make_twice()
    assert all(made)
