"""Every key and every secret comparison, and nothing else."""
