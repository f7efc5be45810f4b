"""Draw the pictures of the documentation that are made from the program itself: ``make pictures``.

In: ``examples/``. Out: ``images/analyze.svg``, what ``budget-sync analyze`` shows on a terminal.
"""

import io
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI

from budget_sync.cli.analysis_view import print_analysis
from budget_sync.mapping import understand
from budget_sync.reading import read_document

_HERE = Path(__file__).resolve().parent
_WIDTH = 122
# Rich's own frame loads a font from the net; this one takes what the reader's machine has.
_FRAME = """<svg viewBox="0 0 {terminal_width} {terminal_height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; \
font-size: {char_height}px; line-height: {line_height}px; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal"><rect width="{terminal_width}" height="{terminal_height}"/></clipPath>
{lines}
</defs>
<rect width="{terminal_width}" height="{terminal_height}" rx="8" fill="#272822"/>
<g transform="translate(8, 8)" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def main() -> None:
    """Draw every picture anew; the same program gives the same picture."""
    example = _HERE / "examples" / "totals_and_a_question.csv"
    analysis = understand(read_document(example.read_bytes(), example.name)).analysis
    terminal = Console(
        record=True, width=_WIDTH, file=io.StringIO(), force_terminal=True, color_system="truecolor", highlight=False
    )
    print_analysis(analysis, terminal)
    drawing = terminal.export_svg(theme=MONOKAI, code_format=_FRAME, unique_id="analyze")
    (_HERE / "images" / "analyze.svg").write_text(drawing, encoding="utf-8")


if __name__ == "__main__":
    main()
