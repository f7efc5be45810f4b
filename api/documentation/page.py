"""``GET /api/docs``: the OpenAPI document as a page, from a package and without a CDN.

Swagger UI needs a wider policy than any other page of the service: scripts and styles of this origin, images of its
style sheet. It holds under ``/api/docs`` alone.
"""

from importlib.resources import files
from typing import Any

from litestar import Request, Response, Router, get
from litestar.datastructures import CacheControlHeader, ResponseHeader
from litestar.openapi.plugins import OpenAPIRenderPlugin
from litestar.static_files import create_static_files_router

from api.authentication import PUBLIC

PATH = "/api/docs"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
_PAGE = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>budget_sync: the service</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="{PATH}/assets/swagger-ui.css">
</head>
<body>
<main id="document"><noscript>The document itself is <a href="{PATH}/openapi.json">openapi.json</a>.</noscript></main>
<script src="{PATH}/assets/swagger-ui-bundle.js"></script>
<script src="{PATH}/start.js"></script>
</body>
</html>
"""


class DocumentPage(OpenAPIRenderPlugin):
    """The page, at the root of the documents."""

    def __init__(self) -> None:
        super().__init__(path="/")

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        """The same page for everybody; its script fetches the document."""
        del request, openapi_schema
        return _PAGE.encode()


@get("/start.js", sync_to_thread=False)
def start() -> Response[bytes]:
    """What starts the page."""
    return Response((files("api.documentation") / "start.js").read_bytes(), media_type="text/javascript")


def documents_router() -> Router:
    """Where the documents lie; nobody needs a key for them."""
    policy = ResponseHeader(name="Content-Security-Policy", value=_POLICY)
    return Router(
        PATH, route_handlers=[start], opt={"scope": PUBLIC}, include_in_schema=False, response_headers=[policy]
    )


def assets_router() -> Router:
    """The files of Swagger UI, as the package brings them."""
    return create_static_files_router(
        path=f"{PATH}/assets",
        directories=[str(files("litestar_offline_docs") / "static")],
        opt={"scope": PUBLIC},
        cache_control=CacheControlHeader(max_age=86_400, public=True),
        include_in_schema=False,
    )
