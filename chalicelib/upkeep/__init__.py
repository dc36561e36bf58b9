"""What runs on a schedule, so that nothing depends on a stream alone."""
