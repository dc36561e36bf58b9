"""What keeps a whole region as it should be: on a schedule, or at an operator's word."""
