"""What can be done with signals: give, read, end, expire. One module per thing that can be done."""
