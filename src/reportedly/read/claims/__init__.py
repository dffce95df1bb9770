"""From assertions to claims: what is said, whose and which ground it is, who says so and for when.

Read `claims`, then `plausible`, `whose`, `voicing`, `otherwise`, `each_claims`, `dating`, `afterwards`.
"""
