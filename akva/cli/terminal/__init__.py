"""What every command shares: who asks and where, what is printed, how a no is said."""
