"""What only shows once bars, gates and levels are written out as rules; circles as written are found when loading."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assess.errors import Place, Problem
from assess.inference.compile import compile_rules
from assess.rules.strata import Cycle, Undefined

if TYPE_CHECKING:
    from assess.audit.run import Context


def check(context: Context) -> Iterator[Problem]:
    """The rules as compiled, where nothing else keeps them from it."""
    if not context.runs:
        return
    try:
        compile_rules(context.base)
    except Cycle as error:
        names = " -> ".join(str(head) for head in error.heads)
        yield Problem(Place("knowledge"), "rule-cycle", f"rules lean on each other in a circle: {names}")
    except Undefined as error:
        yield Problem(Place("knowledge"), "rule-cycle", f"{error.head} reads {error.key}, which nothing concludes")
