# Scanned ledgers: opened, keyed in page by page, compared, brought in.

menu-ledgers = Scanned ledgers
scope-register-key = Key in pages of scanned ledgers
ledgers-lead = Images of an old ledger's pages are keyed in by officers of its office. Some pages are keyed twice, by two officers, without their knowing which.
ledgers-name = Ledger
ledgers-name-hint = As the officers call it, for example “Births of Koya, 1957”
ledgers-none = No ledger was opened yet.
ledgers-waiting = Pages to key
ledgers-prefix = Before its numbers
ledgers-prefix-hint = What sets its numbers apart from those of other ledgers, for example 1957/
ledgers-sample = Share of pages keyed twice, in percent
ledgers-sample-hint = 0 to 100. Which pages these are is drawn when a page ends
ledgers-threshold = Most fields that may differ, in percent
ledgers-threshold-hint = 0 to 100, with one digit after the point. Above it all pages are keyed twice
ledgers-set = How much is keyed twice
ledgers-open = Open a ledger
ledgers-mend = Something is missing or cannot stay. Mend it below; what you typed is kept.
ledgers-mend-shares = Both shares are percentages from 0 to 100 in digits; the second may have one digit after the point.
ledgers-left = { $count ->
    [0] No page waits for you.
    [one] One page waits for you.
   *[other] { $count } pages wait for you.
}
ledgers-next = Key the next page
ledgers-page-ended = The page is done.
ledgers-differ = Where two keyings differ
ledgers-differing-fields = Fields that differ
ledgers-all-twice = { $share } of the compared fields differ, more than { $limit } %. From now on every page is keyed twice.
ledgers-in-once = { $count ->
    [one] One page went into the register before that and was keyed once. Compare its entries with the image.
   *[other] { $count } pages went into the register before that and were keyed once. Compare their entries with the images.
}
ledgers-bring-in = Bring in what is settled
ledgers-progress = How far it is
ledgers-count-waiting = Nothing keyed yet
ledgers-count-keying = Being keyed
ledgers-count-keyed = Keyed once
ledgers-count-keyed-twice = Keyed twice
ledgers-count-differing = Waiting for a decision on differences
ledgers-count-settled = Settled, not in the register
ledgers-count-in = In the register
ledgers-rate = Fields that differ
ledgers-how-many = How many
ledgers-quality = How well it is keyed
ledgers-quality-none = No page was keyed twice yet.
ledgers-compared-pages = Pages compared
ledgers-compared-fields = Fields compared
ledgers-wrong = Decided otherwise
ledgers-pages = Pages
ledgers-no-pages = No page was sent yet.
ledgers-state-waiting = Waiting
ledgers-state-keying = Being keyed
ledgers-state-again = Waiting for the second keying
ledgers-state-keying-again = Being keyed a second time
ledgers-state-differing = Differences to decide
ledgers-state-settled = Settled
ledgers-state-in = In the register
ledgers-images = Images of pages
ledgers-images-hint = JPEG or PNG, several at once, together at most 34 MB. They are numbered in the order of their names
ledgers-first-page = Number of the first page
ledgers-first-page-hint = The others count on from it
ledgers-send = Send pages
ledgers-send-missing = Choose at least one image, and write the number of the first page in digits.
ledgers-not-taken = { $file } was not taken. { $why }
ledgers-brought-in = Pages brought in: { $pages }. Entries added: { $added }. There already: { $there }. Rejected: { $rejected }. Cannot be read: { $unreadable }.
ledgers-rejected = Rejected rows stand with their page: follow “In the register” in the list, take rows and mapping, mend the rows and send them as an old book.
ledgers-still-settled = { $count ->
    [one] One settled page is left. Bring it in with the same button.
   *[other] { $count } settled pages are left. Bring them in with the same button.
}
ledgers-page-title = { $ledger }, page { $page }
ledgers-image-of = Scanned page: { $page }
ledgers-larger = Show it larger
ledgers-alone = Open the image alone
ledgers-row = Row { $row }
ledgers-row-head = Row
ledgers-row-help = Write what stands there and leave empty what does not. Dates: 14/3/1957, or 3/1957 or 1957 if no more can be read. The Enter key keeps the row.
ledgers-needed = { $field } (needed)
ledgers-unreadable-row = This row cannot be read
ledgers-unreadable-why = Why
ledgers-unreadable-hint = One word is enough: torn, water, faded. The row is then left out
ledgers-unreadable-because = Cannot be read: { $why }
ledgers-keep-row = Keep the row
ledgers-done = The page is done
ledgers-give-back = Give the page back
ledgers-kept = Rows that are kept
ledgers-mend-row = Mend row { $row }
ledgers-no-row = There is no such row
ledgers-nothing = Nothing
ledgers-unreadable = The row cannot be read
ledgers-whole-row = the whole row
ledgers-difference = Row { $row } – { $field }
ledgers-otherwise = Neither: it says
ledgers-otherwise-value = What it says
ledgers-rest = Everything that is not chosen above
ledgers-all-first = as the first value
ledgers-all-second = as the second value
ledgers-decide = Decide
ledgers-decide-help = Two officers keyed this page. Look at the image and choose what it says.
ledgers-page-and-row = { $page }, row { $row }
ledgers-hand-first = Keyed by
ledgers-hand-second = Keyed again by
ledgers-hand-decision = Differences decided by
ledgers-image-closed = The scanned page is not shown: another entry on it is protected.
books-get-mapping = Download the mapping

