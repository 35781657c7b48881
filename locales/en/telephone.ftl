# By telephone: text messages, menus, a person on the line, and acting for another.

channel-telephone = By telephone
scope-telephone-serve = Serve people who telephone
menu-telephone = Telephone

message-text-status = { $number }: { $standing ->
    [draft] not sent yet.
    [prove-identity] come to a counter so that we see who you are.
    [pay] the fee is open.
    [waiting-for-applicant] we need one thing more from you.
    [approved] approved. Fetch the paper.
    [refused] refused. You can appeal.
    [fulfilled] done. The paper was given.
    [settled] done. It is in the register.
    [closed] closed.
    [withdrawn] you took it back.
    [expired] it ended because nobody answered.
   *[other] the office is working on it.
}
message-text-ticket = { $number }: { $standing ->
    [waiting] { $before } before you, about { $wait } minutes.
    [called] go to counter { $counter } now.
    [serving] at counter { $counter }.
    [parked] your place is kept.
    [missed] you were called. Come to the reception.
   *[other] this ticket is over.
}
message-text-help = Write: { $status } and the application's number. { $ticket }: your ticket. { $cancel } and the code: gives an appointment back. { $revoke } and your own number: nobody acts for you any more.
message-text-nothing = Nothing can be said to this telephone about that. Check the number. { $help } shows the words.
message-text-cancelled = The appointment is given back.
message-text-revoked = Ended: { $count }. Whom a court named is ended at a counter.
message-text-rate = How was your visit? Answer with a digit, from 1 (bad) to 5 (good). It costs you one text message.
message-text-rated = Thank you. It was noted without your name.
message-done-for-you = { $number }: something was done in your name today. If you did not want it, telephone us or come to any counter.
message-proxy-named = From today another person may act for you until { $until }. If you did not want it, end it on your page, at a counter, or by telephone.
message-proxy-ended = Another person may not act for you any more.
message-name-text-status = Asked by text message: status
message-name-text-ticket = Asked by text message: ticket
message-name-text-help = Asked by text message: words
message-name-text-nothing = Asked by text message: nothing to say
message-name-text-cancelled = Asked by text message: appointment given back
message-name-text-revoked = Asked by text message: nobody acts any more
message-name-text-rate = Asked: how was the visit
message-name-text-rated = Thanked for the rating
message-name-done-for-you = Told: done in your name
message-name-proxy-named = Told: another may act
message-name-proxy-ended = Told: another may not act any more

ussd-status = My application
ussd-ticket = My ticket now
ussd-appointment = Appointment
ussd-person = A person, please
ussd-back = Back
ussd-more = More
ussd-again = That is none of the keys.
ussd-number = Type the digits of your application's number
ussd-nothing = Nothing found for this telephone. Check the number, or come to a counter.
ussd-no-ticket = This telephone holds no ticket today.
ussd-before = { $count } before you
ussd-counter = Counter { $counter }
ussd-book = Book one
ussd-cancel = Give one back
ussd-full = Nothing is free. Try again tomorrow.
ussd-day = Type the day:
ussd-time = Type the time:
ussd-book-sure = { $when }? 1 yes
ussd-booked = Booked: { $when }. Code { $code }
ussd-not-booked = It could not be booked: it was taken, or this telephone holds as many as it may.
ussd-no-appointment = This telephone holds no appointment.
ussd-cancel-sure = Give { $when } back? 1 yes
ussd-cancelled = Given back: { $when }
ussd-person-noted = A person will telephone you on this number.
ussd-sent = The answer is sent to this number by text message.

