"""The tables of a region and the stores over them; the only room that knows PynamoDB."""
