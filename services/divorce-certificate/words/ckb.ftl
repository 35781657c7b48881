### بڕوانامەی جیابوونەوە: وشەکان بە کوردیی ناوەندی.

title = بڕوانامەی جیابوونەوە
summary = دەرهێنراوێکی پشتڕاستکراوە لە تۆماری جیابوونەوەیەک کە دادگا بڕیاری لەسەر داوە و کۆتاییە.
issuer = بەڕێوەبەرایەتیی گشتیی باری شارستانی
before-you-start = تەنها پێویستت بە ناو و ساڵی لەدایکبوونە. هەر زانیارییەکی تر یارمەتیمان دەدات تۆمارەکە زووتر بدۆزینەوە. هەر کاتێک بتەوێت دەتوانیت بوەستیت و دواتر لێرە یان لە هەر سەنتەرێک بەردەوام بیت.
done = داواکارییەکەت گەیشت. ئەگەر هیچ پرسێک نەمابێتەوە، بڕوانامەکە لە چەند خولەکێکدا ئامادە دەبێت. ئەگەرنا، فەرمانبەرێک وەڵامی پرسە ماوەکە دەداتەوە و دەتوانیت لێرە بەدواداچوونی بۆ بکەیت.
not-entitled = بڕوانامەی جیابوونەوە تەنها دەدرێت بەو دوو کەسەی هاوسەر بوون، و بەبێ وەکالەتنامەی ئەوان بە کەسی تر نادرێت. ئەگەر بۆ کەسێکی تر کار دەکەیت، داوای لێ بکە لە دادنووس وەکالەتنامەیەکت بۆ بکات. لە هەر سەنتەرێک یارمەتیت دەدەین.

## بەشەکان

group-person = جیابوونەوەی کێ
group-purpose = بۆ چی پێویستتە
group-delivery = چۆن وەریدەگریت

## پرسیارەکان

question-for-whom = جیابوونەوەی کێیە؟
question-for-whom-short = بۆ
question-for-whom-hint = نامەکانمان هەرگیز ناڵێن بەڵگەنامەکە چییە.
question-for-whom-missing = هەڵبژێرە جیابوونەوەی کێیە.
question-for-whom-option-myself = هی خۆم
question-for-whom-option-represented = هی کەسێک کە وەکالەتی داومەتێ
question-for-whom-option-someone-else = هی کەسێکی تر

question-holder-name = ناوی ئەوەی داوای دەکات چییە؟
question-holder-name-short = ناو
question-holder-name-hint = وەک لە تۆماردا هاتووە بینووسە، بە هەر ئەلفوبێیەک. ئەگەر ناوی باپیر یان نازناو نییە، خانەکە بە بەتاڵی بەجێبهێڵە.
question-holder-name-missing = ناوی خۆی و ناوی باوکی بنووسە.

question-birth-date = ئەم کەسە کەی لەدایک بووە؟
question-birth-date-short = لەدایکبوون
question-birth-date-hint = بۆ نموونە ⁦١٤ ٣ ١٩٧٨⁩. ئەگەر تەنها ساڵەکەی دەزانیت، تەنها ساڵەکە بنووسە.
question-birth-date-missing = لانیکەم ساڵی لەدایکبوون بنووسە.

question-spouse-name = لە کێ جیا بووەتەوە؟
question-spouse-name-short = ناوی لای بەرامبەر
question-spouse-name-hint = جیابوونەوەیەک لە یەکێکی تر جیا دەکاتەوە. دەتوانیت بە بەتاڵی بەجێیبهێڵیت.

question-place = دادگاکە لە کام پارێزگا بڕیاری داوە؟
question-place-short = شوێنی دادگا
question-place-hint = پارێزگا بەسە. ئەگەر قەزا یان شارەکە دەزانیت، ئەوانیش زیاد بکە.
question-place-missing = پارێزگا یان وڵاتەکە بنووسە.

