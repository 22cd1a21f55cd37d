"""Small wrong changes of the rules, each tried on everything that is to notice it."""
