"""Opening stores: version gate, PRAGMAs, lanes, upgrade runner."""
