"""The service as one application: routes, who may call them, how answers and errors look, what it keeps open.

In: ``Settings``. Out: a Litestar application; run it as ``uvicorn --factory api.app:create_app_from_environment``.
"""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio
from litestar import Litestar
from litestar.datastructures import State
from litestar.di import Provide

from api.approval_rules.controllers import ApprovalRulesController
from api.audit.controllers import AuditController
from api.authentication import Keyring, provide_caller, require_scope
from api.budget_check.controllers import BudgetCheckController
from api.budget_check.fast_path import FAST_CHECK
from api.budget_check.log import CheckLog, writing_checks
from api.budgets.by_hand import LinesController
from api.budgets.controllers import BudgetsController
from api.connections import Connections
from api.customers.controllers import CustomersController
from api.dashboard.controllers import DashboardController
from api.documentation.page import assets_router
from api.excel.controllers import ExcelController
from api.expiry import expiring
from api.forms import FORM_PARTS, GuardedRequest
from api.fx_rates.controllers import FxRatesController
from api.gathered_lines import GatheredLines
from api.health.controllers import HealthController
from api.imports.controllers import ImportsController
from api.imports.decisions import DecisionsController
from api.json_text import JsonResponse, MoneySchema
from api.key_uses import KeyUses, writing_uses
from api.keyring import hearing_of_changes
from api.keys.controllers import KeysController
from api.limits import limits_of
from api.logs import configure_logs
from api.metrics import metrics_port
from api.openapi import OPENAPI, complete_document
from api.pages.errors import PAGE_AWARE_HANDLERS
from api.pages.router import pages_router
from api.pages.sessions import SessionSeal
from api.pages.visitors import Visitors
from api.parameters import refuse_strange_parameters
from api.reservations.controllers import ReservationController
from api.reservations.fast_path import FAST_RESERVE
from api.reservations.gathering import Gathering
from api.response_headers import add_response_headers
from api.short_way import ShortWays
from api.sources.controllers import SourcesController
from api.sync.controllers import SyncController
from api.time_limits import TimeLimit
from api.transport import behind_proxies, cors_of
from api.undelivered import counting_undelivered
from api.value_aliases.controllers import ValueAliasesController
from api.vocabulary.controllers import VocabularyController
from api.watching import Watched
from api.webhooks.controllers import WebhooksController
from budget_sync.database import Database
from budget_sync.importing.engine import Engine
from budget_sync.settings import Settings, load_settings

PARTNERS_AT_ONCE = 4  # their servers may take a minute to answer
SHORT_WAYS = {"/api/budget/check": FAST_CHECK, "/api/budget/reserve": FAST_RESERVE}
IMPORTS_AT_ONCE = 4  # threads of their own, so that long imports never take those of short questions


def create_app(settings: Settings) -> Litestar:
    """The application; the database is opened when it starts and closed when it ends."""
    configure_logs()
    app = Litestar(
        route_handlers=[
            BudgetCheckController,
            BudgetsController,
            DashboardController,
            ExcelController,
            ImportsController,
            DecisionsController,
            SyncController,
            SourcesController,
            HealthController,
            ReservationController,
            ApprovalRulesController,
            ValueAliasesController,
            VocabularyController,
            WebhooksController,
            FxRatesController,
            pages_router(),
            assets_router(),
            KeysController,
            CustomersController,
            LinesController,
            AuditController,
        ],
        dependencies={"caller": Provide(provide_caller)},
        guards=[require_scope],
        exception_handlers=PAGE_AWARE_HANDLERS,
        before_request=refuse_strange_parameters,
        before_send=[add_response_headers],
        response_class=JsonResponse,
        lifespan=[_open_database],
        state=State({"settings": settings}),
        request_class=GuardedRequest,
        request_max_body_size=settings.upload_limit_bytes,
        multipart_form_part_limit=FORM_PARTS,
        openapi_config=OPENAPI,
        plugins=[MoneySchema()],
        logging_config=None,
        cors_config=cors_of(settings),
        middleware=[TimeLimit],
    )
    app.asgi_handler = Watched(behind_proxies(ShortWays(app.asgi_handler, SHORT_WAYS), settings))
    complete_document(app)
    return app


def create_app_from_environment() -> Litestar:
    """The application with the settings of the environment, for ``uvicorn --factory``."""
    app = create_app(load_settings())
    gc.collect()
    gc.freeze()  # what is there now stays: each look through all of it stopped every answer for 52 ms
    return app


@asynccontextmanager
async def _open_database(app: Litestar) -> AsyncIterator[None]:
    settings: Settings = app.state.settings
    database = await anyio.to_thread.run_sync(Database.open, settings)
    connections = Connections(database.app_conninfo, settings.database_connections)
    redis_url = settings.redis_url.get_secret_value() if settings.redis_url else None
    app.state.database = database
    app.state.connections = connections
    app.state.answering = GatheredLines(connections)
    app.state.gathering = Gathering(connections)
    app.state.engine = Engine(database)
    app.state.import_places = anyio.CapacityLimiter(IMPORTS_AT_ONCE)
    app.state.partner_places = anyio.CapacityLimiter(PARTNERS_AT_ONCE)
    keyring = app.state.keyring = Keyring(connections, settings.secret_bytes("key_pepper"))
    app.state.session_seal = SessionSeal(settings.secret_bytes("key_pepper"))
    app.state.visitors = Visitors(connections, app.state.session_seal)
    uses = app.state.key_uses = KeyUses(connections)
    check_log = app.state.check_log = CheckLog(connections)
    limits = app.state.limits = limits_of(settings.rate_limits, redis_url)
    try:
        async with (
            expiring(connections),
            counting_undelivered(connections),
            writing_uses(uses),
            writing_checks(check_log),
            hearing_of_changes(database.app_conninfo, keyring),
        ):
            with metrics_port(settings.metrics_host, settings.metrics_port):
                yield
    finally:
        await limits.close()
        await connections.close()
        await anyio.to_thread.run_sync(database.close)
