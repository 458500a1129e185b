"""The use cases of the log: sign a checkpoint, verify what is stored, hand out proofs and exports."""
