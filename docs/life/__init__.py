"""The life of a signal as a page, printed from the table in the code."""
