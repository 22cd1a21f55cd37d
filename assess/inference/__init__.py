"""Answers to conclusions: the compiled rules, the evaluator's leaves, experta's session, explanations."""
