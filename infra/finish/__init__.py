"""The finishing touches of a deploy: what Chalice cannot express, each idempotent."""
