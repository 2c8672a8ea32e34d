"""The waiting line as a pure model."""
