"""How a board may be laid out: every module here with a constant LAYOUT is one."""
