"""What a rule change moves: told before it is made, and true afterwards."""
