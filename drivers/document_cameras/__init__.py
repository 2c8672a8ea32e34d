"""Driver family: document cameras (高拍仪)."""
