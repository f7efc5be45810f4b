"""The files that imports are measured with."""


def budget_file(rows: int, *, factor: int = 1) -> bytes:
    """A long file: departments by categories by months, two decimals; another factor gives other amounts."""
    lines = ["Department,Category,Period,Budget"]
    for number in range(rows):
        department, rest = number % 500, number // 500
        amount = f"{number * factor % 99_991}.{number % 100:02d}"
        lines.append(f"Department {department},Category {rest // 12},2025-{rest % 12 + 1:02d},{amount}")
    return ("\n".join(lines) + "\n").encode()
