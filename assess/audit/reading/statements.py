"""What a clinician ticks: an item in statements that are right or wrong, each with its numbers in it."""

from __future__ import annotations

from collections.abc import Iterator

from assess.audit.reading.blocks import FACTS, RULE, TABLE, Block, blocks
from assess.model.knowledge import Item, KnowledgeBase
from assess.model.outline import Line, phrase


def statements(item: Item, knowledge: KnowledgeBase) -> Iterator[str]:
    """The statements of an item, one line each; where the lines of a part belong together, they stay in one."""
    for block in blocks(item, knowledge):
        yield from _of(block)
    if item.evidence:
        yield f"Evidence, grade {item.evidence.grade}: {item.evidence.note}"


def _of(block: Block) -> Iterator[str]:
    label = f"{block.label}: " if block.label else ""
    if block.form == FACTS:
        yield label + "; ".join(f"{name}: {text}" for name, text in block.rows)
    elif block.form == RULE and block.line is not None:
        yield f"{block.label}: {phrase(block.line)}"
        yield from (f"Cut-off {bound}: {who}" for who, bound in _bands(block.line))
    elif block.form == TABLE:
        for row in block.rows:
            cells = (f"{name.lower()} {cell}" for name, cell in zip(block.head, row, strict=True) if cell)
            yield f"{label}{'; '.join(cells)}"
    else:
        yield label + " ".join(text for (text,) in block.rows)


def _bands(line: Line) -> Iterator[tuple[str, str]]:
    yield from line.bands
    for part in line.parts:
        yield from _bands(part)
