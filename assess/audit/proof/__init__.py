"""Proofs over all answers there can be: a decision diagram under the one evaluator, and what is asked of it."""
