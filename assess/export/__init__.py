"""A plan to bytes, one format a module. Nothing is imported until a format is asked for."""
