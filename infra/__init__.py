"""The workshop: stages, templates, the deploy command and the embedded AWS. Nothing here ships to a function."""
