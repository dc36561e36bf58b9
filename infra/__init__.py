"""The workshop: stages, templates, the deploy command, the embedded AWS. Nothing here ships to a function."""
