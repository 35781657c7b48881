# By telephone: text messages, menus, a person on the line, and acting for another.

channel-telephone = بە تەلەفۆن
scope-telephone-serve = خزمەتکردنی ئەوانەی تەلەفۆن دەکەن
menu-telephone = تەلەفۆن

message-text-status = { $number }: { $standing ->
    [draft] هێشتا نەنێردراوە.
    [prove-identity] وەرە بۆ کاونتەر تا ببینین کێیت.
    [pay] ڕسوومەکە نەدراوە.
    [waiting-for-applicant] شتێکی ترمان لێت دەوێت.
    [approved] پەسەند کرا. بەڵگەنامەکە وەربگرە.
    [refused] ڕەت کرایەوە. دەتوانیت تانە بدەیت.
    [fulfilled] تەواو بوو. بەڵگەنامەکە درا.
    [settled] تەواو بوو. لە تۆماردایە.
    [closed] داخراوە.
    [withdrawn] خۆت کێشاتەوە.
    [expired] کۆتایی هات چونکە وەڵام نەدرایەوە.
   *[other] فەرمانگەکە کاری لەسەر دەکات.
}
message-text-ticket = { $number }: { $standing ->
    [waiting] { $before } کەس لە پێشتن، نزیکەی { $wait } خولەک.
    [called] ئێستا بڕۆ بۆ کاونتەری { $counter }.
    [serving] لە کاونتەری { $counter }یت.
    [parked] شوێنەکەت پارێزراوە.
    [missed] بانگ کرایت. وەرە بۆ پێشوازی.
   *[other] ئەم بلیتە کۆتایی هات.
}
message-text-help = بنووسە: { $status } و ژمارەی داواکارییەکە. { $ticket }: بلیتەکەت. { $cancel } و کۆدەکە: کاتەکە دەگەڕێنێتەوە. { $revoke } و ژمارەی خۆت: کەس چیتر لە جیاتی تۆ کار ناکات.
message-text-nothing = لەم بارەیەوە هیچ بۆ ئەم تەلەفۆنە ناگوترێت. سەیری ژمارەکە بکە. { $help } وشەکان نیشان دەدات.
message-text-cancelled = کاتەکە گەڕێنرایەوە.
message-text-revoked = کۆتایی هێنرا: { $count }. ئەوەی دادگا دیاری کردووە لە کاونتەر کۆتایی دێت.
message-text-rate = سەردانەکەت چۆن بوو؟ بە یەک ژمارە وەڵام بدەوە، لە 1 (خراپ) تا 5 (باش). نرخی یەک نامەیە.
message-text-rated = سوپاس. بەبێ ناوت تۆمار کرا.
message-done-for-you = { $number }: ئەمڕۆ شتێک بە ناوی تۆ کرا. ئەگەر نەتویستووە، تەلەفۆنمان بۆ بکە یان وەرە بۆ هەر کاونتەرێک.
message-proxy-named = لە ئەمڕۆوە کەسێکی تر دەتوانێت تا { $until } لە جیاتی تۆ کار بکات. ئەگەر نەتویستووە، لە پەڕەکەت، لە کاونتەر یان بە تەلەفۆن کۆتایی پێ بهێنە.
message-proxy-ended = کەسەکە چیتر ناتوانێت لە جیاتی تۆ کار بکات.
message-name-text-status = بە نامە پرسیار کرا: دۆخ
message-name-text-ticket = بە نامە پرسیار کرا: بلیت
message-name-text-help = بە نامە پرسیار کرا: وشەکان
message-name-text-nothing = بە نامە پرسیار کرا: هیچ ناگوترێت
message-name-text-cancelled = بە نامە: کات گەڕێنرایەوە
message-name-text-revoked = بە نامە: کەس چیتر لە جیاتی کار ناکات
message-name-text-rate = پرسیار کرا: سەردانەکە چۆن بوو
message-name-text-rated = سوپاسی هەڵسەنگاندن کرا
message-name-done-for-you = ئاگادار کرایەوە: بە ناوی تۆ کرا
message-name-proxy-named = ئاگادار کرایەوە: کەسێکی تر دەتوانێت
message-name-proxy-ended = ئاگادار کرایەوە: کەسەکە چیتر ناتوانێت