question-identity-number = ژمارەی ناسنامەیەک هەیە؟
question-identity-number-short = ژمارەی ناسنامە
question-identity-number-hint = لە هەر بەڵگەنامەیەکی ئەم کەسە. ئەگەر نییە، بە بەتاڵی بەجێیبهێڵە: کەس لەبەر ئەوە ناگەڕێنرێتەوە.

question-power-of-attorney = وەکالەتنامەکەمان بۆ بنێرە
question-power-of-attorney-short = وەکالەتنامە
question-power-of-attorney-hint = وێنەیەکی ڕوونی هەموو لاپەڕەکان بەسە. ئەگەر تەنها کاغەزەکەت هەیە، لێرە بە بەتاڵی بەجێیبهێڵە و لە سەنتەرێک پیشانی بدە.

question-purpose = بۆ چی پێویستتە؟
question-purpose-short = مەبەست
question-purpose-hint = بۆ ئەوەی پێت بڵێین ئەو فەرمانگەیە چی تری دەوێت. وەڵامەکەت نە ڕسوومەکە دەگۆڕێت نە بڕیارەکە.
question-purpose-missing = هەڵبژێرە بۆ چی پێویستتە.
question-purpose-option-marriage = هاوسەرگیری
question-purpose-option-identity = کارتی ناسنامە
question-purpose-option-custody = منداڵ، نەفەقە یان مارەیی
question-purpose-option-pension = خانەنشینی یان دەرماڵە
question-purpose-option-court = دادگا
question-purpose-option-other = شتێکی تر

question-use = لە کوێ پیشانی دەدەیت؟
question-use-short = شوێنی بەکارهێنان
question-use-missing = هەڵبژێرە لە کوێ پیشانی دەدەیت.
question-use-option-home = لە هەرێمی کوردستان یان شوێنێکی تری عێراق
question-use-option-abroad = لە وڵاتێکی تر
question-use-option-abroad-hint = زۆربەی وڵاتان داوا دەکەن وەزارەتی دەرەوە و دواتر باڵیۆزخانەکەیان پشتڕاستی بکەنەوە. هەر پشتڕاستکردنەوەیەک لەگەڵ بڕوانامەکەدا تۆمار دەکەین.

question-document-languages = بە کام زمانان؟
question-document-languages-short = زمانەکان
question-document-languages-hint = هەموویان لەسەر یەک کاغەز دەنووسرێن.
question-document-languages-missing = لانیکەم یەک زمان هەڵبژێرە.
question-document-languages-option-ckb = کوردی (سۆرانی)
question-document-languages-option-ar = عەرەبی
question-document-languages-option-kmr = کوردی (کورمانجی)
question-document-languages-option-en = ئینگلیزی

question-copies = چەند دانە؟
question-copies-short = ژمارەی دانەکان
question-copies-hint = لە { $min } تا { $max } دانە. یەکەم دانە بێبەرامبەرە؛ هەر دانەیەکی تر ٢٬٠٠٠ دینارە.
question-copies-missing = بنووسە چەند دانەت پێویستە.

question-delivery = چۆن وەریدەگریت؟
question-delivery-short = وەرگرتن
question-delivery-missing = هەڵبژێرە چۆن وەریدەگریت.
question-delivery-option-download = دایدەبەزێنم
question-delivery-option-download-hint = بە واژۆی ئەلیکترۆنی، هەموو کەس دەتوانێت ڕاستییەکەی بپشکنێت.
question-delivery-option-collect = بە کاغەز لە سەنتەرێک وەریدەگرم
question-delivery-option-collect-hint = لەسەر کاغەزی ژمارەکراو، بە واژۆ و مۆر.

question-displaced = ئایا ئاوارە بوویت؟
question-displaced-short = ئاوارە
question-displaced-hint = ئاوارەکان هیچ پارەیەک نادەن. پێویست بە بەڵگە ناکات.
question-displaced-missing = بەڵێ یان نەخێر هەڵبژێرە.

