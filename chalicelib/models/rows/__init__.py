"""What lies in each table: one class per kind of row, without a table name until it is bound."""
