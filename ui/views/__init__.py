"""The pages of the desk: one module for each step, named like it."""
