# Messages to people. Phones are shared: they name neither event nor person.

message-subject = A message from Diwan
message-code = { $code } is your code. Tell it to nobody. It is good for ten minutes.
message-received = Your application { $number } has arrived.
message-ready = Something is ready for { $number }.
message-answer-needed = We need an answer for { $number }.
message-decided = There is a decision for { $number }.
message-invitation = You are invited to work with Diwan. Open this within three days: { $link }
message-name-code = Code
message-name-received = Told: arrived
message-name-ready = Told: ready
message-name-answer-needed = Told: an answer is needed
message-name-decided = Told: decided
message-name-invitation = Invited
message-contact-ended = This number is no longer used at Diwan. If you did not ask for this, come to any centre.
message-name-contact-ended = Told: number ended
message-subscription-paused = { $name } has not taken any events for a long time and is paused. Nothing is lost. Look at the page "Events" of the desk.
message-name-subscription-paused = Told: events paused
