"""The command line: flags, prompters, printing. Decides nothing about backs."""
