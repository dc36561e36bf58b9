"""The bodies of requests and answers: form is checked here, meaning in the use cases.

Every object refuses fields it does not know (D3); no text is taken for a number or the reverse.
"""
