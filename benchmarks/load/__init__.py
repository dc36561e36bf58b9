"""Load on a deployed stage: a school's bulk delivery, then a steady mix; and what came of every signal."""
