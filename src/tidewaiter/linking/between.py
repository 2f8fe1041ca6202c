def between_accounts(documents, readings, copies, rows, cues):
    return []
