# Words on papers.

paper-number = No.
paper-issued = Issued
paper-issued-value = { $day }, { $place }
paper-valid-until = May be relied on until
paper-check = Check
paper-check-text = Scan the code, or type the address yourself. Any change to this document breaks its seal.
paper-log = Public log
paper-footer = Do not trust other addresses.
paper-training = TRAINING – NOT VALID
paper-transliterated = { $text } (transliterated)
paper-by-rule = * Spelled in Latin letters by rule, not taken from a passport.
receipt-original = ORIGINAL
receipt-copy = COPY
receipt-void = VOID
receipt-refund = GIVEN BACK
receipt-fee = Fee for the service
receipt-total = Amount
receipt-means = Paid by
receipt-cash = Cash
receipt-footer = Nobody may ask you for more than this. If someone did, call 122.
form-chosen = chosen
form-open = open
form-applicant = Applicant’s signature or mark
form-companion = Companion or witness
form-officer = Officer
form-date = Date
form-office = For the office
form-received = Received on
form-seen = Papers seen
copies-count = { $count ->
    [one] One copy
   *[other] { $count } copies
}
receipt-late-declaration = Late declaration
