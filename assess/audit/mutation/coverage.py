"""Which conditions the cases and stories show both ways: known true of somebody, and known false of somebody."""

from __future__ import annotations

from collections.abc import Mapping

from assess.audit.mutation.witnesses import Witnesses
from assess.audit.report import Coverage
from assess.audit.written import conditions, parts
from assess.loading.documents import Document
from assess.model.knowledge import KnowledgeBase
from assess.rules.evaluate import value


def coverage(knowledge: KnowledgeBase, documents: Mapping[tuple[str, str], Document], seen: Witnesses) -> Coverage:
    """Every condition that is written, alone or inside another, over all cases and stories."""
    count = both = 0
    evaluated = seen.over.evaluated
    found = dict(evaluated.found)
    for written in conditions(knowledge, documents):
        for _, node, _ in parts(written.raw, written.node, written.path):
            true, false = value(written.read(node), evaluated.algebra, evaluated.leaf, found)
            count += 1
            both += bool(true & seen.everybody) and bool(false & seen.everybody)
    return Coverage(count, both)
