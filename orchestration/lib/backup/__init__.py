"""A home copied whole to a folder, and made again from it; landing files are not in it."""
