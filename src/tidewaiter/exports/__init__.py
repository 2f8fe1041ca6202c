"""A case in the forms that other tools open: spreadsheet, maps, JSON-LD, FollowTheMoney, an archive of
captures.

Each module makes one form from values: documents, readings and the register go in, text or bytes come out.
Words shown are those of the register; where a form has a field that nobody's words fill, it stays empty.
"""
