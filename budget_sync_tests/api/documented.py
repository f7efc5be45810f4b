"""The operations of the committed OpenAPI document, each with a request that its own examples make."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DOCUMENT: dict[str, Any] = json.loads((Path(__file__).parents[2] / "docs" / "openapi.json").read_text("utf-8"))
NOBODYS = "0198a9c4-0000-7000-8000-0000000000aa"
_JSON = "application/json"


@dataclass(frozen=True)
class Operation:
    """One route and method; ``body``: the first example of its JSON body, None where it takes none."""

    method: str
    path: str
    body: Any
    parameters: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def for_operators(self) -> bool:
        """Whether an operator's key is needed."""
        return self.path.startswith("/api/customers")


def operations() -> Iterator[Operation]:
    """All of them."""
    for path, methods in DOCUMENT["paths"].items():
        for method, operation in methods.items():
            named = [each["name"] for each in operation.get("parameters", ()) if each["in"] == "query"]
            yield Operation(method.upper(), _with_ids(path), _example(operation), tuple(named))


def _with_ids(path: str) -> str:
    return "/".join(NOBODYS if part.startswith("{") else part for part in path.split("/"))


def _example(operation: dict[str, Any]) -> Any:
    content = operation.get("requestBody", {}).get("content", {}).get(_JSON)
    if content is None:
        return None
    examples = content.get("examples") or content["schema"]["examples"]
    first = next(iter(examples.values()))["value"] if isinstance(examples, dict) else examples[0]
    return first.get("value", first) if isinstance(first, dict) and set(first) <= {"value", "summary"} else first
