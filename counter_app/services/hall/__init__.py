"""What the hall's own screens show and say: pure values and the sentences about them."""
