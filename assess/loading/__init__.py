"""Files to values: located YAML, JSON Schema, links, the bundle, answers files."""
