"""What can be done here, as data: transaction types, regions, the condition language."""
