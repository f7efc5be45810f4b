"""All pages as one router: looked at by people, checked before they run, no part of the OpenAPI document."""

from litestar import Router
from litestar.di import Provide

from api.authentication import PAGE
from api.pages.admin.keys import KeysPages
from api.pages.admin.rules import RulesPages
from api.pages.admin.sources import SourcesPages
from api.pages.admin.webhooks import WebhooksPages
from api.pages.assets import asset
from api.pages.budget_check.controllers import BudgetCheckPages
from api.pages.dashboard.controllers import DashboardController
from api.pages.dashboard.export_controllers import DashboardFiles
from api.pages.forms import before_page
from api.pages.mapper.controllers import MapperController
from api.pages.mapper.draft_controllers import DraftController
from api.pages.mapper.import_controllers import ImportController
from api.pages.sign_in.controllers import SignInController
from api.pages.visitors import provide_visitor

PAGES = (
    SignInController,
    MapperController,
    DraftController,
    ImportController,
    DashboardController,
    DashboardFiles,
    BudgetCheckPages,
    KeysPages,
    RulesPages,
    SourcesPages,
    WebhooksPages,
    asset,
)


def pages_router() -> Router:
    """The router of the pages."""
    return Router(
        "/",
        route_handlers=PAGES,
        dependencies={"visitor": Provide(provide_visitor)},
        before_request=before_page,
        opt={PAGE: True},
        include_in_schema=False,
    )
