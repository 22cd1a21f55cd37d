"""All figures on one page, to look at: whoever draws or signs them sees them as the person will."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from assess.figures.load import Figures
from assess.model import words
from assess.model.knowledge import Check, Exercise, KnowledgeBase, Relief

STYLE = """
body{font:14px/1.4 system-ui,sans-serif;margin:16px;color:#1c1f22;background:#fff}
main{display:flex;flex-wrap:wrap;gap:10px}figure{margin:0;border:1px solid #c9ced3;border-radius:6px;padding:8px}
figcaption{font-weight:600}figcaption small{font-weight:400;color:#565d64}.row{display:flex;gap:10px;flex-wrap:wrap}
.one{text-align:center}.one>div{margin:auto}svg{display:block}
"""
SCALE = 0.62
NAMES = re.compile("<(title|desc)>.*?</(title|desc)>")


def sheet(knowledge: KnowledgeBase, figures: Figures, only: Iterable[str] = (), *, named: bool = True) -> str:
    """One HTML page; `only` some items. Without names a stranger can be asked what each shows."""
    wanted = set(only)
    parts = []
    items = [i for i in knowledge.items() if isinstance(i, Exercise | Check | Relief) and i.id in figures.by_id]
    for number, item in enumerate((i for i in items if not wanted or i.id in wanted), 1):
        side = words.RIGHT if _sided(item) else ""
        shown = "".join(
            f'<div class="one" style="width:{max(p.width * SCALE, 120):.0f}px">'
            f'<div style="width:{p.width * SCALE:.0f}px">{p.svg if named else NAMES.sub("", p.svg)}</div>'
            f"{escape(p.says) if named else ''}</div>"
            for p in figures.pictures(item.id, side)
        )
        title = f"{escape(item.title)} <small>{item.id}{', ' + side if side else ''}</small>" if named else str(number)
        parts.append(f'<figure><figcaption>{title}</figcaption><div class="row">{shown}</div></figure>')
    body = "".join(parts)
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Figures</title>'
        f"<style>{STYLE}</style><h1>Figures</h1><main>{body}</main></html>\n"
    )


def _sided(item: Exercise | Check | Relief) -> bool:
    return getattr(item, "sides", "") == "each" or getattr(item, "sided", False)