refusal-ledger-page-there = This page is there already
refusal-help-ledger-page-there = The same number or the same image is in a ledger of this office as page { $page }. Nothing was added.
refusal-ledger-nothing-left = No page waits for you
refusal-help-ledger-nothing-left = Every page of this ledger is keyed, in someone's hands, or was keyed by you. Come back later.
refusal-ledger-no-rows = Nothing was keyed of this page
refusal-help-ledger-no-rows = Keep at least one row. If the page is empty, say of its first row that it cannot be read, and why: empty.

entry-ledger-opened = A scanned ledger was opened
entry-ledger-page-added = A scanned page was added
entry-ledger-page-taken = A scanned page was taken in hand
entry-ledger-rows-keyed = Rows of a scanned page were keyed
entry-ledger-page-keyed = A scanned page was keyed
entry-ledger-page-given-back = A scanned page was given back
entry-ledger-page-opened = Differences of a scanned page were looked at
entry-ledger-differences-decided = Differences of a scanned page were decided
entry-ledger-keyed-twice = All pages of a ledger are keyed twice from now on
entry-ledger-set = How much of a ledger is keyed twice was set
ledgers-checks = Entries to be checked
ledgers-checks-open = Entries to be checked: { $count }
ledgers-checks-lead = These pages went in before the ledger was found to be keyed badly, and were keyed again. Compare each entry with its page. Nothing changes by itself: correct the entry, then say so here.
ledgers-checks-none = Nothing is to be checked.
ledgers-check-differs = Page { $page }, row { $row }: the entry says otherwise
ledgers-check-missing = Page { $page }, row { $row }: not in the register
ledgers-check-not-there = Page { $page }, row { $row }: not on the page, or not readable
ledgers-went-in = In the register
ledgers-decided-later = As decided later
ledgers-check-outcome = What became of it?
ledgers-check-outcome-corrected = A correction of the entry was prepared
ledgers-check-outcome-registered = The row is in the register now
ledgers-check-outcome-stands = Everything stands as it is
ledgers-check-reason = Why, or under which number
ledgers-check-reason-hint = Not needed where a correction was prepared
ledgers-check-settle = Settle this check
ledgers-check-not-so = Prepare the correction first, or say why everything stands
entry-ledger-checks-opened = Entries of a ledger to be checked were looked at
entry-ledger-check-settled = An entry of a ledger was checked
entry-ledger-entry-seen = An entry to be checked was looked at

ledgers-command-empty = No images lie there. Name a folder of JPEG or PNG files, or the files.
ledgers-command-passed-over = Files that are no scans and were passed over: { $files }
ledgers-command-no-officer = There is no officer who signs in as “{ $login }”. Name the one who answers for these pages: --officer
ledgers-command-no-ledger = There is no ledger { $ledger }.
ledgers-command-what = Name the ledger: --ledger, or --office, --kind, --name, --directorate and --record.
ledgers-command-kind = Of this kind there are no ledgers. There are: { $kinds }
ledgers-command-opened = Ledger opened: { $ledger }
ledgers-command-goes-on = It goes on with the ledger that is open: { $ledger }
ledgers-command-progress = { $done } of { $of } files
ledgers-command-wrong-type = Only JPEG and PNG are taken, one page each. Draw the pages of a PDF or TIFF out as images first.
ledgers-command-no-number = There is no number in its name.
ledgers-command-stopped = It stopped. What was added stays. Run the same command again to go on.
ledgers-command-ended = Pages added: { $added }. There already: { $there }. Rejected: { $rejected }
