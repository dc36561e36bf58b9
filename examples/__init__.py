"""The story that shows what the index does, and families made to order."""
