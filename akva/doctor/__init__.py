"""What may be wrong with a service where it lies: one check for each thing, and how to mend it."""
