"""What is wrong with the knowledge: one audit rule a module, found by where it lies."""
