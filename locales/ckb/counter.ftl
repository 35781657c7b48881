# Consent and receipts at the counter.

counter-consent-phone = یان ڕەزامەندی بە کۆد: ژمارەی تەلەفۆنی ئەو
counter-consent-phone-hint = کۆدێک دەنێرین؛ کەسەکە بۆت دەیخوێنێتەوە. ئەگەر شایەتێک ناوی هاتبێت، بەتاڵی بەجێبهێڵە.
counter-choose-service = خزمەتگوزارییەک هەڵبژێرە
counter-consent-missing = ناوی شایەتێک بنووسە، یان کۆدێک بۆ تەلەفۆنی کەسەکە بنێرە
counter-code = ئەو کۆدەی کەسەکە دەیخوێنێتەوە
consent-title = ڕەزامەندی
consent-for = داواکاریی { $number }: داواکار دەبێت ڕازی بێت کە تۆ بۆی بنووسیت.
consent-by-code = بە کۆدێک بۆ تەلەفۆنەکەی
consent-by-mark = بە نیشانە یان وشەیەک لەبەردەم شایەتێک
consent-record = ڕەزامەندییەکە تۆمار بکە
consent-code-sent = کۆدێک بۆ { $address } چوو.
send-code-there = کۆدێک بۆ ئەوێ بنێرە
to-desk = بۆ مێزی کار
receipt-print-narrow = پسووڵەکە چاپ بکە
receipt-print-lead = بۆ چاپکەری پسووڵە (٨٠ ملم) یان هەر چاپکەرێک. چاپی یەکەم ڕەسەنە، هەر یەکێکی تر دەڵێت کۆپییە.
receipt-as-pdf = پسووڵەکە وەک PDF
receipt-pdf-lead = بۆ هەڵگرتن یان ناردن. وەک چاپێک دەژمێردرێت.
receipt-log-entry = تۆمار لە لۆگی گشتیدا

look-why = بۆچی سەیر دەکەیت؟
look-why-hint = کەس بانگ نەکراوە بۆ کاونتەرەکەت: هۆکارەکە هەڵبژێرە. ئەو کەسەی سەیر دەکرێت دەتوانێت بیخوێنێتەوە.
look-why-missing = هۆکارەکە هەڵبژێرە
look-why-here = لێرە وەستاوە
look-why-for-them = کەسێک لەبری ئەو لێرە وەستاوە
look-why-letter = نامە یان داواکاری ئەو
look-why-authority = دادگا یان دەسەڵاتێک داوای دەکات
look-why-mend = تۆمارەکەی دەپشکنرێت یان ڕاست دەکرێتەوە
look-why-ticket = بلیتی { $ticket } ({ $for })
look-why-not-said = کەس نەیوتووە بۆچی
