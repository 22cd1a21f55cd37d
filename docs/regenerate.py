"""Write the pages of the audit rules anew: `python docs/regenerate.py [TARGET]`. The source is their docstrings."""

from __future__ import annotations

import sys
from pathlib import Path

from assess.audit.pages import index, page
from assess.audit.registry import looked_at

HERE = Path(__file__).parent


def regenerate(target: Path) -> None:
    """Write every page and the list of them into `target/audit`; what is no rule any more goes."""
    folder = target / "audit"
    folder.mkdir(exist_ok=True)
    pages = {f"{rule.name}.md": page(rule) for rule in looked_at()} | {"README.md": index()}
    for old in set(folder.glob("*.md")) - {folder / name for name in pages}:
        old.unlink()
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    regenerate(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
