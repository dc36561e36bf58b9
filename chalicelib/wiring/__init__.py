"""The one wiring place: settings and adapters put together into use cases, per function."""