question-phone = بۆ کام ژمارە نامەت بۆ بنێرین؟
question-phone-short = تەلەفۆن
question-phone-hint = بۆ نموونە ⁦٠٧٥٠ ١٢٣ ٤٥٦٧⁩. نامەکانمان نە ناوی تۆ دەهێنن نە ناوی بڕوانامەکە، بۆیە دەکرێت مۆبایلێکی هاوبەش بێت.
question-phone-missing = ژمارەی مۆبایلێک بنووسە.

question-email = ئیمەیڵت هەیە؟
question-email-short = ئیمەیڵ
question-email-hint = دەتوانیت بە بەتاڵی بەجێیبهێڵیت.

## کێ دەتوانێت داوا بکات

relation-self = یەکێک لەو دوو کەسەی هاوسەر بوون
relation-represented = وەکیلی یاسایی
open-relation-represented = ئایا داواکار بە ناوی خاوەنی تۆمارەکەوە کار دەکات؟ هێشتا وەکالەتنامە لەبەردەستدا نییە.
open-relation-self = ئایا داواکار یەکێکە لەو دوو کەسەی لە تۆماردا ناویان هاتووە؟

## بەڵگەکان

evidence-trace = هەر شتێک یارمەتیمان بدات تۆمارەکە بدۆزینەوە
open-evidence-trace = ئایا ئەم بەڵگانە دەریدەخەن تۆمارەکە لە کوێیە؟
evidence-power-of-attorney = وەکالەتنامەی دادنووس
evidence-power-of-attorney-hint = بە وێنە، بە PDF، یان بە کاغەز لە هەر سەنتەرێک.
open-evidence-power-of-attorney = ئایا ئەم وەکالەتنامەیە ڕاست و کارپێکراوە، و ئەم بەڵگەنامەیە دەگرێتەوە؟
evidence-trace-hint = بڕیارەکە لەگەڵ تێبینیی کۆتاییبوونی، یان ژمارە و ساڵەکەی.

## پرسەکان بۆ فەرمانبەر

open-identity = ئایا داواکار ناسنامەی خۆی سەلماندووە؟
open-unverified = ئایا تۆمارەکە لەگەڵ دەفتەرەکەدا یەک دەگرێتەوە؟
open-protected = ئەم تۆمارە بۆ دانەی ئاسایی داخراوە. ئایا دەکرێت ئەم داواکارە دانەیەک وەربگرێت؟
open-decision = ئایا دەکرێت ئەم بڕوانامەیە دەربکرێت؟
open-not-final = تۆمارەکە هی جیابوونەوەیەکە کە هێشتا کۆتایی نییە. ئایا عیددە تەواو بووە و بڕیارەکە بووەتە کۆتایی؟

## بەپێی ڕێسا

rule-own-divorce = ناسنامەت سەلماوە، تۆمارەکە پشتڕاستکراوەتەوە، و جیابوونەوەکەت کۆتاییە.

## ڕسووم

fee-further-copies = { $count ->
    [one] یەک دانەی تر
   *[other] { $count } دانەی تر
}
fee-further-copies-waived = هیچ پارەیەک نادەیت: ئاوارەکان لێخۆشبوون دەیانگرێتەوە.

## هەنگاوەکان

step-prove-identity = ناسنامەت بسەلمێنە
step-prove-identity-hint = بە جزدانی نیشتمانی، یان بە هەر بەڵگەنامەیەکی ناسنامە لە سەنتەرێک. تا ئەو کاتە هەموو شتێک ئامادە دەکەین؛ تەنها ڕادەستکردنی دوادەکەوێت.
step-pay = ڕسوومەکە بدە
step-search = فەرمانبەرێک لە تۆماردا دەگەڕێت
step-search-hint = تۆمارەکەمان یەکسەر نەدۆزییەوە. ئەمە زۆر ڕوودەدات و هەڵەی تۆ نییە.
step-ask-place-of-registration = لە شوێنی تۆمارکردن دەپرسین
step-ask-place-of-registration-hint = پێویست ناکات خۆت بچیتە ئەوێ.
step-decide = فەرمانبەرێک بڕیار دەدات
step-issue = بڕوانامەکە واژۆ دەکرێت
step-print = چاپ دەکرێت
step-hand-over = وەریدەگریت

