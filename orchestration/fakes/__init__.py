"""Stand-ins for the tools that segments go to: real servers on this machine, with state."""
