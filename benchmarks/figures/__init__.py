"""One module per figure, each with its `FIGURE`; the runner finds them."""
