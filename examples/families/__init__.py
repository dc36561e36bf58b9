"""Synthetic Dutch families and the signals that organisations give about their children, with the truth.

Nothing here comes from a real register: names are hand-made lists, citizen service numbers pass the
eleven-test but are drawn from the unused range 8xxxxxxxx/9xxxxxxxx, addresses are composed. The same
arguments give the same bytes.
"""
