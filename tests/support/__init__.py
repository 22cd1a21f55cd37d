"""Helpers of the tests. The judges in here are written apart from `assess.inference` on purpose: share nothing."""
