"""Driver family: vouchers."""
