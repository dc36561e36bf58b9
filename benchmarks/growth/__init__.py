"""What one signal costs as the index grows: requests, units and our own time."""
