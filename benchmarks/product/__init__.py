"""What each figure runs on our side; a floor never imports from here."""
