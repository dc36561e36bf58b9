"""What can be done with organisations: register, change, give tokens; and the excluded addresses."""
