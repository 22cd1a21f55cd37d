"""Frozen values: knowledge, answers, what follows from them, and the plan. No I/O, no third-party import."""
