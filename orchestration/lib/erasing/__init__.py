"""Erases a person wherever they lie, and keeps them from coming back."""
