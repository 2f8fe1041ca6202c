def within(document, reading, cues):
    return []
