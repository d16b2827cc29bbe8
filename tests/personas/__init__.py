"""Who people are by their titles."""
