# Consent and receipts at the counter.

counter-consent-phone = Or consent by a code: their phone number
counter-consent-phone-hint = We send a code; the person reads it out to you. Leave it empty when a witness was named.
counter-choose-service = Choose a service
counter-consent-missing = Name a witness, or send a code to the person’s phone
counter-code = The code that the person reads out
consent-title = Consent
consent-for = Case { $number }: the applicant must agree that you type for them.
consent-by-code = By a code to their phone
consent-by-mark = By a mark or word before a witness
consent-record = Record the consent
consent-code-sent = A code went to { $address }.
send-code-there = Send a code there
to-desk = To the desk
receipt-print-narrow = Print the receipt
receipt-print-lead = For the receipt printer (80 mm), or any printer. The first print is the original, every further one says that it is a copy.
receipt-as-pdf = The receipt as a PDF
receipt-pdf-lead = To keep or to send. It counts as a print.
receipt-log-entry = Entry in the public log

look-why = Why do you look?
look-why-hint = Nobody is called at your counter: choose why. The person looked at can read it.
look-why-missing = Choose why you look
look-why-here = Stands here
look-why-for-them = Someone stands here for them
look-why-letter = A letter or application of theirs
look-why-authority = A court or authority asks
look-why-mend = Their entry is checked or corrected
look-why-ticket = Ticket { $ticket } ({ $for })
look-why-not-said = Nobody said why
