"""The file that everybody reads."""
