# Visits to a centre: tickets, counters, halls, and the day's record.

menu-queue = بانگکردن بۆ کاونتەر
menu-hall = هۆڵ
centres-title = سەنتەرەکانی خزمەتگوزاری
centres-lead = دەتوانیت بچیتە کوێ، کراوەیە یان نا، و ئێستا چەند کەس چاوەڕێن.
centre-waiting = { $count ->
    [0] کەس چاوەڕێ نییە
    [one] یەک کەس چاوەڕێیە
   *[other] { $count } کەس چاوەڕێن
}
centre-closed-now = ئێستا داخراوە
centre-open-now = ئێستا کراوەیە
centre-waits = کاتی چاوەڕوانی لە { $at }
centre-wait = چاوەڕوانی
centre-counters = کاونتەرە کراوەکان
centre-at-door = بلیتێک وەربگرە لە کیۆسک، لە پێشوازی، یان بە تەلەفۆنەکەت لەو تابلۆیەی لای دەرگایە.
centre-no-setup = هێشتا بڵاو نەکراوەتەوە کە چۆن لێرە خزمەت دەکرێت.
centre-hours = کاتەکانی کردنەوە
centre-halls = ئەوەی شاشەکان پیشانی دەدەن
centre-days = ئایا ڕێساکە پابەند بوو؟
centre-days-lead = تۆماری هەر ڕۆژێک: کێ کەی بانگ کراوە، بێ ناو. هەر کەسێک دەتوانێت بیپشکنێت.
wait-unknown = نازانرێت: هیچ کاونتەرێک بۆی کراوە نییە
wait-range = { $from } تا { $to } خولەک
wait-range-long = { $from } تا { $to }
ticket-line = بۆ چی
ticket-needs = پێویستیەکانت
ticket-needs-help = ئەوەی یارمەتیت دەدات هەڵیبژێرە. کەس داوای بەڵگە ناکات.
ticket-people = چەند کەسن پێکەوە
ticket-people-help = یەک بلیت بەسە بۆ خێزانێک.
ticket-phone = ژمارەی تەلەفۆنەکەت
ticket-phone-help = کاتێک تەنها چەند کەسێک لە پێشتن، یەک نامە دەنێرین.
ticket-take = بلیت وەربگرە
ticket-take-at = بلیتێک لە { $centre }
ticket-wrong-line = هەڵبژێرە بۆ چی هاتوویت
ticket-wrong-people = ژمارەیەک لە 1 تا 20 بنووسە
ticket-wrong-phone = ژمارەکە بە ڕەنووسەکانی بنووسە، بۆ نموونە 0750 123 4567، یان بە بەتاڵی بیهێڵەوە
ticket-number = بلیتی { $number }
ticket-before = { $count ->
    [0] نۆرەی تۆیە
    [one] یەک کەس لە پێشتە
   *[other] { $count } کەس لە پێشتن
}
ticket-yours = ژمارەکەت
ticket-go = ئێستا بڕۆ بۆ کاونتەری { $counter }
ticket-at = تۆ لە کاونتەری { $counter }یت
ticket-state-waiting = چاوەڕێ
ticket-state-called = بانگ کراوە
ticket-state-serving = لە کاونتەرە
ticket-state-parked = نێردراوە شتێک بهێنێت؛ شوێنەکەی پارێزراوە
ticket-state-missed = بانگ کرا و کەس نەهات
ticket-state-done = خزمەت کرا
ticket-state-left = وازی لێ هێنرا
ticket-state-unserved = ئەمڕۆ خزمەت نەکرا
ticket-missed-help = بڕۆ بۆ پێشوازی و ئەم ژمارەیە پیشان بدە. بۆ ماوەیەک شوێنەکەت دەپارێزرێت.
ticket-unserved-help = ببوورە. جاری داهاتوو ئەم ژمارەیە پیشان بدە: پێش ئەوانی تر دەبیت.
ticket-keep = ئەم پەڕەیە بە کراوەیی بهێڵەوە، یان بەم وێنەیە بگەڕێوە سەری.
ticket-leave-title = چیتر پێویستم بەم بلیتە نییە
ticket-leave-lead = شوێنەکە دەدرێتەوە و ناگەڕێتەوە.
ticket-leave = واز لە بلیتەکە بهێنە
ticket-given = بلیتی { $number } درا
ticket-follow = بە تەلەفۆن شوێنی بکەوە.
ticket-step-begin = لێرەن
ticket-step-recall = دووبارە بانگ بکە
ticket-step-finish = تەواو
ticket-step-park = بینێرە شتێک بهێنێت
ticket-step-miss = کەس نەهات
ticket-step-leave = وازیان هێنا
ticket-step-return = گەڕاوەتەوە
ticket-step-revive = سەرەنجام لێرەیە
ticket-step-transfer = بینێرە بۆ ڕیزێکی تر
visit-need-wheelchair = کاونتەرێک بۆ کورسی چەرخدار
visit-need-hearing-loop = ئامێری یارمەتیدەری بیستن
visit-need-sign-language = زمانی ئاماژە
visit-need-women-only = کاونتەرێک بۆ ژنان
visit-need-quiet = کاونتەرێکی بێدەنگ
visit-need-fetched = کەسێک بێت بە دوامدا: باش نابینم
visit-need-cannot-wait = چاوەڕێکردن یان وەستان بۆم گرانە
visit-need-child = منداڵێکی بچووکم لەگەڵە
visit-need-reading = یارمەتی لە خوێندنەوە و نووسین
visit-rate-title = چۆن بوو؟
visit-rate-why = دەربارەی چی بوو؟
visit-call-back = تکایە پەیوەندیم پێوە بکەنەوە
visit-rated-thanks = سوپاس. پارێزرا.
visit-score-1 = زۆر خراپ
visit-score-2 = خراپ
visit-score-3 = مامسەنتەر
visit-score-4 = باش
visit-score-5 = زۆر باش
visit-reason-wait = چاوەڕوانی
visit-reason-courtesy = شێوازی قسەکردن لەگەڵم
visit-reason-clarity = ڕوونی ڕێنماییەکان
visit-reason-result = ئەنجامەکە
visit-reason-asked-for-money = داوای پارەم لێ کرا
visit-reason-access = هاتنە ژوورەوە و جووڵە
hall-title = شاشەی هۆڵ
hall-number = ژمارە
hall-counter = کاونتەر
hall-waiting = چاوەڕێ
hall-stale = دوایین زانیاری لە
hall-ticket = بلیتەکەت بە تەلەفۆن
hall-lines = ڕیزەکان
hall-counters = کاونتەرەکان
hall-longest = درێژترین چاوەڕوانی
hall-in-hand = لە کاونتەر
hall-close = کاونتەرەکە دابخە
hall-close-title = داخستنی کاونتەری هاوکارێک
hall-close-lead = { $name } لە کاونتەری { $counter } دانیشتووە. تا کەسێک دانەنیشێتەوە کەس بۆ ئەوێ بانگ ناکرێت.
hall-close-in-hand = بلیتی { $number } هێشتا لەوێ لە دەستدایە. هەرکەسێک دواتر لەم کاونتەرە دابنیشێت لەگەڵی بەردەوام دەبێت.
hall-unattended = کەس
hall-display = شاشەی { $hall }
hall-public = ئەوەی هەموو کەس لەم سەنتەرە دەیبینێت
queue-sit = لە کاونتەرێک دابنیشە
queue-stand = کاونتەرەکە بەجێ بهێڵە
queue-give = بلیت بدە
queue-next = نۆرەی داهاتوو بانگ بکە
queue-at-counter = کاونتەری { $counter }
queue-came = { $span } لەمەوپێش هاتووە
queue-open-matter = کاری کەسەکە بکەرەوە
queue-away = دوورن
queue-state = لە کوێن
queue-waiting = چاوەڕێی ئەم کاونتەرەن
queue-nobody = کەس چاوەڕێ نییە.
queue-later = { $count ->
    [one] یەک کەسی تر چاوەڕێیە
   *[other] { $count } کەسی تر چاوەڕێن
}
queue-since = لێرەیە ماوەی
queue-let-in = پێش بخە
queue-ask-let-in = داوای پێشخستن بکە
queue-why = بۆچی
queue-ask = داوا لە هاوکارێک بکە
jump-illness = نەخۆشە
jump-office-mistake = هەڵەی ئێمە نۆرەکەی لەدەست دا
jump-deadline = فڕۆکە، دادگا، ناشتن
jump-machine = ئامێرێک تێکچوو
jump-safety = بۆ سەلامەتی هۆڵەکە
day-title = تۆماری { $day }
day-taken = بلیتەکان
day-calls = بانگەکان
day-passed = ئەو بانگانەی پێویستیەک پێش کەسێک خراوە
day-jumps = پێش نۆرەیان خران
day-not-over = ڕۆژەکە تەواو نەبووە. کە داخرا، تۆمارە تەواوەکەی بڵاو دەکرێتەوە.
day-kept = هەموو بانگێک بەپێی ڕێسای بڵاوکراوە بووە.
day-findings = لە کوێ تۆمارەکە لە ڕێساکە جیایە
day-check = خۆت بیپشکنە
day-check-lead = پەڕگەکە هەموو ڕووداوێکی ڕۆژەکەی تێدایە، لەگەڵ ئەوەی دەیسەلمێنێت کە بێ گۆڕان لە تۆماری گشتیدایە. پرۆگرامی scripts/check-queue-day ڕۆژەکە دووبارە بڕیار دەدات.
day-file = ڕۆژەکە وەک پەڕگە
day-finding-gap = هەنگاوی { $turn }: ڕووداوێک پێش ئەوە نییە.
day-finding-out-of-order = هەنگاوی { $turn }: نۆرەی یەکێکی تر بوو ({ $numbers }).
day-finding-place-wrong = هەنگاوی { $turn }: شوێنەکە لە ڕێساکەوە نایەت ({ $numbers }).
day-finding-step-impossible = هەنگاوی { $turn }: بلیتەکە نەیدەتوانی ئەمە بکات ({ $numbers }).
day-finding-number-twice = هەنگاوی { $turn }: ژمارەکە دووجار درا ({ $numbers }).
day-finding-line-unknown = هەنگاوی { $turn }: ڕیزی وا نییە ({ $numbers }).
day-finding-setup-unknown = هەنگاوی { $turn }: ڕێکخستنی بڵاوکراوە نییە{ $numbers }.
setup-title = لێرە چۆن خزمەت دەکرێت
setup-lead = هۆڵ، ڕیز، کاونتەر، و ئەو ڕێسایەی پێی بانگ دەکرێن. پێش ئەوەی کاری پێ بکرێت دەپشکنرێت، دەستبەجێ کار دەکات، و لە تۆماری گشتی هەر ڕۆژێکدا ناوی دێت.
setup-file = پەڕگەکە
setup-file-help = TOML؛ docs/centres.md باسی دەکات.
setup-publish = بپشکنە و بڵاوی بکەرەوە
setup-fault-unreadable = هێڵی { $place }: { $found }.
setup-fault-no-line = { $place }: هیچ ڕیزێک نییە{ $found }. لانیکەم یەکێک زیاد بکە.
setup-fault-key = { $place }: کلیلی هۆڵ تەنها پیتی لاتینی بچووک و هێڵی هەیە ({ $found }).
setup-fault-twice = { $place }: { $found } دووجار هاتووە. ناوێکی تر بە یەکێکیان بدە.
setup-fault-out-of-range = { $place }: { $found }.
setup-fault-needs-shut-out-others = { $place }: { $found }. لانیکەم یەکێک لە بانگەکان دەبێت بۆ ئەوانە بێت کە زووتر هاتوون.
setup-fault-no-basis = { $place }: ئەو بڕیارەی لە پشت ڕێساکەیە ناوی ببە (basis){ $found }.
setup-fault-letter = { $place }: پیتی ڕیز یەک پیتی لاتینی گەورەیە ({ $found }).
setup-fault-hall-unknown = { $place }: هۆڵی { $found } نییە.
setup-fault-name-missing = { $place }: ناوەکە بە { $found } نییە.
setup-fault-unserved = { $place }: هیچ کاونتەرێک خزمەتی { $found } ناکات.
setup-fault-service-twice = { $place }: { $found } پێشتر لە ڕیزێکی تر دەدرێت.
setup-fault-women-only = { $place }: هەموو کاونتەرەکانی { $found } تەنها بۆ ژنانن.
setup-fault-label = { $place }: ناونیشان یەک تا هەشت پیتە ({ $found }).
setup-fault-line-unknown = { $place }: ڕیزی { $found } نییە.
setup-fault-direction = { $place }: ئاراستە left، right، ahead یان upstairs ـە ({ $found }).
message-near = تەنها چەند کەسێک لە پێش بلیتی { $number }ن. تکایە وەرە هۆڵەکە.
message-name-near = ئاگادار کرا: نۆرەی نزیکە
scope-queue-serve = بانگکردن و خزمەتکردنی ئەوانەی بلیتیان هەیە
scope-queue-manage = چاودێری و ڕێکخستنی هۆڵی سەنتەرێک
refusal-queue-closed = سەنتەرەکە ئێستا داخراوە
refusal-help-queue-closed = بلیت لە کاتی کراوەیی سەنتەرەکەدا دەدرێت. کاتەکانی لە پەڕەکەیدان.
refusal-queue-no-setup = ئەم سەنتەرە هێشتا بلیت نادات
refusal-help-queue-no-setup = سەرەتا بەڕێوەبەرەکەی بڵاوی دەکاتەوە چۆن خزمەت دەکرێت: هۆڵ، ڕیز و کاونتەر.
refusal-queue-not-at-door = بلیتەکە لای دەرگا وەربگرە
refusal-help-queue-not-at-door = بە تەلەفۆن، بلیت لە سەنتەرەکە وەردەگیرێت: تابلۆی ئەمڕۆی لای دەرگا دووبارە بخوێنەرەوە، یان بڕۆ بۆ کیۆسک یان پێشوازی.
refusal-queue-has-ticket = تۆ پێشتر بلیتت هەیە
refusal-help-queue-has-ticket = بلیتی { $number } هێشتا کاری پێ دەکرێت. وازی لێ بهێنە پێش ئەوەی یەکێکی تر وەربگریت.
refusal-queue-not-sitting = لە هیچ کاونتەرێک دانەنیشتوویت
refusal-help-queue-not-sitting = سەرەتا کاونتەرێک هەڵبژێرە.
refusal-queue-counter-taken = کاونتەرەکە گیراوە
refusal-help-queue-counter-taken = کەسێکی تر لەوێ دانیشتووە، یان تۆ لە کاونتەرێکی تریت. سەرەتا ئەوە بەجێ بهێڵە، یان یەکێکی تر هەڵبژێرە.
refusal-queue-still-serving = هێشتا کەسێک لە دەستدایە
refusal-help-queue-still-serving = تەواوی بکە، بینێرە شوێنێکی تر، یان تێبینی بکە کەس نەهات. پاشان بەردەوام بە.
refusal-queue-nobody-waits = کەس چاوەڕێی تۆ نییە
refusal-help-queue-nobody-waits = هەر کە کەسێک بلیتی یەکێک لە ڕیزەکانت وەربگرێت دەتوانیت بانگی بکەیت.
refusal-queue-step-impossible = بلیتەکە ئێستا لە شوێنێکی ترە
refusal-help-queue-step-impossible = کەسێک خێراتر بوو، یان خاوەنەکەی وازی لێ هێناوە. پەڕەکە دووبارە بکەرەوە.
refusal-queue-call-again-first = سەرەتا جارێکی تر بانگ بکە
refusal-help-queue-call-again-first = ڕێسای ئەم سەنتەرە داوای بانگێکی تر دەکات پێش تێپەڕاندنی کەسێک: لەوانەیە نەیبیستبێت.
refusal-queue-not-asked = کەس داوای ئەمەی نەکردووە
refusal-help-queue-not-asked = فەرمانبەرێک بە هۆکارەوە داوا دەکات؛ یەکێکی تر ڕێگەی دەدات.
entry-ticket-taken = بلیت وەرگیرا
entry-ticket-called = بلیت بانگ کرا
entry-ticket-moved = بلیت جووڵا
entry-ticket-transferred = بلیت نێردرا بۆ ڕیزێکی تر
entry-ticket-revived = بلیت دووبارە کار دەکات
entry-ticket-let-in = پێش نۆرەی خرا
entry-ticket-let-in-asked = داوای پێشخستن کرا
entry-queue-setup-changed = لە ڕۆژدا شێوازی خزمەت گۆڕا
entry-queue-day-opened = ڕۆژی سەنتەرێک کرایەوە
entry-queue-day-closed = ڕۆژی سەنتەرێک داخرا
entry-centre-setup-published = شێوازی خزمەتی سەنتەرێک بڵاو کرایەوە
entry-counter-served = لە کاونتەرێک دانیشت
entry-counter-left = کاونتەرێکی بەجێ هێشت
entry-visit-begun = سەردان دەستی پێ کرد
entry-visit-goes-on = سەردان بەردەوامە
entry-visit-ended = سەردان کۆتایی هات
entry-visit-rated = سەردان هەڵسەنگێنرا
ticket-door = ڕەنووسەکانی لای دەرگا
ticket-door-help = تابلۆی لای دەرگا و شاشەکە شەش ڕەنووس پیشان دەدەن، هەموو ڕۆژێک نوێ.
ticket-wrong-door = ئەو شەش ڕەنووسە بنووسە کە تابلۆی لای دەرگا ئەمڕۆ پیشانی دەدات
queue-matters = ئەم سەردانە دەربارەی چییە
queue-owed = { $amount } دەبێت بدرێت
entry-visit-tied = سەردان بە کارێکەوە بەسترا
book-title = کاتێک دیاری بکە
book-line = بۆ چی دێیت؟
book-none = لێرە کات دیاری ناکرێت. وەرە و بلیتێک وەربگرە.
book-day = کام ڕۆژ؟
book-left = { $count ->
    [0] پڕە
    [one] یەک شوێن ماوە
   *[other] { $count } شوێن ماون
}
book-released = لە { $at }ەوە دیاری دەکرێت
book-time = کام کات؟
book-time-missing = کاتێک هەڵبژێرە
book-kept-places = تەنها بۆ ئەوانەی چاوەڕێکردنیان بۆ گرانە
book-phone-help = ڕۆژێک پێشتر بیرت دەخەینەوە.
book-button = دیاری بکە
book-full = هیچ کاتێکی ئەم ڕۆژە نەماوە. ڕۆژێکی تر هەڵبژێرە.
book-refused-no-slot = کاتێکی وا نییە. یەکێک لەمانە هەڵبژێرە.
book-refused-not-released = هێشتا ئەم ڕۆژە دیاری ناکرێت.
book-refused-closed = بۆ ئەم کاتە درەنگە. دواتر هەڵبژێرە.
book-refused-full = کەسێک خێراتر بوو: ئەم کاتە پڕە. یەکێکی تر هەڵبژێرە.
book-refused-twice = تۆ پێشتر لەو کاتە یان لەو ڕۆژەدا کاتت هەیە.
book-refused-person-has-enough = ئەوەندە کاتت هەیە کە کەسێک دەتوانێت هەیبێت. سەرەتا یەکێکیان بگێڕەوە.
book-refused-phone-has-enough = بەم تەلەفۆنە ئەوەندە کات دیاری کراوە کە دەکرێت.
book-refused-walk-in-only = بەم دواییانە کاتەکانت لەدەست دا. بۆ ماوەیەک بێ کات وەرە و بلیت وەربگرە.
book-refused-nothing-to-change = ئەم کاتە چیتر ناگۆڕدرێت.
appointment-title = کاتی دیاریکراوت
appointment-standing-kept = بۆی هاتیت.
appointment-standing-missed = کەس نەهات.
appointment-standing-cancelled = گەڕێنرایەوە.
appointment-standing-called-off = ناوەندەکە لەو کاتەدا داخراوە. هیچت لەسەر نانووسرێت: کاتێکی تر دیاری بکە.
appointment-where = لە کوێ
appointment-code = کۆد
appointment-come = کەمێک زووتر وەرە و ئەم پەڕەیە یان کۆدەکەی لە پێشوازی پیشان بدە؛ یان کاتێک لای دەرگا بلیت وەردەگریت کۆدەکە بنووسە.
appointment-calendar = بیخەرە ناو ڕۆژژمێرەکەت
appointment-change = کاتەکە بگۆڕە
appointment-cancel-title = پێویستم پێی نییە
appointment-cancel-lead = شوێنەکەی دەستبەجێ دەدرێت بە کەسێکی تر.
appointment-cancel = بیگێڕەوە
ticket-appointment = کۆدی کاتی دیاریکراوت
ticket-appointment-help = ئەگەر بۆ ئەمڕۆ هەتە. ئەوکات دەزانرێت بۆ چی هاتوویت.
ticket-wrong-appointment = هیچ کاتێکی کراوەی ئەمڕۆ لەم سەنتەرەدا ئەم کۆدەی نییە. دووبارە سەیری بکە، یان بە بەتاڵی بیهێڵەوە و هەڵبژێرە بۆ چی هاتوویت.
message-appointment = کاتی دیاریکراوت { $code } لە ماوەی ڕۆژێکدایە.
message-name-appointment = کاتێک بیر خرایەوە
refusal-appointment-none-given = بۆ ئەمە کات دیاری ناکرێت
refusal-help-appointment-none-given = لە کاتی کراوەیی سەنتەرەکەدا وەرە و بلیت وەربگرە.
refusal-appointment-does-not-fit = ئەم کاتە ناگونجێت
refusal-help-appointment-does-not-fit = کەسێک خێراتر بوو، هێشتا بڵاو نەکراوەتەوە، یان ئەوەندەت هەیە کە دەتوانیت. بگەڕێوە و کاتێکی تر هەڵبژێرە.
entry-appointment-booked = کات دیاری کرا
entry-appointment-changed = کات گۆڕدرا
entry-appointment-cancelled = کات گەڕێنرایەوە
entry-appointment-called-off = کاتێک هەڵوەشێنرایەوە: ناوەندەکە ئەو کاتە داخراوە
entry-appointment-missed = کەس بۆ کاتێک نەهات
entry-appointment-reminded = کاتێک بیر خرایەوە
setup-fault-offer-line = { $place }: ڕیزی { $found } نییە بۆ پێشکەشکردن.
setup-fault-offer = { $place }: { $found }.
setup-fault-offer-unwritten = { $place }: سەرەتا بڵێ چۆن کات دیاری دەکرێت ({ $found }).
hall-officer = فەرمانبەر
ticket-look-again = دووبارە سەیر بکە
help-quiet = بەڕێوەبەر
help-heard = تۆمار کرا
help-heard-coming = تۆمار کرا و بینرا
help-kind-emergency = حاڵەتی کتوپڕ
help-kind-helper = داوای یارمەتیدەرێک دەکرێت
help-where-counter = کاونتەری { $label }
help-where-officer = فەرمانبەرێک کە لە هیچ کاونتەرێک نییە
help-where-device = ئامێری { $label }
help-where-ticket = بلیتی { $label }
help-alarm = { $kind }: { $where }، لە { $at }ەوە
help-alarm-coming = { $kind }: { $where }، لە { $at }ەوە. { $name } دێت.
help-take = من دێم: { $where }
help-end = کۆتایی هات
help-outcome = چی لێ هات
help-outcome-missing = هەڵبژێرە چی لێ هات
help-outcome-calmed = ئەو کەسەی تووڕە بوو هێور بووەوە
help-outcome-security = پاسەوان یان پۆلیس هاتن
help-outcome-medical = فریاگوزاریی سەرەتایی یان ئەمبولانس
help-outcome-helped = یارمەتی درا
help-outcome-false-alarm = هیچ شتێک نەبوو
tell-title = بە هەموو چاوەڕێکەران بڵێ
tell-lead = لەسەر شاشەکان، لە پەڕەی بلیتەکان و لە پەڕەی سەنتەرەکە بە هەموو زمانەکان پیشان دەدرێت، و یەکجار بۆ ئەوانە دەنێردرێت کە ژمارەی تەلەفۆنیان داوە.
tell-reason = چیان پێ بڵێین
tell-reason-missing = هەڵبژێرە چیان پێ بڵێین
tell-minutes = بۆ نزیکەی چەند خولەک
tell-minutes-help = ئەگەر کەس نازانێت بە بەتاڵی بیهێڵەوە.
tell-minutes-wrong = ژمارەیەک لە 1 تا 480 بنووسە، یان بە بەتاڵی بیهێڵەوە
tell-line = بە کێ
tell-everyone = هەموو چاوەڕێکەران
tell-button = پێیان بڵێ
tell-untell = بیکشێنەوە: { $notice }
notice-name-system-late = سیستەمەکە خاوە
notice-name-officer-absent = فەرمانبەرێک لێرە نییە
notice-name-closing-early = سەنتەرەکە ئەمڕۆ زووتر دادەخرێت
notice-name-evacuation-drill = مەشق: هەموو کەس لە بیناکە دەچنە دەرەوە
notice-name-power-cut = کارەبا نییە
notice-system-late = { $minutes ->
    [none] سیستەمەکە خاوە. زیاتر چاوەڕێ دەبیت و شوێنەکەت دەپارێزرێت.
   *[other] سیستەمەکە خاوە. نزیکەی { $minutes } خولەک زیاتر چاوەڕێ دەبیت و شوێنەکەت دەپارێزرێت.
}
message-system-late = { $minutes ->
    [none] سیستەمەکە خاوە. زیاتر چاوەڕێ دەبیت و شوێنەکەت دەپارێزرێت.
   *[other] سیستەمەکە خاوە. نزیکەی { $minutes } خولەک زیاتر چاوەڕێ دەبیت و شوێنەکەت دەپارێزرێت.
}
message-name-system-late = بە چاوەڕێکەران وترا: سیستەمەکە خاوە
notice-officer-absent = { $minutes ->
    [none] فەرمانبەرێک لێرە نییە. زیاتر چاوەڕێ دەبیت و شوێنەکەت دەپارێزرێت.
   *[other] فەرمانبەرێک لێرە نییە. نزیکەی { $minutes } خولەک زیاتر چاوەڕێ دەبیت و شوێنەکەت دەپارێزرێت.
}
message-officer-absent = { $minutes ->
    [none] فەرمانبەرێک لێرە نییە. زیاتر چاوەڕێ دەبیت و شوێنەکەت دەپارێزرێت.
   *[other] فەرمانبەرێک لێرە نییە. نزیکەی { $minutes } خولەک زیاتر چاوەڕێ دەبیت و شوێنەکەت دەپارێزرێت.
}
message-name-officer-absent = بە چاوەڕێکەران وترا: فەرمانبەرێک لێرە نییە
notice-closing-early = { $minutes ->
    [none] سەنتەرەکە ئەمڕۆ زووتر دادەخرێت. ئەوەی خزمەت نەکرێت جاری داهاتوو پێش ئەوانی تر دەبێت.
   *[other] سەنتەرەکە دوای نزیکەی { $minutes } خولەک دادەخرێت. ئەوەی خزمەت نەکرێت جاری داهاتوو پێش ئەوانی تر دەبێت.
}
message-closing-early = { $minutes ->
    [none] سەنتەرەکە ئەمڕۆ زووتر دادەخرێت. ئەوەی خزمەت نەکرێت جاری داهاتوو پێش ئەوانی تر دەبێت.
   *[other] سەنتەرەکە دوای نزیکەی { $minutes } خولەک دادەخرێت. ئەوەی خزمەت نەکرێت جاری داهاتوو پێش ئەوانی تر دەبێت.
}
message-name-closing-early = بە چاوەڕێکەران وترا: سەنتەرەکە ئەمڕۆ زووتر دادەخرێت
notice-evacuation-drill = { $minutes ->
    [none] ئەمە مەشقە: تکایە بە هێمنی لە بیناکە بڕۆنە دەرەوە. شوێنەکەت دەپارێزرێت.
   *[other] ئەمە مەشقە: تکایە بە هێمنی لە بیناکە بڕۆنە دەرەوە. دوای نزیکەی { $minutes } خولەک بەردەوام دەبین. شوێنەکەت دەپارێزرێت.
}
message-evacuation-drill = { $minutes ->
    [none] ئەمە مەشقە: تکایە بە هێمنی لە بیناکە بڕۆنە دەرەوە. شوێنەکەت دەپارێزرێت.
   *[other] ئەمە مەشقە: تکایە بە هێمنی لە بیناکە بڕۆنە دەرەوە. دوای نزیکەی { $minutes } خولەک بەردەوام دەبین. شوێنەکەت دەپارێزرێت.
}
message-name-evacuation-drill = بە چاوەڕێکەران وترا: مەشق: هەموو کەس لە بیناکە دەچنە دەرەوە
notice-power-cut = { $minutes ->
    [none] کارەبا نییە. زیاتر چاوەڕێ دەبیت و شوێنەکەت دەپارێزرێت.
   *[other] کارەبا نییە. دوای نزیکەی { $minutes } خولەک بەردەوام دەبین. شوێنەکەت دەپارێزرێت.
}
message-power-cut = { $minutes ->
    [none] کارەبا نییە. زیاتر چاوەڕێ دەبیت و شوێنەکەت دەپارێزرێت.
   *[other] کارەبا نییە. دوای نزیکەی { $minutes } خولەک بەردەوام دەبین. شوێنەکەت دەپارێزرێت.
}
message-name-power-cut = بە چاوەڕێکەران وترا: کارەبا نییە
message-called = بلیتی { $number }: تکایە ئێستا بڕۆ بۆ کاونتەری { $counter }.
message-name-called = ئاگادار کرا: بۆ کاونتەر بانگ کرا
queue-fetch = بڕۆ بە دوای ئەم کەسەدا: شاشەکە نابینێت.
refusal-queue-help-answered = کەسێک وەڵامی ئەم داواکارییەی داوەتەوە
refusal-help-queue-help-answered = کەسێک پێشتر بە ڕێوەیە، یان کۆتایی هاتووە. پەڕەکە دووبارە بکەرەوە.
refusal-queue-officer-cannot-sit = ئەم فەرمانبەرە ئێستا ناتوانێت لە کاونتەر دابنیشێت
refusal-help-queue-officer-cannot-sit = لە مۆڵەتدایە، لە خزمەتدا نییە، یان خەڵک بانگ ناکات. کەسێکی تر هەڵبژێرە.
entry-help-called = داوای یارمەتی کرا
entry-help-taken = کەسێک بۆ یارمەتی دێت
entry-help-ended = داوای یارمەتی کۆتایی هات
entry-counter-assigned = فەرمانبەرێک لە کاونتەرێک دانرا
entry-waiting-told = شتێک بە هەموو چاوەڕێکەران وترا
entry-waiting-untold = پەیامێک بۆ چاوەڕێکەران کشێنرایەوە
assign = ڕێکبخە
assign-title = ڕێکخستنی کاونتەری { $counter }
assign-lead = کێ لەوێ دادەنیشێت، و بۆ کام ڕیزەکان بانگ دەکات. ئەوەی لە کاونتەرێکی تر دانیشتووە دێتە ئێرە. کاتێک کەسێک لەوێ خزمەت دەکرێت ناگۆڕدرێت.
assign-officer = کێ لەوێ دادەنیشێت
assign-officer-missing = هەڵبژێرە کێ لەوێ دادەنیشێت
assign-lines = بۆ کام ڕیزەکان
assign-lines-help = بۆ هەموویان هیچیان هەڵمەبژێرە.
forecast-title = ئەوەی لە ڕۆژەکە ماوە
forecast-lead = { $days ->
    [0] هێشتا ڕۆژێکی وەک ئەمڕۆ نەزانراوە: وا دادەنرێت کە ئەمڕۆ وەک دەستپێکی بەردەوام دەبێت.
    [one] لە یەک ڕۆژی وەک ئەمڕۆ، لەوانەی تا ئێستا هاتوون، و لە کاتە دیاریکراوەکان لێکدراوەتەوە.
   *[other] لە { $days } ڕۆژی وەک ئەمڕۆ، لەوانەی تا ئێستا هاتوون، و لە کاتە دیاریکراوەکان لێکدراوەتەوە.
}
forecast-hour = لە
forecast-come = دێن
forecast-waiting = لە کۆتاییدا چاوەڕێ دەبن
forecast-counters = کاونتەری پێویست
forecast-promise = کاونتەری پێویست: ئەوەندە کە کەس لە { $minutes } خولەک زیاتر چاوەڕێ نەبێت. ئێستا کراوە: { $open }.
forecast-over = سەنتەرەکە ئەمڕۆ چیتر ناکرێتەوە.
forecast-quiet = لەوەی ماوە لە ڕۆژەکە چاوەڕێی کەس ناکرێت.
forecast-picture = لە کۆتایی هەر کاتژمێرێکدا چەند کەس چاوەڕێ دەبن
hall-spoken = بلیتی { $number }، تکایە بڕۆ بۆ کاونتەری { $counter }
sound-touch = یەکجار لێرە دەست بدە بۆ ئەوەی شاشەکە قسە بکات
sound-title = دەنگی { $hall }
sound-lead = بەم تۆمارانە شاشەکە دەڵێت کێ بانگ دەکرێت، وشە بە وشە. زمانێک قسە دەکات کە هەموو وشەکانی بانگەکە هەبن؛ ئەگەرنا دەنگێکی وێبگەڕ دەیڵێت، ئەگەر بەڕاستی زمانەکە بزانێت؛ ئەگەرنا شاشەکە بە بێدەنگی دەدرەوشێتەوە.
sound-none = بەم زمانە هیچ تۆمارێکی دەنگی نییە.
sound-all-there = هەموو وشەکان هەن.
sound-missing-words = ئەمانە نین: { $words }
sound-missing = نییە
sound-word = وشە
sound-recording = تۆماری دەنگ
signed-title = ئایا بلیتێک ڕاستەقینەیە؟
signed-lead = وێنەی بلیتەکە ئەوەی لەسەریەتی بە واژووکراوی هەڵگرتووە. بە تەلەفۆن بیخوێنەرەوە و ئەوەی دوای # هاتووە لێرە دابنێ.
signed-text = ئەوەی دوای # هاتووە
signed-check = بیپشکنە
signed-genuine = بلیتەکە ڕاستەقینەیە
signed-false = ئەمە بلیتی ئەم فەرمانگەیە نییە، یان گۆڕدراوە
signed-false-help = سەیر بکە هەمووی خوێنراوەتەوە. ئەگەر خوێنراوەتەوە، لە پێشوازی بپرسە.
signed-centre = سەنتەر
signed-day = ڕۆژ
signed-number = ژمارە
signed-came = وەرگیراوە لە
signed-turn = ڕووداوی ڕۆژەکە
signed-record-agrees = تۆماری گشتیی ئەو ڕۆژە هەمان شت دەڵێت.
signed-record-differs = تۆماری گشتیی ئەو ڕۆژە شتێکی تر دەڵێت.
signed-record-not-yet = تۆماری ئەو ڕۆژە کاتێک بڵاو دەکرێتەوە کە ڕۆژەکە داخرا.
signed-of-ticket = بپشکنە کە ئەم بلیتە ڕاستەقینەیە
message-fetched = بلیتی { $number }: نۆرەی تۆیە، لە کاونتەری { $counter }. لە شوێنی خۆت بمێنەوە: کەسێک دێت بە دواتدا.
message-name-fetched = ئاگادار کرا: کەسێک دێت بە دوایدا