ussd-status = داواکارییەکەم
ussd-ticket = بلیتەکەم ئێستا
ussd-appointment = کاتی دیاریکراو
ussd-person = قسە لەگەڵ کەسێک
ussd-back = گەڕانەوە
ussd-more = زیاتر
ussd-again = ئەمە هیچ دوگمەیەک نییە.
ussd-number = ژمارەکانی داواکارییەکەت بنووسە
ussd-nothing = بۆ ئەم تەلەفۆنە هیچ نەدۆزرایەوە. سەیری ژمارەکە بکە یان وەرە بۆ کاونتەر.
ussd-no-ticket = ئەمڕۆ هیچ بلیتێک بەم تەلەفۆنە نییە.
ussd-before = { $count } کەس لە پێشتن
ussd-counter = کاونتەری { $counter }
ussd-book = کات بگرە
ussd-cancel = کات بگەڕێنەوە
ussd-full = هیچ شوێنێک بەتاڵ نییە. بەیانی هەوڵ بدەوە.
ussd-day = ڕۆژەکە بنووسە:
ussd-time = کاتژمێرەکە بنووسە:
ussd-book-sure = { $when }؟ 1 بەڵێ
ussd-booked = گیرا: { $when }. کۆد { $code }
ussd-not-booked = نەتوانرا بگیرێت: گیراوە، یان ئەم تەلەفۆنە ئەوەندەی ڕێگەی پێ دراوە هەیەتی.
ussd-no-appointment = ئەم تەلەفۆنە هیچ کاتێکی نییە.
ussd-cancel-sure = { $when } بگەڕێنمەوە؟ 1 بەڵێ
ussd-cancelled = گەڕێنرایەوە: { $when }
ussd-person-noted = کەسێک بەم ژمارەیە تەلەفۆنت بۆ دەکات.
ussd-sent = وەڵامەکە بە نامە بۆ ئەم ژمارەیە دەنێردرێت.

telephone-lead = ئەوەی تەلەفۆن دەکات بەوەی دەیڵێت بیدۆزەرەوە. تا کۆدێک نەخوێنێتەوە تەنها زانیاری گشتی هەیە.
telephone-find = کێ تەلەفۆن دەکات
telephone-wishes = دەیانەوێت تەلەفۆنیان بۆ بکرێت
telephone-no-wishes = کەس نایەوێت تەلەفۆنی بۆ بکرێت.
telephone-wish-take = ئەوی دواتر وەربگرە
telephone-in-hand = لەبەردەستدا: { $phone }
telephone-wish-reached = وەڵامی دایەوە
telephone-wish-not-reached = کەس وەڵامی نەدایەوە
telephone-unproven = دڵنیا نیین کێ تەلەفۆن دەکات: تەنها زانیاری گشتی بدە.
telephone-proven = دڵنیابوویتەوە لەم کەسە. ئەوەی ئێستا دەیکەیت بە تەلەفۆن بە ناوی ئەو دەکرێت؛ بە نامە ئاگادار دەکرێتەوە.
telephone-send-code = کۆدێک بنێرە بۆ تەلەفۆنە پشتڕاستکراوەکەی
telephone-code-sent = کۆدەکە نێردرا. داوا بکە بۆتی بخوێنێتەوە.
telephone-no-phone = هیچ تەلەفۆنێک بۆ ئەم کەسە پشتڕاست نەکراوەتەوە. دەبێت بێتە کاونتەر؛ تەنها زانیاری گشتی بدە.
telephone-code-hint = شەش ژمارە، وەک ئەوەی تەلەفۆن دەکات دەیخوێنێتەوە
telephone-verify = کۆدەکە بپشکنە
telephone-end = تەلەفۆنەکە تەواو بوو
telephone-call-open = تەلەفۆنێک کراوەیە: هەرچی بکەیت بە تەلەفۆن دەکرێت تا کۆتایی پێ دەهێنیت.
telephone-cases = داواکارییەکانی

