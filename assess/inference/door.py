"""The only door to experta.

Its pinned frozendict 1.2 wants `collections.Mapping`, gone since Python 3.10: the name is lent for that one
import and taken back. experta also calls `logging.basicConfig()` at import and swallows a failed import into
an empty module; both are undone or noticed here.
"""

from __future__ import annotations

import collections
import collections.abc
import logging
import sys
from typing import Any

_root = logging.getLogger()
_handlers = list(_root.handlers)
_lent = "frozendict" not in sys.modules and not hasattr(collections, "Mapping")
if _lent:
    collections.Mapping = collections.abc.Mapping  # type: ignore[attr-defined]
try:
    import frozendict  # noqa: F401
finally:
    if _lent:
        del collections.Mapping  # type: ignore[attr-defined]
import experta  # noqa: E402

for _handler in [h for h in _root.handlers if h not in _handlers]:
    _root.removeHandler(_handler)
if not hasattr(experta, "KnowledgeEngine"):
    raise ImportError("experta came up empty: its dependency frozendict could not be imported")

from experta.abstract import Matcher, Strategy  # noqa: E402
from experta.activation import Activation  # noqa: E402

Fact: Any = experta.Fact
InitialFact: Any = experta.InitialFact
Rule: Any = experta.Rule
KnowledgeEngine: Any = experta.KnowledgeEngine

__all__ = ["Activation", "Fact", "InitialFact", "KnowledgeEngine", "Matcher", "Rule", "Strategy"]
