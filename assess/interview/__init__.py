"""From questions to an outcome: what to ask next, what it comes to, and the prompters at the edge."""
