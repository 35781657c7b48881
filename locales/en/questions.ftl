# What questions need on their page.

repeated-one = Number
repeated-add = Add another
listen = Listen to the question
person-find = Find someone else by name or number
person-family = Your family as the register knows it. Is someone missing? Go on at a centre: an officer can look for them.
person-sign-in = Only you and your family can be named here. So that we know who you are, sign in with the national wallet, or go on at any centre.
