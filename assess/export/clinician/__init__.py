"""What a letter for a clinician says, in the field's terms, before it is set as text or on paper."""
