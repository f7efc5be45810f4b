"""The pages that people use, rendered by the service: HTML that works without JavaScript, better with it.

How a page is built on this foundation:

* A folder a feature (``mapper/``, ``sign_in/``) with ``controllers.py``; its templates under ``templates/<feature>/``.
* The controller goes into ``PAGES`` in ``router.py``, names its ``opt = {"scope": ...}``, and is closed to everybody
  without a session whose key carries that scope. The API's own routes never take a session, pages never take a key.
* A handler asks for ``visitor: NamedDependency[Visitor]`` (``visitor.caller`` is the ``Caller`` of the API, then
  ``customer_name``, ``user``), calls the engine or the functions that the API's routes call, and returns
  ``page(request, "dashboard/overview.html", lines=lines)`` of ``rendering``; after a POST ``go_to("/dashboard")``.
* Every query parameter is declared by ``QueryParameter``, as in the API: others are refused.
* A template extends ``base.html``: blocks ``title``, ``content``, and ``wide`` set true where it needs the room. It
  has ``t("dashboard.title", name=...)`` (the catalogue), ``amount``, ``number``, ``percent``, ``day``, ``moment`` as
  filters of the visitor's language, ``asset("app.css")``, ``allowed("admin")``, ``visitor``, ``here`` (the path), and
  the macros of ``parts.html`` (``badge``, ``figure``, ``notice``, ``empty``, ``bar``, ``csrf``). No inline style or
  script: the content security policy forbids both. Pictures are SVG with attributes (``width="…"``), never styles.
* Every form is a POST with ``{{ parts.csrf(csrf_token) }}``; the router checks it before a handler runs. A handler
  reads ``await request.form()``. A form of an ended session is kept and sent again after the sign-in.
* Texts stand in ``catalogue/en/<area>.toml`` and ``catalogue/de/<area>.toml``, a file an area of pages; a test holds
  the languages against each other.
* Navigation is a line in ``navigation.py``. Styles go into ``static/app.css`` (variables first), behaviour into
  ``static/app.js`` as an enhancement named by a ``data-`` attribute: ``data-live`` on a form sends it on every change
  and exchanges ``<main>``; ``data-busy="…"`` on a button says what happens after the press.
* Errors raise the classes of ``budget_sync.domain.errors``: browsers get a page, programs the problem document.
"""