telephone-lead = Find whoever calls by what they say. Without a code read back there is only general information.
telephone-find = Who calls
telephone-wishes = They wish to be telephoned
telephone-no-wishes = Nobody wishes to be telephoned.
telephone-wish-take = Take the next
telephone-in-hand = In hand: { $phone }
telephone-wish-reached = They answered
telephone-wish-not-reached = Nobody answered
telephone-unproven = It is not certain who calls: give general information only.
telephone-proven = This person was made sure of. What you do now is done in their name by telephone; they are told of it by text message.
telephone-send-code = Send a code to their confirmed telephone
telephone-code-sent = The code is sent. Ask them to read it to you.
telephone-no-phone = No telephone is confirmed for this person. They must come to a counter; give general information only.
telephone-code-hint = Six digits, as the caller reads them
telephone-verify = Check the code
telephone-end = The call is over
telephone-call-open = A call is open: everything you do is done by telephone until you end it.
telephone-cases = Their applications

proxies-title = Acting for another
proxies-lead = Whom you let act for you sees only what you choose, and only until the day you choose. You can end it at any time.
proxies-none = Nobody may act for you.
proxies-which = Whom do you want to end?
proxy-end = End it now
proxy-end-of = End: { $name }
proxy-new = Let somebody act
proxy-new-lead = For a power of attorney or a judgment, come to a counter with the paper.
proxy-appoint = Let them act
proxy-number = Their personal number
proxy-name = Their given name
proxy-name-hint = As it stands on their card. Number and name must belong together.
proxy-services = For what
proxy-services-hint = From one to five
proxy-services-hint-officer = With plain consent from one to five; with a paper leave empty for everything
proxy-deeds = What they may do
proxy-deed-apply = Apply and answer
proxy-deed-follow = See how it stands
proxy-deed-fetch = Fetch papers
proxy-deed-pay = Pay
proxy-until = For how long
proxy-days = { $days } days
proxy-basis = On which ground
proxy-basis-consent = Consent
proxy-basis-notary = Power of attorney of a notary
proxy-basis-judgment = Judgment of a court
proxy-basis-number = Number of the paper
proxy-witness = Who witnessed it
proxy-every-service = everything
proxy-said = { $services }: { $deeds }; until { $until }
proxy-said-over = { $services }: { $deeds }; over since { $until }
proxy-wrong-number = Number and name do not belong together, or this person cannot act for you. Check both.
proxy-wrong-services = Choose from one to five services
proxy-wrong-deeds = Choose what they may do
proxy-wrong-until = Choose a time that is allowed for this ground
proxy-wrong-basis = Choose the ground
proxy-wrong-basis-number = Write the number of the paper
proxy-wrong-witness = Write who witnessed it
proxy-for-title = For whom I act
proxy-for-lead = What you do next is done for whoever you choose, and stands in the journal with both names.
proxy-for-which = For whom?
proxy-for-self = For myself
proxy-for-none = You act for nobody.
acting-for-banner = You act for { $name }.
acting-for-change = Change

refusal-proxy-not-allowed = You may not do this for this person
refusal-help-proxy-not-allowed = Their consent does not cover it, or it is over. Ask them, or come to a counter together.
refusal-proxy-enough = As many act for this person as can
refusal-help-proxy-enough = End one of them first.
refusal-proxy-by-court = A court ordered this
refusal-help-proxy-by-court = Come to a counter with the court's new judgment.
refusal-telephone-unproven = This cannot be done by telephone
refusal-help-telephone-unproven = Make sure of the caller by a code first, or end the call. Papers are handed over at a counter only.

entry-text-taken = Text message answered
entry-text-refused = Too many text messages
entry-rating-asked = Asked how the visit was
entry-call-wished = Wishes to be telephoned
entry-call-wish-taken = Wish to be telephoned taken in hand
entry-call-wish-settled = Telephoned
entry-call-wishes-forgotten = Wishes to be telephoned from long ago were forgotten
entry-proxy-appointed = Another may act
entry-proxy-refused = Another was not let act
entry-proxy-ended = Another may not act any more
entry-caller-code-sent = Code sent to make sure of a caller
entry-caller-verified = Caller made sure of
entry-call-ended = Call over