## هۆکارەکانی ڕەتکردنەوە

reason-identity-not-shown = نەمانتوانی بزانین کێ داواکارییەکەی پێشکەش کردووە.
reason-identity-not-shown-remedy = بە بەڵگەنامەیەکی ناسنامە وەرە بۆ هەر سەنتەرێک، یان لەگەڵ دوو شایەت کە ناسنامەیان هەیە. دەتوانیت لە ماوەی { $days } ڕۆژدا تانە بدەیت؛ فەرمانبەرێکی تر بڕیار دەدات.
reason-no-authority = بەڵگەکان دەرناخەن کە مافی وەرگرتنی ئەم بڕوانامەیەت هەیە.
reason-no-authority-remedy = وەکالەتنامەی دادنووس یان بڕیاری دادگای باری کەسی بهێنە و دووبارە داوا بکە. دەتوانیت لە ماوەی { $days } ڕۆژدا تانە بدەیت؛ فەرمانبەرێکی تر بڕیار دەدات.
reason-entry-closed = دادگا یان بەڕێوەبەرایەتی ئەم تۆمارەی بۆ دەرکردنی دانە داخستووە.
reason-entry-closed-remedy = لەو دادگایە داوای مۆڵەت بکە کە تۆمارەکەی داخستووە. دەتوانیت لە ماوەی { $days } ڕۆژدا تانە بدەیت؛ فەرمانبەرێکی تر بڕیار دەدات.
reason-paper-not-genuine = یەکێک لەو بەڵگانەی پێت داوین ڕاست نییە.
reason-paper-not-genuine-remedy = ئەگەر نەتزانیبوو، پێمان بڵێ چۆن گەیشتووەتە دەستت. دەتوانیت لە ماوەی { $days } ڕۆژدا تانە بدەیت؛ فەرمانبەرێکی تر بڕیار دەدات.
reason-no-entry-anywhere = نە ئێمە و نە شوێنی تۆمارکردن تۆمارێکی وامان نەدۆزییەوە.
reason-not-final = جیابوونەوەکە هێشتا کۆتایی نییە.
reason-not-final-remedy = کاتێک عیددە تەواو بوو و دادگا نووسی کە بڕیارەکەی کۆتاییە، دووبارە داوا بکە. دەتوانیت لە ماوەی { $days } ڕۆژدا تانە بدەیت؛ فەرمانبەرێکی تر بڕیار دەدات.
reason-no-entry-anywhere-remedy = تۆمار تەنها ئەوە دەنووسێت کە دادگا بڕیاری لەسەر داوە. لە دادگا داوای وێنەی بڕیارەکە بکە و بیهێنە بۆ هەر سەنتەرێک. دەتوانیت لە ماوەی { $days } ڕۆژدا تانە بدەیت؛ فەرمانبەرێکی تر بڕیار دەدات.

## کاغەزەکە

document-authority =
    هەرێمی کوردستانی عێراق
    وەزارەتی ناوخۆ
    بەڕێوەبەرایەتیی گشتیی باری شارستانی
print-register = ژمارەی تۆمار
document-title = بڕوانامەی جیابوونەوە
print-husband = مێرد
print-wife = ژن
print-court = دادگا
document-statement = بە پشتبەستن بە بڕیارێکی کۆتایی، لە تۆماری جیابوونەوە دەرهێنراوە و بە واژۆی ئەلیکترۆنی پارێزراوە.
print-date = ڕۆژی جیابوونەوە
print-judgment = ژمارەی بڕیار
print-divorce-kind = جۆر
print-judgment-date = ڕۆژی بڕیار
print-office = فەرمانگە
print-book = دەفتەر
print-page = لاپەڕە
