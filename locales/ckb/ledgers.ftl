# دەفتەرە سکانکراوەکان: کردنەوە، نووسینەوە لاپەڕە بە لاپەڕە، بەراورد، هێنان.

menu-ledgers = دەفتەرە سکانکراوەکان
scope-register-key = نووسینەوەی لاپەڕەی دەفتەرە سکانکراوەکان
ledgers-lead = وێنەی لاپەڕەکانی دەفتەرێکی کۆن لەلایەن فەرمانبەرانی فەرمانگەکەیەوە دەنووسرێنەوە. هەندێک لاپەڕە دوو جار دەنووسرێنەوە، لەلایەن دوو فەرمانبەرەوە، بەبێ ئەوەی بزانن کامانەن.
ledgers-name = دەفتەر
ledgers-name-hint = وەک فەرمانبەران ناوی دەبەن، بۆ نموونە «لەدایکبووانی کۆیە، ١٩٥٧»
ledgers-none = هێشتا هیچ دەفتەرێک نەکراوەتەوە.
ledgers-waiting = لاپەڕەی ماوە بۆ نووسینەوە
ledgers-prefix = لەپێش ژمارەکانی
ledgers-prefix-hint = ئەوەی ژمارەکانی لە هی دەفتەرەکانی تر جیا دەکاتەوە، بۆ نموونە 1957/
ledgers-sample = ڕێژەی لاپەڕەکان کە دوو جار دەنووسرێنەوە، بە سەدی
ledgers-sample-hint = لە ٠ تا ١٠٠. کام لاپەڕانەن لە کۆتایی لاپەڕەدا بە تیروپشک دیاری دەکرێت
ledgers-threshold = زۆرترین ڕێژەی خانەی جیاواز، بە سەدی
ledgers-threshold-hint = لە ٠ تا ١٠٠، لەگەڵ یەک ژمارە لەدوای خاڵ. لەسەرووی ئەوە هەموو لاپەڕەکان دوو جار دەنووسرێنەوە
ledgers-set = چەند دوو جار دەنووسرێتەوە
ledgers-open = دەفتەرێک بکەرەوە
ledgers-mend = شتێک کەمە یان نابێت وا بمێنێتەوە. لە خوارەوە چاکی بکە؛ ئەوەی نووسیوتە ماوە.
ledgers-mend-shares = هەردوو ڕێژەکە سەدین لە ٠ تا ١٠٠ بە ژمارە؛ دووەم دەتوانێت یەک ژمارەی لەدوای خاڵ هەبێت.
ledgers-left = { $count ->
    [0] هیچ لاپەڕەیەک چاوەڕێی تۆ ناکات.
    [one] یەک لاپەڕە چاوەڕێی تۆیە.
   *[other] { $count } لاپەڕە چاوەڕێی تۆن.
}
ledgers-next = لاپەڕەی داهاتوو بنووسەوە
ledgers-page-ended = لاپەڕەکە تەواو بوو.
ledgers-differ = شوێنی جیاوازی دوو نووسینەوە
ledgers-differing-fields = خانە جیاوازەکان
ledgers-all-twice = { $share }ی خانە بەراوردکراوەکان جیاوازن، زیاتر لە { $limit } ٪. لەمەودوا هەموو لاپەڕەیەک دوو جار دەنووسرێتەوە.
ledgers-in-once = { $count ->
    [one] یەک لاپەڕە پێش ئەوە چووە ناو تۆمارگە و یەک جار نووسرابووەوە. تۆمارەکانی لەگەڵ وێنەکە بەراورد بکە.
   *[other] { $count } لاپەڕە پێش ئەوە چوونە ناو تۆمارگە و یەک جار نووسرابوونەوە. تۆمارەکانیان لەگەڵ وێنەکان بەراورد بکە.
}
ledgers-bring-in = ئەوەی یەکلا بووەتەوە بیهێنە
ledgers-progress = تا کوێ گەیشتووە
ledgers-count-waiting = هێشتا هیچی نەنووسراوەتەوە
ledgers-count-keying = دەنووسرێتەوە
ledgers-count-keyed = یەک جار نووسراوەتەوە
ledgers-count-keyed-twice = دوو جار نووسراوەتەوە
ledgers-count-differing = چاوەڕێی بڕیار لەسەر جیاوازییەکان
ledgers-count-settled = یەکلابووەوە، نەچووەتە تۆمارگە
ledgers-count-in = لە تۆمارگەدا
ledgers-rate = خانە جیاوازەکان
ledgers-how-many = چەند
ledgers-quality = چەند باش نووسراوەتەوە
ledgers-quality-none = هێشتا هیچ لاپەڕەیەک دوو جار نەنووسراوەتەوە.
ledgers-compared-pages = لاپەڕە بەراوردکراوەکان
ledgers-compared-fields = خانە بەراوردکراوەکان
ledgers-wrong = بە شێوەیەکی تر بڕیار درا
ledgers-pages = لاپەڕەکان
ledgers-no-pages = هێشتا هیچ لاپەڕەیەک نەنێردراوە.
ledgers-state-waiting = چاوەڕێیە
ledgers-state-keying = دەنووسرێتەوە
ledgers-state-again = چاوەڕێی نووسینەوەی دووەم
ledgers-state-keying-again = جاری دووەم دەنووسرێتەوە
ledgers-state-differing = جیاوازی هەیە بۆ بڕیار
ledgers-state-settled = یەکلابووەوە
ledgers-state-in = لە تۆمارگەدا
ledgers-images = وێنەی لاپەڕەکان
ledgers-images-hint = JPEG یان PNG، چەند دانەیەک پێکەوە، هەموویان زۆرترین ٣٤ MB. بە ڕیزی ناوەکانیان ژمارە دەدرێن
ledgers-first-page = ژمارەی یەکەم لاپەڕە
ledgers-first-page-hint = ئەوانی تر لەوەوە بەردەوام دەبن
ledgers-send = لاپەڕە بنێرە
ledgers-send-missing = لانیکەم یەک وێنە هەڵبژێرە و ژمارەی یەکەم لاپەڕە بە ژمارە بنووسە.
ledgers-not-taken = { $file } وەرنەگیرا. { $why }
ledgers-brought-in = لاپەڕەی هێنراو: { $pages }. تۆماری زیادکراو: { $added }. پێشتر هەبوو: { $there }. ڕەتکراوە: { $rejected }. ناخوێنرێتەوە: { $unreadable }.
ledgers-rejected = ڕیزە ڕەتکراوەکان لەگەڵ لاپەڕەکەیانن: لە لیستەکەدا «لە تۆمارگەدا» بکەرەوە، ڕیزەکان و نەخشەکە وەربگرە، ڕیزەکان چاک بکە و وەک دەفتەرێکی کۆن بیاننێرە.
ledgers-still-settled = { $count ->
    [one] یەک لاپەڕەی یەکلابووەوە ماوە. بە هەمان دوگمە بیهێنە.
   *[other] { $count } لاپەڕەی یەکلابووەوە ماون. بە هەمان دوگمە بیانهێنە.
}
ledgers-page-title = { $ledger }، لاپەڕەی { $page }
ledgers-image-of = لاپەڕەی سکانکراو: { $page }
ledgers-larger = گەورەتر پیشانی بدە
ledgers-alone = وێنەکە بە تەنها بکەرەوە
ledgers-row = ڕیزی { $row }
ledgers-row-head = ڕیز
ledgers-row-help = ئەوەی لەوێ نووسراوە بینووسە و ئەوەی نییە بەتاڵی بهێڵە. ڕێکەوت: 14/3/1957، یان 3/1957 یان 1957 ئەگەر زیاتر نەخوێنرایەوە. دوگمەی Enter ڕیزەکە هەڵدەگرێت.
ledgers-needed = { $field } (پێویستە)
ledgers-unreadable-row = ئەم ڕیزە ناخوێنرێتەوە
ledgers-unreadable-why = بۆچی
ledgers-unreadable-hint = یەک وشە بەسە: دڕاو، ئاو، کاڵبووەوە. ئەوسا ڕیزەکە بەجێ دەهێڵرێت
ledgers-unreadable-because = ناخوێنرێتەوە: { $why }
ledgers-keep-row = ڕیزەکە هەڵبگرە
ledgers-done = لاپەڕەکە تەواوە
ledgers-give-back = لاپەڕەکە بگەڕێنەوە
ledgers-kept = ڕیزە هەڵگیراوەکان
ledgers-mend-row = ڕیزی { $row } چاک بکە
ledgers-no-row = ڕیزێکی وا نییە
ledgers-nothing = هیچ
ledgers-unreadable = ڕیزەکە ناخوێنرێتەوە
ledgers-whole-row = هەموو ڕیزەکە
ledgers-difference = ڕیزی { $row } – { $field }
ledgers-otherwise = هیچیان: ئەوەی تێیدایە
ledgers-otherwise-value = ئەوەی تێیدا نووسراوە
ledgers-rest = هەموو ئەوەی لە سەرەوە هەڵنەبژێردراوە
ledgers-all-first = وەک نرخی یەکەم
ledgers-all-second = وەک نرخی دووەم
ledgers-decide = بڕیار بدە
ledgers-decide-help = دوو فەرمانبەر ئەم لاپەڕەیەیان نووسیوەتەوە. سەیری وێنەکە بکە و ئەوە هەڵبژێرە کە تێیدا نووسراوە.
ledgers-page-and-row = { $page }، ڕیزی { $row }
ledgers-hand-first = نووسەرەوەی یەکەم
ledgers-hand-second = نووسەرەوەی دووەم
ledgers-hand-decision = بڕیاردەر لەسەر جیاوازییەکان
ledgers-image-closed = لاپەڕە سکانکراوەکە پیشان نادرێت: تۆمارێکی تری سەری پارێزراوە.
books-get-mapping = نەخشەکە دابەزێنە

