"""What stands around a word that speaks of a transfer: where its parties and goods are named.

By the parse: ``origins`` and ``goals`` of goods, the ``vessels`` that bring them, and the ``actors`` above
the trigger. By the order of the words, where the parse fails: ``word_order``, and the ``legs`` of a journey.
"""
