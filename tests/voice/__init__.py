"""What customers say, where their way is hard, and what the good ones have in common."""
