"""Who said what: statements with source, cue and content."""
