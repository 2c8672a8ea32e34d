"""Rules of the case format (`policy run`): inputs of a file to the arguments of a sum.

To add a rule, add it to the constant `RULES` of a module here; `policy.rule.all_rules` finds it.
"""
