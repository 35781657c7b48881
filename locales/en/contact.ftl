# A lost or changed number.

contact-title = Lost or changed number
contact-lead = The old number ends at once, everywhere, and whoever holds it is signed out. Every case goes on with the new number.
contact-who = A number is changed only for someone whom we know for sure: otherwise whoever found your phone could do it too.
contact-again = You signed in a while ago. Sign in once more before a number is changed: someone else may sit at this device.
contact-counter = Sign in with the national wallet, or come to any centre. Papers of any kind help; two witnesses can help too.
contact-new = New phone number or e-mail
contact-no-new = No new number yet?
contact-only-end = Only end the old number now
contact-replaced = Done. The old number is ended, and the new one stands in its place.
contact-ended = Done. The old number is ended. Give us a new one when you have it, here or at any centre.
