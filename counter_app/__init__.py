"""一窗 (OneWindow): the comprehensive-counter program of a medical-insurance service hall."""

__version__ = "0.1.0"
