"""Two versions of the knowledge: which outcomes differ, for what share of answers, and one person who shows it."""
