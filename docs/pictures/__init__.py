"""The pictures of the documentation, and the commands that draw them (``python -m docs.pictures``)."""
