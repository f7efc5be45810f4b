"""``python -m api.documentation FOLDER``: write ``openapi.json`` and ``errors.md``, as the code has them."""

import sys
import tempfile
from pathlib import Path

from api.app import create_app
from api.documentation.problem_codes import error_guide
from api.openapi import document_text
from budget_sync.settings import Settings


def write_documents(folder: Path) -> None:
    """Both documents; nothing of this machine gets into them."""
    with tempfile.TemporaryDirectory() as home:
        app = create_app(Settings(home=Path(home)))
    (folder / "openapi.json").write_text(document_text(app), encoding="utf-8")
    (folder / "errors.md").write_text(error_guide(), encoding="utf-8")


if __name__ == "__main__":
    write_documents(Path(sys.argv[1]))