refusal-ledger-page-there = ئەم لاپەڕەیە پێشتر هەیە
refusal-help-ledger-page-there = هەمان ژمارە یان هەمان وێنە لە دەفتەرێکی ئەم فەرمانگەیەدا وەک لاپەڕەی { $page } هەیە. هیچ زیاد نەکرا.
refusal-ledger-nothing-left = هیچ لاپەڕەیەک چاوەڕێی تۆ ناکات
refusal-help-ledger-nothing-left = هەموو لاپەڕەکانی ئەم دەفتەرە نووسراونەتەوە، یان لە دەستی کەسێکدان، یان پێشتر لە دەستی تۆدا بوون. دواتر بگەڕێوە.
refusal-ledger-no-rows = هیچی ئەم لاپەڕەیە نەنووسراوەتەوە
refusal-help-ledger-no-rows = لانیکەم یەک ڕیز هەڵبگرە. ئەگەر لاپەڕەکە بەتاڵە، بڵێ ڕیزی یەکەمی ناخوێنرێتەوە، و بۆچی: بەتاڵ.

entry-ledger-opened = دەفتەرێکی سکانکراو کرایەوە
entry-ledger-page-added = لاپەڕەیەکی سکانکراو زیاد کرا
entry-ledger-page-taken = لاپەڕەیەکی سکانکراو بە دەستەوە گیرا
entry-ledger-rows-keyed = ڕیزی لاپەڕەیەکی سکانکراو نووسرانەوە
entry-ledger-page-keyed = لاپەڕەیەکی سکانکراو نووسرایەوە
entry-ledger-page-given-back = لاپەڕەیەکی سکانکراو گەڕێنرایەوە
entry-ledger-page-opened = سەیری جیاوازییەکانی لاپەڕەیەکی سکانکراو کرا
entry-ledger-differences-decided = بڕیار لەسەر جیاوازییەکانی لاپەڕەیەکی سکانکراو درا
entry-ledger-keyed-twice = لەمەودوا هەموو لاپەڕەکانی دەفتەرێک دوو جار دەنووسرێنەوە
entry-ledger-set = دیاری کرا چەندی دەفتەرێک دوو جار دەنووسرێتەوە
ledgers-checks = ئەو تۆمارانەی دەبێت بپشکنرێن
ledgers-checks-open = ئەو تۆمارانەی دەبێت بپشکنرێن: { $count }
ledgers-checks-lead = ئەم لاپەڕانە پێش ئەوەی دەربکەوێت دەفتەرەکە خراپ نووسراوە چوونەتە تۆمارەوە، و دووبارە نووسرانەوە. هەر تۆمارێک لەگەڵ لاپەڕەکەی بەراورد بکە. هیچ شتێک خۆی ناگۆڕێت: تۆمارەکە ڕاست بکەرەوە، پاشان لێرە بیڵێ.
ledgers-checks-none = هیچ نییە بپشکنرێت.
ledgers-check-differs = لاپەڕەی { $page }، ڕیزی { $row }: تۆمارەکە شتێکی تر دەڵێت
ledgers-check-missing = لاپەڕەی { $page }، ڕیزی { $row }: لە تۆماردا نییە
ledgers-check-not-there = لاپەڕەی { $page }، ڕیزی { $row }: لەسەر لاپەڕەکە نییە، یان ناخوێنرێتەوە
ledgers-went-in = لە تۆماردا
ledgers-decided-later = وەک دواتر بڕیاری لەسەر درا
ledgers-check-outcome = چی لێهات؟
ledgers-check-outcome-corrected = ڕاستکردنەوەی تۆمارەکە ئامادە کرا
ledgers-check-outcome-registered = ڕیزەکە ئێستا لە تۆماردایە
ledgers-check-outcome-stands = هەموو شتێک وەک خۆی دەمێنێتەوە
ledgers-check-reason = بۆچی، یان بە چ ژمارەیەک
ledgers-check-reason-hint = کاتێک ڕاستکردنەوە ئامادە کرابێت پێویست نییە
ledgers-check-settle = ئەم پشکنینە تەواو بکە
ledgers-check-not-so = سەرەتا ڕاستکردنەوەکە ئامادە بکە، یان بڵێ بۆچی هەموو شتێک دەمێنێتەوە
entry-ledger-checks-opened = سەیری ئەو تۆمارانەی دەفتەرێک کرا کە دەبێت بپشکنرێن
entry-ledger-check-settled = تۆمارێکی دەفتەرێک پشکنرا
entry-ledger-entry-seen = سەیری تۆمارێک کرا کە دەبێت بپشکنرێت

