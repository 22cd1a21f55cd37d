"""Self-assessment for back and neck pain: from answers to a small corrective plan, by rules that can be read."""

__version__ = "0.1.0"
