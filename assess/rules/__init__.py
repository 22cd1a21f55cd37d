"""The rule language and its one evaluator. Knows nothing of backs: leaves and atoms are opaque."""