proxies-title = کارکردن لە جیاتی کەسێکی تر
proxies-lead = ئەوەی ڕێگەی پێ دەدەیت لە جیاتی تۆ کار بکات تەنها ئەوە دەبینێت کە هەڵیدەبژێریت، و تەنها تا ئەو ڕۆژەی هەڵیدەبژێریت. هەر کاتێک بتەوێت کۆتایی پێ دەهێنیت.
proxies-none = کەس ناتوانێت لە جیاتی تۆ کار بکات.
proxies-which = دەتەوێت کۆتایی بە کێ بهێنیت؟
proxy-end = ئێستا کۆتایی پێ بهێنە
proxy-end-of = کۆتایی بهێنە: { $name }
proxy-new = ڕێگە بە کەسێک بدە
proxy-new-lead = بۆ وەکالەت یان بڕیاری دادگا، بە بەڵگەنامەکەوە وەرە بۆ کاونتەر.
proxy-appoint = ڕێگەی پێ بدە
proxy-number = ژمارەی کەسیی ئەو
proxy-name = ناوی یەکەمی
proxy-name-hint = وەک لەسەر کارتەکەی. دەبێت ژمارە و ناو هی یەک کەس بن.
proxy-services = بۆ چی
proxy-services-hint = لە یەک تا پێنج
proxy-services-hint-officer = بە ڕەزامەندی لە یەک تا پێنج؛ بە بەڵگەنامە بە بەتاڵی بهێڵەرەوە بۆ هەموو شتێک
proxy-deeds = دەتوانێت چی بکات
proxy-deed-apply = داواکردن و وەڵامدانەوە
proxy-deed-follow = بینینی دۆخ
proxy-deed-fetch = وەرگرتنی بەڵگەنامە
proxy-deed-pay = پارەدان
proxy-until = بۆ چەند
proxy-days = { $days } ڕۆژ
proxy-basis = لەسەر چ بنەمایەک
proxy-basis-consent = ڕەزامەندی
proxy-basis-notary = وەکالەتی نووسەری دادگا
proxy-basis-judgment = بڕیاری دادگا
proxy-basis-number = ژمارەی بەڵگەنامەکە
proxy-witness = کێ شایەت بوو
proxy-every-service = هەموو شتێک
proxy-said = { $services }: { $deeds }؛ تا { $until }
proxy-said-over = { $services }: { $deeds }؛ لە { $until } تەواو بووە
proxy-wrong-number = ژمارە و ناو هی یەک کەس نین، یان ئەم کەسە ناتوانێت لە جیاتی تۆ کار بکات. سەیری هەردووکیان بکە.
proxy-wrong-services = لە یەک تا پێنج خزمەتگوزاری هەڵبژێرە
proxy-wrong-deeds = هەڵبژێرە دەتوانێت چی بکات
proxy-wrong-until = کاتێک هەڵبژێرە کە بۆ ئەم بنەمایە ڕێگەپێدراوە
proxy-wrong-basis = بنەماکە هەڵبژێرە
proxy-wrong-basis-number = ژمارەی بەڵگەنامەکە بنووسە
proxy-wrong-witness = بنووسە کێ شایەت بوو
proxy-for-title = لە جیاتی کێ کار دەکەم
proxy-for-lead = ئەوەی دواتر دەیکەیت بۆ ئەو کەسەیە کە هەڵیدەبژێریت، و بە هەردوو ناوەکەوە لە ڕۆژنامەکەدا دەمێنێتەوە.
proxy-for-which = بۆ کێ؟
proxy-for-self = بۆ خۆم
proxy-for-none = لە جیاتی کەس کار ناکەیت.
acting-for-banner = لە جیاتی { $name } کار دەکەیت.
acting-for-change = گۆڕین

refusal-proxy-not-allowed = ناتوانیت ئەمە بۆ ئەم کەسە بکەیت
refusal-help-proxy-not-allowed = ڕەزامەندییەکەی ئەمە ناگرێتەوە، یان تەواو بووە. لێی بپرسە، یان پێکەوە وەرن بۆ کاونتەر.
refusal-proxy-enough = ئەوەندەی دەکرێت کەس لە جیاتی ئەم کەسە کار دەکەن
refusal-help-proxy-enough = پێشتر کۆتایی بە یەکێکیان بهێنە.
refusal-proxy-by-court = دادگا ئەمەی بڕیار داوە
refusal-help-proxy-by-court = بە بڕیارە نوێیەکەی دادگاوە وەرە بۆ کاونتەر.
refusal-telephone-unproven = ئەمە بە تەلەفۆن ناکرێت
refusal-help-telephone-unproven = سەرەتا بە کۆدێک دڵنیا بەرەوە کێ تەلەفۆن دەکات، یان تەلەفۆنەکە کۆتایی پێ بهێنە. بەڵگەنامە تەنها لە کاونتەر دەدرێت.

entry-text-taken = وەڵامی نامە درایەوە
entry-text-refused = نامەی زۆر
entry-rating-asked = پرسیار کرا سەردانەکە چۆن بوو
entry-call-wished = دەیەوێت تەلەفۆنی بۆ بکرێت
entry-call-wish-taken = داوای تەلەفۆن وەرگیرا
entry-call-wish-settled = تەلەفۆنی بۆ کرا
entry-call-wishes-forgotten = داوای تەلەفۆنکردنی کۆن لەبیر کران
entry-proxy-appointed = کەسێکی تر دەتوانێت لە جیاتی کار بکات
entry-proxy-refused = ڕێگە بە کەسەکە نەدرا
entry-proxy-ended = کەسەکە چیتر ناتوانێت لە جیاتی کار بکات
entry-caller-code-sent = کۆد نێردرا بۆ دڵنیابوونەوە لە تەلەفۆنکەر
entry-caller-verified = دڵنیابوونەوە لە تەلەفۆنکەر
entry-call-ended = تەلەفۆنەکە تەواو بوو
