"""What a change of rule rows moves: asked before it is made, and recorded when it was published."""
