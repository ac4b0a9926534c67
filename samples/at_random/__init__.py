"""Whole papers drawn at random, in layouts that nobody has listed, with their exact truth.

A paper is a function of a seed and of `Choices`, which the seed draws too; every choice is named and independent of the
others, so that what a reader fails on can be told by choice and shrunk to the few that matter:

    chosen = drawn(seed)                      # or chosen_as(rules="none", codes="steps")
    paper, layout = random_paper(seed, chosen)
    truth = typeset(paper, layout, path)

    choices, drawing ─▶ books (units, carried money, economic codes) ─▶ wording ─▶ forms_* ─▶ composing
"""

from samples.at_random.choices import CHOICES, Chosen, chosen_as, drawn, simpler
from samples.at_random.composing import random_paper

__all__ = ["CHOICES", "Chosen", "chosen_as", "drawn", "random_paper", "simpler"]
