"""Deciding in the app: ``asked`` reads a form as judgements, ``writer`` keeps them and builds the case
beside the desk, ``deeds`` is what the forms do, and ``offered`` says what can be decided about what a page
shows, and what was."""
