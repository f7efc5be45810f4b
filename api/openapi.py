"""The OpenAPI 3.1 document of the service, at ``/api/docs/openapi.json``.

``/api/docs`` shows it as a page.
"""

import json
from collections.abc import Mapping
from http import HTTPStatus
from importlib.metadata import version
from typing import Any, cast

from litestar import Litestar
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import (
    Components,
    OpenAPIMediaType,
    OpenAPIResponse,
    Operation,
    Parameter,
    Reference,
    Schema,
    SecurityScheme,
)
from litestar.openapi.spec.enums import OpenAPIFormat, OpenAPIType

from api.approval_rules.schemas import RuleBody, RuleChange
from api.attachments import ATTACHMENT, MEDIA_TYPES
from api.authentication import PUBLIC
from api.budget_check.schemas import CheckLine, CheckLines, CheckQuestion
from api.budgets.schemas import LineBody, LineChangeBody
from api.customers.schemas import CustomerBody, CustomerChange
from api.documentation.page import DocumentPage, documents_router
from api.excel.schemas import AnalyzeForm, ImportChoices, ImportRequest, MappingChoice
from api.fx_rates.schemas import RateBody, RateChange
from api.imports.schemas import ConfirmBody, DecisionBody, DeclineBody
from api.json_text import encode_json
from api.keys.schemas import KeyBody, KeyChange, RotateBody
from api.reservations.schemas import Allocation, MoveBody, ReserveBody
from api.sources.schemas import OptionsBody, ScheduleBody, SecretsBody, SourceBody, SourceChange
from api.value_aliases.schemas import AliasBody, AliasChange
from api.vocabulary.schemas import WordBody, WordChange

CLOSED_BODIES = (
    AliasBody,
    AliasChange,
    WordBody,
    WordChange,
    RateBody,
    RateChange,
    RuleBody,
    RuleChange,
    CheckQuestion,
    CheckLine,
    CheckLines,
    AnalyzeForm,
    ImportRequest,
    ImportChoices,
    MappingChoice,
    DecisionBody,
    ConfirmBody,
    DeclineBody,
    ReserveBody,
    Allocation,
    MoveBody,
    LineBody,
    LineChangeBody,
    KeyBody,
    KeyChange,
    RotateBody,
    CustomerBody,
    CustomerChange,
    SourceBody,
    SourceChange,
    SecretsBody,
    ScheduleBody,
    OptionsBody,
)

_DECIMAL_TEXT = Schema(
    type=OpenAPIType.STRING, pattern=r"^-?\d+(\.\d+)?$", description="Text, so that no digit is lost on the way."
)
_KEY_TEXT = "A new one for each purchase or file; the same to repeat a request, which then has one effect."
OPENAPI = OpenAPIConfig(
    title="budget_sync",
    version=version("budget_sync"),
    description=(
        "Is a purchase covered, what budgets are there, what was imported. Money is a JSON number with at most four "
        "decimals, periods are FY2025, FY2025-H1, FY2025-Q3 or 2025-03. Every error is a problem document (RFC 9457) "
        "with a stable code."
    ),
    components=Components(
        security_schemes={
            "bearer": SecurityScheme(type="http", scheme="bearer", bearer_format="bsk_<id>_<secret>"),
            "apiKey": SecurityScheme(type="apiKey", name="X-API-Key", security_scheme_in="header"),
        }
    ),
    security=[{"bearer": []}, {"apiKey": []}],
    render_plugins=[
        DocumentPage(),
        JsonRenderPlugin(path="/openapi.json"),
    ],
    openapi_router=documents_router(),
    use_handler_docstrings=True,
)


def complete_document(app: Litestar) -> None:
    """Say what Litestar cannot know: bodies take no further members, public routes need no key."""
    document = app.openapi_schema
    schemas = document.components.schemas
    for body in CLOSED_BODIES:
        schemas[body.__name__].additional_properties = False
    for schema in schemas.values():
        _end_patterns(schema)
        for member in (schema.properties or {}).values():
            _name_items(member)
    analysis = schemas["Analysis"]
    analysis.properties = (analysis.properties or {}) | {"sumBudgeted": _DECIMAL_TEXT}
    for route in app.routes:
        for handler in getattr(route, "route_handlers", ()):
            path = (document.paths or {}).get(route.path_format)
            if path is None:
                continue
            for method in ("get", "post", "patch", "delete"):
                operation = getattr(path, method)
                if operation is not None and method.upper() in handler.http_methods:
                    _complete(operation, method, handler.opt)


def _complete(operation: Operation, method: str, opt: Mapping[str, Any]) -> None:
    """Headers that handlers read themselves, and which routes need no key."""
    scope = opt.get("scope")
    if scope == PUBLIC:
        operation.security = [{}]
    if opt.get(ATTACHMENT):
        _add_files(operation)
    headers = []
    if method == "post" and scope in {"reserve", "import"} and operation.operation_id != "analyzeFile":
        headers.append(
            _header("Idempotency-Key", _KEY_TEXT, "3f1c8a52-9d1e-4a52-8f0e-7b1f0c2d9e11", scope == "reserve")
        )
    if str(HTTPStatus.PRECONDITION_FAILED.value) in (operation.responses or {}):
        headers.append(_header("If-Match", "The ETag that was read.", '"1"', required=True))
    operation.parameters = [*(operation.parameters or ()), *headers] or None
    for parameter in operation.parameters or ():
        _end_patterns(getattr(parameter, "schema", None))


def _add_files(operation: Operation) -> None:
    """A route whose ``format`` makes the answer a file: Litestar knows one media type an answer."""
    answer = cast("OpenAPIResponse", (operation.responses or {})[str(HTTPStatus.OK.value)])
    file = OpenAPIMediaType(schema=Schema(type=OpenAPIType.STRING, format=OpenAPIFormat.BINARY))
    answer.content = dict.fromkeys(MEDIA_TYPES.values(), file) | (answer.content or {})


def _end_patterns(schema: object) -> None:
    r"""The end of a text is ``\Z`` to Python, where ``$`` lets a line break follow, and ``$`` to who reads this."""
    if not isinstance(schema, Schema):
        return
    if schema.pattern is not None:
        schema.pattern = schema.pattern.removesuffix(r"\Z") + "$" * schema.pattern.endswith(r"\Z")
    inside = (*(schema.properties or {}).values(), *(schema.one_of or ()), *(schema.any_of or ()), schema.items)
    for each in inside:
        _end_patterns(each)


def _name_items(member: Schema | Reference) -> None:
    """Of ``tuple[str, ...]`` Litestar says that each is a text or anything at all, which nothing can be just one of."""
    items = getattr(member, "items", None)
    kinds = [each for each in getattr(items, "one_of", None) or () if each != Schema()]
    if isinstance(member, Schema) and len(kinds) == 1:
        member.items = kinds[0]


def _header(name: str, description: str, example: str, required: bool) -> Parameter:
    schema = Schema(type=OpenAPIType.STRING, min_length=1, max_length=255, pattern="^[!-~]+$")
    return Parameter(
        name=name, param_in="header", required=required, description=description, schema=schema, example=example
    )


def document_text(app: Litestar) -> str:
    """The document as it is committed: sorted and indented, so that a change of it can be read."""
    document = json.loads(encode_json(app.openapi_schema.to_schema()))
    return json.dumps(document, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
