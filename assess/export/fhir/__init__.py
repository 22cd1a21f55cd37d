"""FHIR R4, as plain data: the questions as a form, and a person's record. Only what R4 and R4B share."""
