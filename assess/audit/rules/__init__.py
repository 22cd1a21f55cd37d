"""One rule a module: its name is the module's with hyphens, and reads well after "allow".

A module has `SEVERITY`, `NEEDS` (what must be there before it is looked at: `assess.audit.registry`), `check(context)`,
which yields problems, and `ACCEPTABLE = False` if no `accept` may silence it. Its docstring is its page: a short
statement; what it looks at, why it matters, how to mend it; and two examples, `Bad:` and `Good:`, each of whole files,
headed `# folder/name.yaml`, that a test lays over the knowledge. `docs/regenerate.py` writes the pages.
"""
