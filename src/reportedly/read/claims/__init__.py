"""From assertions to claims: what is said, whose and which ground it is, who says so and for when.

Read `claims`; whose a claim is tell `party` and `whose`, who makes it `voicing`, `otherwise` and `each_claims`. `telling` makes it
(`dating`, `plausible`, `one_event`, `alike`), and words behind it deny it: `denied_after`, `taken_back`, `answers`.
"""