ledgers-command-empty = هیچ وێنەیەک لەوێ نییە. بوخچەیەک لە فایلی JPEG یان PNG ناو ببە، یان فایلەکان.
ledgers-command-passed-over = ئەو فایلانەی سکان نین و وازیان لێ هێنرا: { $files }
ledgers-command-no-officer = هیچ فەرمانبەرێک نییە بە «{ $login }» بچێتە ژوورەوە. ئەوە ناو ببە کە بەرپرسی ئەم پەڕانەیە: --officer
ledgers-command-no-ledger = هیچ دەفتەرێکی { $ledger } نییە.
ledgers-command-what = دەفتەرەکە ناو ببە: --ledger، یان --office و --kind و --name و --directorate و --record.
ledgers-command-kind = لەم جۆرە دەفتەر نییە. ئەمانە هەن: { $kinds }
ledgers-command-opened = دەفتەرەکە کرایەوە: { $ledger }
ledgers-command-goes-on = لەگەڵ ئەو دەفتەرە بەردەوام دەبێت کە کراوەیە: { $ledger }
ledgers-command-progress = { $done } لە { $of } فایل
ledgers-command-wrong-type = تەنها JPEG و PNG وەردەگیرێن، هەر یەکە بۆ یەک پەڕە. سەرەتا پەڕەکانی PDF یان TIFF بکە بە وێنە.
ledgers-command-no-number = هیچ ژمارەیەک لە ناوەکەیدا نییە.
ledgers-command-stopped = وەستا. ئەوەی زیاد کرا دەمێنێتەوە. بۆ بەردەوامبوون هەمان فەرمان دووبارە بەکار بهێنە.
ledgers-command-ended = پەڕەی زیادکراو: { $added }. پێشتر هەبوون: { $there }. ڕەتکرانەوە: { $rejected }
