"""The command line, one module per verb.

To add a verb, add a module here with `COMMAND = Command(...)`; `registry` finds it. A module may
import Qt, drivers or documents only inside its `run`, so that every other verb starts without them.
"""
