"""`akva serve`, `akva doctor`, `akva run`: the service as a process that others call."""
