"""Pictures as SVG: pure functions of values, with the same values as a table beside each.

``routes`` draws the way on a map (``frames``: what part of the world, ``shores``: its land), ``origins``
how the reports come down to those who know first-hand (``lanes``: where each report stands), ``amounts``
the figures in order of time, ``ladder`` how far each side goes, ``descent`` how a text went from report to
report, ``histogram`` how many reports there are over time.  ``canvas`` is what they are drawn with;
``scales`` and ``lettering`` measure.

Nothing in them is styled but by attributes, each with a class beside it: a page gives the class its colour
for light and dark, and paper takes the attribute.  Text is escaped, and characters that turn the writing
direction are left out.  Equal values give equal text.
"""
