# Words on papers.

paper-number = ژمارە
paper-issued = دەرکراوە
paper-issued-value = { $day }، { $place }
paper-valid-until = پشتی پێ دەبەسترێت تا
paper-check = پشکنین
paper-check-text = کۆدەکە سکان بکە، یان خۆت ناونیشانەکە بنووسە. هەر گۆڕانێک لەم بەڵگەنامەیەدا مۆرەکەی دەشکێنێت.
paper-log = لۆگی گشتی
paper-footer = متمانە بە ناونیشانی تر مەکە.
paper-training = ڕاهێنان – کارپێکراو نییە
paper-transliterated = { $text } (گواستنەوەی پیت)
paper-by-rule = * ناوەکە بەپێی ڕێسا بە پیتی لاتینی نووسراوە، نەک لە پاسپۆرتەوە.
receipt-original = ئەسڵ
receipt-copy = وێنە
receipt-void = هەڵوەشێنراوە
receipt-refund = گەڕێنراوە
receipt-fee = ڕسوومی خزمەتگوزاری
receipt-total = بڕی پارە
receipt-means = شێوازی پارەدان
receipt-cash = کاش
receipt-footer = کەس بۆی نییە لەمە زیاترت لێ داوا بکات. ئەگەر کەسێک داوای کرد، تەلەفۆن بکە بۆ ١٢٢.
form-chosen = هەڵبژێردراو
form-open = هەڵنەبژێردراو
form-applicant = واژۆ یان پەنجەمۆری داواکار
form-companion = یاوەر یان شایەت
form-officer = فەرمانبەر
form-date = بەروار
form-office = بۆ فەرمانگە
form-received = ڕۆژی وەرگرتن
form-seen = ئەو کاغەزانەی بینران
copies-count = { $count ->
    [one] یەک دانە
   *[other] { $count } دانە
}
receipt-late-declaration = ڕاگەیاندنی دواکەوتوو
