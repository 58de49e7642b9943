"""Pure functions on arrays, one module per institution.

Arrays are ``[trekking, gemeente, periode]``; a national array has one place on the municipal
axis, so that national and municipal arrays meet by broadcasting. The model knows no files.
"""
