"""The plan as JSON, and the schema of it that ships with the package."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files
from typing import Any

from assess.model.plan import Plan, as_data


def render(plan: Plan, level_titles: dict[str, str]) -> str:
    """The JSON text, ending in a newline."""
    del level_titles
    return json.dumps(as_data(plan), ensure_ascii=False, indent=2) + "\n"


@lru_cache(maxsize=1)
def schema() -> dict[str, Any]:
    """The JSON Schema of a plan."""
    loaded: dict[str, Any] = json.loads((files("assess.export") / "plan.schema.json").read_text("utf-8"))
    return loaded


def validate(data: dict[str, Any]) -> None:
    """Raise if a plan does not fit its schema: an internal error, never the person's."""
    from jsonschema import Draft202012Validator

    Draft202012Validator(schema()).validate(json.loads(json.dumps(data)))
