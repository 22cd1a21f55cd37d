"""The knowledge as a clinician reads it: what each rule says, what leads to it, what follows."""
