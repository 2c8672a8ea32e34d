"""One module with `KEEPER` for each place where an operating system keeps a secret."""
