"""What the use cases ask of storage and the world: protocols, and the errors they may raise."""
