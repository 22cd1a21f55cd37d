"""Conclusions to a plan: choose, dose, schedule, and say what was left out. Can only pick from what is eligible."""
