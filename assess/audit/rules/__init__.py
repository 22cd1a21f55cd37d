"""One rule a module. A module has `check(context)`, which yields problems; its name is the rule's with underscores."""
