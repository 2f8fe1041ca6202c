"""Source, cue and content by a small transformer (``models/attribution``), where its weights are there."""
