"""Frozen values: the knowledge, a person's answers, what follows from them, and the plan. No I/O, no third-party import."""
