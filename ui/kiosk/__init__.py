"""The pages of the kiosk: every module with a constant SCREEN is one; `screens()` finds them."""
