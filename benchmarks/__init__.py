"""How far the program is from what the machine could do: every figure is a ratio to a bare floor.

`python -m benchmarks --json` prints both rows of samples, the ratio and the machine. A floor is one short
file in `benchmarks/floors/` that imports nothing of ours and does the same work with the same durability.
"""
