"""One module per deployed function, so that each loads only what it needs."""
