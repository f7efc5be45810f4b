"""The OpenAPI 3.1 document of the service, at ``/api/docs/openapi.json`` and ``/api/docs/openapi.yaml``."""

from importlib.metadata import version

from litestar import Litestar, Router
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin, YamlRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme

from api.approval_rules.schemas import RuleBody, RuleChange
from api.authentication import PUBLIC
from api.budget_check.schemas import CheckLine, CheckLines, CheckQuestion
from api.budgets.schemas import LineBody, LineChangeBody
from api.customers.schemas import CustomerBody, CustomerChange
from api.excel.schemas import AnalyzeForm, ImportChoices, ImportRequest, MappingChoice
from api.fx_rates.schemas import RateBody
from api.imports.schemas import ConfirmBody, DecisionBody, DeclineBody
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
    render_plugins=[JsonRenderPlugin(path="/openapi.json"), YamlRenderPlugin(path=["/openapi.yaml", "/openapi.yml"])],
    openapi_router=Router("/api/docs", route_handlers=[], opt={"scope": PUBLIC}, include_in_schema=False),
    use_handler_docstrings=True,
)


def complete_document(app: Litestar) -> None:
    """Say what Litestar cannot know: bodies take no further members, public routes need no key."""
    document = app.openapi_schema
    schemas = document.components.schemas
    for body in CLOSED_BODIES:
        schemas[body.__name__].additional_properties = False
    for route in app.routes:
        for handler in getattr(route, "route_handlers", ()):
            path = (document.paths or {}).get(route.path_format)
            if handler.opt.get("scope") == PUBLIC and path is not None and path.get is not None:
                path.get.security = [{}]
