"""All that is known of one person, wherever it lies."""
