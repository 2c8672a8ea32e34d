"""Services that seal a paper electronically."""
