"""What makes the OpenAPI document: run when the code changes, never in a function."""
