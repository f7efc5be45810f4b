"""What the bar at the top leads to; each place is shown to those whose key opens it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """``path``: where it begins. ``text``: its name in the catalogue. ``scope``: what a key needs for it.

    ``holds``: what all of its paths begin with, where that is not ``path``.
    """

    path: str
    text: str
    scope: str
    holds: str = ""


PLACES = (
    Place("/fpa/import", "layout.places.import", "import"),
    Place("/dashboard", "layout.places.dashboard", "read"),
    Place("/budget-check", "layout.places.check", "check"),
    Place("/admin/keys", "layout.places.admin", "admin", "/admin"),
)


def is_here(place: Place, path: str) -> bool:
    """Whether a page belongs to a place."""
    held = place.holds or place.path
    return path == held or path.startswith(f"{held}/")
