# Visits to a centre: tickets, counters, halls, and the day's record.

menu-queue = Counter calls
menu-hall = Hall
centres-title = Service centres
centres-lead = Where you can go, whether it is open, and how many are waiting now.
centre-waiting = { $count ->
    [0] Nobody is waiting
    [one] One person is waiting
   *[other] { $count } people are waiting
}
centre-closed-now = Closed now
centre-open-now = Open now
centre-waits = Waiting times at { $at }
centre-wait = Wait
centre-counters = Open counters
centre-at-door = Take a ticket at the kiosk, at the reception, or with your phone at the sign by the door.
centre-no-setup = How people are served here has not been published yet.
centre-hours = Opening hours
centre-halls = What the displays show
centre-days = Was the rule kept?
centre-days-lead = The record of each day: who was called when, without a name. Anyone can check it.
wait-unknown = Not known: no counter is open for it
wait-range = { $from } to { $to } minutes
wait-range-long = { $from } to { $to }
ticket-line = What for
ticket-needs = What you need
ticket-needs-help = Choose what helps you. Nobody asks for proof.
ticket-people = How many of you come
ticket-people-help = One ticket is enough for a family.
ticket-phone = Your phone number
ticket-phone-help = We send one message when only a few are before you.
ticket-take = Take a ticket
ticket-take-at = A ticket at { $centre }
ticket-wrong-line = Choose what you come for
ticket-wrong-people = Type a number from 1 to 20
ticket-wrong-phone = Type the number with its digits, for example 0750 123 4567, or leave it blank
ticket-number = Ticket { $number }
ticket-before = { $count ->
    [0] You are next
    [one] One person is before you
   *[other] { $count } people are before you
}
ticket-yours = Your number
ticket-go = Go to counter { $counter } now
ticket-at = You are at counter { $counter }
ticket-state-waiting = Waiting
ticket-state-called = Called
ticket-state-serving = At the counter
ticket-state-parked = Sent to fetch something; the place is kept
ticket-state-missed = Called, and nobody came
ticket-state-done = Served
ticket-state-left = Given up
ticket-state-unserved = Not served today
ticket-missed-help = Go to the reception and show this number. You keep your place for a while.
ticket-unserved-help = We are sorry. Show this number next time: you come before others.
ticket-keep = Keep this page open, or come back to it with this picture.
ticket-leave-title = I no longer need this ticket
ticket-leave-lead = The place is given up and cannot be taken back.
ticket-leave = Give up the ticket
ticket-given = Ticket { $number } was given
ticket-follow = Follow it with a phone.
ticket-step-begin = They are here
ticket-step-recall = Call again
ticket-step-finish = Finished
ticket-step-park = Send to fetch something
ticket-step-miss = Nobody came
ticket-step-leave = They gave up
ticket-step-return = Is back
ticket-step-revive = Is here after all
ticket-step-transfer = Send on to another line
visit-need-wheelchair = A counter for a wheelchair
visit-need-hearing-loop = A hearing loop
visit-need-sign-language = Sign language
visit-need-women-only = A counter for women
visit-need-quiet = A quiet counter
visit-need-fetched = Somebody who fetches me: I do not see well
visit-need-cannot-wait = Waiting or standing is hard for me
visit-need-child = I have a small child with me
visit-need-reading = Help with reading and writing
visit-rate-title = How was it?
visit-rate-why = What was it about?
visit-call-back = Please call me back
visit-rated-thanks = Thank you. It was kept.
visit-score-1 = Very bad
visit-score-2 = Bad
visit-score-3 = So-so
visit-score-4 = Good
visit-score-5 = Very good
visit-reason-wait = The wait
visit-reason-courtesy = How I was spoken to
visit-reason-clarity = Whether it was clear
visit-reason-result = The result
visit-reason-asked-for-money = I was asked for money
visit-reason-access = Getting in and about
hall-title = Hall display
hall-number = Number
hall-counter = Counter
hall-waiting = Waiting
hall-stale = Last known at
hall-ticket = Your ticket by phone
hall-lines = Lines
hall-counters = Counters
hall-longest = Longest wait
hall-in-hand = At the counter
hall-close = Close the counter
hall-close-title = Close a colleague’s counter
hall-close-lead = { $name } sits at counter { $counter }. Nobody is called there any more until somebody sits down again.
hall-close-in-hand = Ticket { $number } is still in hand there. Whoever sits down at this counter next goes on with it.
hall-unattended = Nobody
hall-display = Display of { $hall }
hall-public = What everybody sees of this centre
queue-sit = Sit down at a counter
queue-stand = Leave the counter
queue-give = Give a ticket
queue-next = Call the next
queue-at-counter = Counter { $counter }
queue-came = came { $span } ago
queue-open-matter = Open the person’s matter
queue-away = Away
queue-state = Where they are
queue-waiting = Waiting for this counter
queue-nobody = Nobody is waiting.
queue-later = { $count ->
    [one] One more is waiting
   *[other] { $count } more are waiting
}
queue-since = Here for
queue-let-in = Let in first
queue-ask-let-in = Ask to let in first
queue-why = Why
queue-ask = Ask a colleague
jump-illness = Feels ill
jump-office-mistake = Our mistake cost their turn
jump-deadline = A plane, a court, a burial
jump-machine = A machine failed
jump-safety = For the safety of the hall
day-title = The record of { $day }
day-taken = Tickets
day-calls = Calls
day-passed = Calls in which a need came before somebody
day-jumps = Let in before their turn
day-not-over = The day is not over. Its whole record is published when it is closed.
day-kept = Every call was made by the published rule.
day-findings = Where the record differs from the rule
day-check = Check it yourself
day-check-lead = The file holds every event of the day and what shows that it stands unaltered in the public log. The programme scripts/check-queue-day decides the day again.
day-file = The day as a file
day-finding-gap = Turn { $turn }: an event before it is missing.
day-finding-out-of-order = Turn { $turn }: another was due ({ $numbers }).
day-finding-place-wrong = Turn { $turn }: the place does not follow from the rule ({ $numbers }).
day-finding-step-impossible = Turn { $turn }: the ticket could not do this ({ $numbers }).
day-finding-number-twice = Turn { $turn }: the number was given twice ({ $numbers }).
day-finding-line-unknown = Turn { $turn }: there is no such line ({ $numbers }).
day-finding-setup-unknown = Turn { $turn }: the published setup is missing{ $numbers }.
setup-title = How people are served here
setup-lead = Halls, lines, counters, and the rule by which people are called. It is checked before it counts, stands at once, and is named in every day’s public record.
setup-file = The file
setup-file-help = TOML; docs/centres.md describes it.
setup-publish = Check and publish
setup-fault-unreadable = Line { $place }: { $found }.
setup-fault-no-line = { $place }: there is no line{ $found }. Add at least one.
setup-fault-key = { $place }: a hall’s key has small Latin letters and hyphens only ({ $found }).
setup-fault-twice = { $place }: { $found } stands twice. Give one of them another name.
setup-fault-out-of-range = { $place }: { $found }.
setup-fault-needs-shut-out-others = { $place }: { $found }. At least one of the calls must be left to those who came earlier.
setup-fault-no-basis = { $place }: name the decision behind the rule (basis){ $found }.
setup-fault-letter = { $place }: a line’s letter is one capital Latin letter ({ $found }).
setup-fault-hall-unknown = { $place }: there is no hall { $found }.
setup-fault-name-missing = { $place }: the name in { $found } is missing.
setup-fault-unserved = { $place }: no counter serves { $found }.
setup-fault-service-twice = { $place }: { $found } is given in another line already.
setup-fault-women-only = { $place }: every counter of { $found } is for women only.
setup-fault-label = { $place }: a label has one to eight characters ({ $found }).
setup-fault-line-unknown = { $place }: there is no line { $found }.
setup-fault-direction = { $place }: the direction is left, right, ahead or upstairs ({ $found }).
message-near = Only a few are before ticket { $number }. Please come to the hall.
message-name-near = Told: nearly their turn
scope-queue-serve = Call and serve people who hold tickets
scope-queue-manage = Watch and arrange a centre’s hall
refusal-queue-closed = The centre is closed now
refusal-help-queue-closed = Tickets are given while the centre is open. Its hours stand on its page.
refusal-queue-no-setup = This centre gives no tickets yet
refusal-help-queue-no-setup = Its manager publishes first how people are served: hall, lines and counters.
refusal-queue-not-at-door = Take the ticket at the door
refusal-help-queue-not-at-door = With a phone, a ticket is taken in the centre: read today’s sign by the door again, or go to the kiosk or the reception.
refusal-queue-has-ticket = You have a ticket already
refusal-help-queue-has-ticket = Ticket { $number } still stands. Give it up before you take another.
refusal-queue-not-sitting = You sit at no counter
refusal-help-queue-not-sitting = Choose a counter first.
refusal-queue-counter-taken = The counter is taken
refusal-help-queue-counter-taken = Somebody else sits there, or you sit at another counter. Leave that one first, or choose another.
refusal-queue-still-serving = Somebody is still in hand
refusal-help-queue-still-serving = Finish with them, send them on, or note that nobody came. Then go on.
refusal-queue-nobody-waits = Nobody is waiting for you
refusal-help-queue-nobody-waits = As soon as somebody takes a ticket for one of your lines you can call them.
refusal-queue-step-impossible = The ticket stands elsewhere by now
refusal-help-queue-step-impossible = Somebody was quicker, or its holder gave it up. Open the page again.
refusal-queue-call-again-first = Call once more first
refusal-help-queue-call-again-first = The rule of this centre asks for another call before somebody is passed over: they may not have heard.
refusal-queue-not-asked = Nobody asked for this
refusal-help-queue-not-asked = One officer asks, with a reason; another lets them in.
entry-ticket-taken = Ticket taken
entry-ticket-called = Ticket called
entry-ticket-moved = Ticket went on
entry-ticket-transferred = Ticket sent to another line
entry-ticket-revived = Ticket counts again
entry-ticket-let-in = Let in before their turn
entry-ticket-let-in-asked = Letting in before the turn asked for
entry-queue-setup-changed = How people are served changed during the day
entry-queue-day-opened = Day of a centre opened
entry-queue-day-closed = Day of a centre closed
entry-centre-setup-published = How a centre serves people published
entry-counter-served = Sat down at a counter
entry-counter-left = Left a counter
entry-visit-begun = Visit begun
entry-visit-goes-on = Visit goes on
entry-visit-ended = Visit ended
entry-visit-rated = Visit rated
ticket-door = Digits at the door
ticket-door-help = The sign by the door and the display show six digits, new each day.
ticket-wrong-door = Type the six digits that the sign by the door shows today
queue-matters = What this visit is about
queue-owed = { $amount } to be paid
entry-visit-tied = Visit tied to a case
book-title = Book an appointment
book-line = What do you come for?
book-none = No appointments are given here. Come and take a ticket.
book-day = Which day?
book-left = { $count ->
    [0] Full
    [one] One place left
   *[other] { $count } places left
}
book-released = Can be booked from { $at }
book-time = Which time?
book-time-missing = Choose a time
book-kept-places = Only for those for whom waiting is hard
book-phone-help = We remind you the day before.
book-button = Book it
book-full = No time of this day can be booked any more. Choose another day.
book-refused-no-slot = There is no such time. Choose one of these.
book-refused-not-released = This day cannot be booked yet.
book-refused-closed = It is too late for this time. Choose a later one.
book-refused-full = Somebody was quicker: this time is full. Choose another.
book-refused-twice = You have an appointment at that time or on that day already.
book-refused-person-has-enough = You hold as many appointments as one person may. Give one back first.
book-refused-phone-has-enough = As many appointments as may be are booked with this phone.
book-refused-walk-in-only = You missed appointments lately. For a while you come without one and take a ticket.
book-refused-nothing-to-change = This appointment cannot be changed any more.
appointment-title = Your appointment
appointment-standing-kept = You came to it.
appointment-standing-missed = Nobody came.
appointment-standing-cancelled = It was given back.
appointment-standing-called-off = The centre is closed at that time after all. Nothing is held against you: book another time.
appointment-where = Where
appointment-code = Code
appointment-come = Come a little earlier and show this page or its code at the reception; or type the code when you take a ticket at the door.
appointment-calendar = Put it into your calendar
appointment-change = Change the time
appointment-cancel-title = I do not need it
appointment-cancel-lead = Its place is given to somebody else at once.
appointment-cancel = Give it back
ticket-appointment = Code of your appointment
ticket-appointment-help = If you have one for today. What you come for is known then.
ticket-wrong-appointment = No open appointment of today in this centre has this code. Look at it again, or leave it blank and choose what you come for.
message-appointment = Your appointment { $code } is within a day.
message-name-appointment = Reminded of an appointment
refusal-appointment-none-given = No appointments are given for this
refusal-help-appointment-none-given = Come while the centre is open and take a ticket.
refusal-appointment-does-not-fit = This appointment does not fit
refusal-help-appointment-does-not-fit = Somebody was quicker, it is not released yet, or you hold as many as you may. Go back and choose another time.
entry-appointment-booked = Appointment booked
entry-appointment-changed = Appointment changed
entry-appointment-cancelled = Appointment given back
entry-appointment-called-off = Appointment called off: the centre is closed then
entry-appointment-missed = Nobody came to an appointment
entry-appointment-reminded = Reminded of an appointment
setup-fault-offer-line = { $place }: there is no line { $found } to offer.
setup-fault-offer = { $place }: { $found }.
setup-fault-offer-unwritten = { $place }: say how appointments are given first ({ $found }).
hall-officer = Officer
ticket-look-again = Look again
help-quiet = Manager
help-heard = Noted
help-heard-coming = Noted, and seen
help-kind-emergency = Emergency
help-kind-helper = A helper is asked for
help-where-counter = counter { $label }
help-where-officer = an officer at no counter
help-where-device = machine { $label }
help-where-ticket = ticket { $label }
help-alarm = { $kind }: { $where }, since { $at }
help-alarm-coming = { $kind }: { $where }, since { $at }. { $name } is coming.
help-take = I am coming: { $where }
help-end = It is over
help-outcome = What became of it
help-outcome-missing = Choose what became of it
help-outcome-calmed = Whoever was upset is calm
help-outcome-security = Guards or the police came
help-outcome-medical = First aid or an ambulance
help-outcome-helped = A hand was lent
help-outcome-false-alarm = Nothing was the matter
tell-title = Tell everyone waiting
tell-lead = It is shown on the displays, on the pages of tickets and on the centre’s page, in every language, and sent once to those who left a phone number.
tell-reason = What to tell them
tell-reason-missing = Choose what to tell them
tell-minutes = For about how many minutes
tell-minutes-help = Leave it blank when nobody knows.
tell-minutes-wrong = Type a number from 1 to 480, or leave it blank
tell-line = To whom
tell-everyone = Everyone who waits
tell-button = Tell them
tell-untell = Take back: { $notice }
notice-name-system-late = The system is slow
notice-name-officer-absent = An officer is away
notice-name-closing-early = The centre closes early today
notice-name-evacuation-drill = Practice: everyone leaves the building
notice-name-power-cut = There is no electricity
notice-system-late = { $minutes ->
    [none] The system is slow. You will wait longer and keep your place.
   *[other] The system is slow. You will wait about { $minutes } minutes longer and keep your place.
}
message-system-late = { $minutes ->
    [none] The system is slow. You will wait longer and keep your place.
   *[other] The system is slow. You will wait about { $minutes } minutes longer and keep your place.
}
message-name-system-late = Told to those waiting: The system is slow
notice-officer-absent = { $minutes ->
    [none] An officer is away. You will wait longer and keep your place.
   *[other] An officer is away. You will wait about { $minutes } minutes longer and keep your place.
}
message-officer-absent = { $minutes ->
    [none] An officer is away. You will wait longer and keep your place.
   *[other] An officer is away. You will wait about { $minutes } minutes longer and keep your place.
}
message-name-officer-absent = Told to those waiting: An officer is away
notice-closing-early = { $minutes ->
    [none] The centre closes early today. Whoever is not served comes before others next time.
   *[other] The centre closes in about { $minutes } minutes. Whoever is not served comes before others next time.
}
message-closing-early = { $minutes ->
    [none] The centre closes early today. Whoever is not served comes before others next time.
   *[other] The centre closes in about { $minutes } minutes. Whoever is not served comes before others next time.
}
message-name-closing-early = Told to those waiting: The centre closes early today
notice-evacuation-drill = { $minutes ->
    [none] This is practice: please leave the building calmly. You keep your place.
   *[other] This is practice: please leave the building calmly. We go on in about { $minutes } minutes. You keep your place.
}
message-evacuation-drill = { $minutes ->
    [none] This is practice: please leave the building calmly. You keep your place.
   *[other] This is practice: please leave the building calmly. We go on in about { $minutes } minutes. You keep your place.
}
message-name-evacuation-drill = Told to those waiting: Practice: everyone leaves the building
notice-power-cut = { $minutes ->
    [none] There is no electricity. You will wait longer and keep your place.
   *[other] There is no electricity. We go on in about { $minutes } minutes. You keep your place.
}
message-power-cut = { $minutes ->
    [none] There is no electricity. You will wait longer and keep your place.
   *[other] There is no electricity. We go on in about { $minutes } minutes. You keep your place.
}
message-name-power-cut = Told to those waiting: There is no electricity
message-called = Ticket { $number }: please go to counter { $counter } now.
message-name-called = Told: called to a counter
queue-fetch = Fetch this person: they do not see the display.
refusal-queue-help-answered = Somebody has answered this call
refusal-help-queue-help-answered = Somebody is coming already, or it is over. Open the page again.
refusal-queue-officer-cannot-sit = This officer cannot sit at a counter now
refusal-help-queue-officer-cannot-sit = They are on leave, out of service, or do not call people. Choose somebody else.
entry-help-called = Help asked for
entry-help-taken = Somebody is coming to help
entry-help-ended = Call for help is over
entry-counter-assigned = An officer was seated at a counter
entry-waiting-told = Everyone waiting was told something
entry-waiting-untold = A message to everyone waiting was taken back
assign = Arrange
assign-title = Arrange counter { $counter }
assign-lead = Who sits there, and for which lines it calls. Whoever sits at another counter moves here. It cannot be changed while somebody is being served there.
assign-officer = Who sits there
assign-officer-missing = Choose who sits there
assign-lines = For which lines
assign-lines-help = Choose none for all of them.
forecast-title = The rest of the day
forecast-lead = { $days ->
    [0] No day like today is known yet: it is reckoned as though today went on as it began.
    [one] Reckoned from one day like today, from who came so far, and from what is booked.
   *[other] Reckoned from { $days } days like today, from who came so far, and from what is booked.
}
forecast-hour = From
forecast-come = Will come
forecast-waiting = Will wait at its end
forecast-counters = Counters needed
forecast-promise = Counters needed: so many that nobody waits longer than { $minutes } minutes. Open now: { $open }.
forecast-over = The centre opens no more today.
forecast-quiet = Nobody is expected in the rest of the day.
forecast-picture = How many will wait at the end of each hour
hall-spoken = Ticket { $number }, please go to counter { $counter }
sound-touch = Touch here once so that the display speaks
sound-title = The voice of { $hall }
sound-lead = With these recordings the display says who is called, word by word. A language speaks when all of a call’s words are there; otherwise a voice of the browser speaks it, if it truly knows the language; otherwise the display flashes in silence.
sound-none = There are no recordings in this language.
sound-all-there = Every word is there.
sound-missing-words = Missing: { $words }
sound-missing = Missing
sound-word = Word
sound-recording = Recording
signed-title = Is a ticket genuine?
signed-lead = A ticket’s picture carries what stands on it, signed. Read it with a phone and paste what stands after the # here.
signed-text = What stands after the #
signed-check = Check
signed-genuine = The ticket is genuine
signed-false = This is not a ticket of this office, or it was altered
signed-false-help = Look whether all of it was read. If it was, ask at the reception.
signed-centre = Centre
signed-day = Day
signed-number = Number
signed-came = Taken at
signed-turn = Event of the day
signed-record-agrees = The public record of that day says the same.
signed-record-differs = The public record of that day says something else.
signed-record-not-yet = The record of that day is published when the day is closed.
signed-of-ticket = Check that this ticket is genuine
message-fetched = Ticket { $number }: it is your turn, at counter { $counter }. Stay where you are: somebody comes for you.
message-name-fetched = Told: somebody comes to fetch them
