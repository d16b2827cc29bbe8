"""The ideal customer, learned from who bought."""
