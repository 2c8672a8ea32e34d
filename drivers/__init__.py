"""Device drivers: they turn the world into values and know nothing of the counter."""
