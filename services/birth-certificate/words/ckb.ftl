### بڕوانامەی لەدایکبوون: وشەکان بە کوردیی ناوەندی.

title = بڕوانامەی لەدایکبوون
summary = دەرهێنراوێکی پشتڕاستکراوە لە تۆماری لەدایکبوون، بە واژۆی ئەو فەرمانگەیەی تۆمارەکە دەپارێزێت.
issuer = بەڕێوەبەرایەتیی گشتیی باری شارستانی
before-you-start = تەنها پێویستت بە ناو و ساڵی لەدایکبوونە. هەر زانیارییەکی تر یارمەتیمان دەدات تۆمارەکە زووتر بدۆزینەوە. هەر کاتێک بتەوێت دەتوانیت بوەستیت و دواتر لێرە یان لە هەر سەنتەرێک بەردەوام بیت.
done = داواکارییەکەت گەیشت. ئەگەر هیچ پرسێک نەمابێتەوە، بڕوانامەکە لە چەند خولەکێکدا ئامادە دەبێت. ئەگەرنا، فەرمانبەرێک وەڵامی پرسە ماوەکە دەداتەوە و دەتوانیت لێرە بەدواداچوونی بۆ بکەیت.
not-entitled = بڕوانامەی لەدایکبوون دەدرێت بە خاوەنەکەی، بە دایک یان باوکی، بە سەرپەرشتیاری یاسایی، و دوای کۆچی دوایی بە هاوسەر یان منداڵەکانی. ئەگەر بۆ کەسێکی تر کار دەکەیت، داوای لێ بکە لە دادنووس وەکالەتنامەیەکت بۆ بکات، یان لە دادگای باری کەسی داوای بڕیاری سەرپەرشتیکردن بکە. لە هەر سەنتەرێک یارمەتیت دەدەین.

## بەشەکان

group-person = بڕوانامەی کێ
group-purpose = بۆ چی پێویستتە
group-delivery = چۆن وەریدەگریت

## پرسیارەکان

question-for-whom = بڕوانامەکە بۆ کێیە؟
question-for-whom-short = بۆ
question-for-whom-hint = تەنها بۆ خۆت، منداڵەکەت، یان کەسێک کە بە یاسا نوێنەری ئەویت.
question-for-whom-missing = هەڵبژێرە بڕوانامەکە بۆ کێیە.
question-for-whom-option-myself = بۆ خۆم
question-for-whom-option-my-child = بۆ منداڵەکەم
question-for-whom-option-my-child-hint = ناوت وەک دایک یان باوک لە تۆماردا هەیە.
question-for-whom-option-my-ward = بۆ کەسێک کە من سەرپەرشتیاریم
question-for-whom-option-my-ward-hint = بڕیاری دادگات لەبەردەستە.
question-for-whom-option-my-late-parent = بۆ دایک یان باوکی کۆچکردووم
question-for-whom-option-my-late-spouse = بۆ هاوسەری کۆچکردووم
question-for-whom-option-someone-else = بۆ کەسێکی تر

question-holder-name = ناوی خاوەن بڕوانامەکە چییە؟
question-holder-name-short = ناو
question-holder-name-hint = وەک لە تۆماردا هاتووە بینووسە، بە هەر ئەلفوبێیەک. ئەگەر ناوی باپیر یان نازناو نییە، خانەکە بە بەتاڵی بەجێبهێڵە.
question-holder-name-missing = ناوی خۆی و ناوی باوکی بنووسە.

question-birth-date = کەی لەدایک بووە؟
question-birth-date-short = لەدایکبوون
question-birth-date-hint = بۆ نموونە ⁦١٤ ٣ ١٩٩٨⁩. ئەگەر تەنها ساڵەکەی دەزانیت، تەنها ساڵەکە بنووسە.
question-birth-date-missing = لانیکەم ساڵی لەدایکبوون بنووسە.

question-mother-name = ناوی دایکی چییە؟
question-mother-name-short = دایک
question-mother-name-hint = یارمەتیمان دەدات دوو کەسی هاوناو لێک جیا بکەینەوە. دەتوانیت بە بەتاڵی بەجێیبهێڵیت.

question-birth-place = لە کوێ لەدایک بووە؟
question-birth-place-short = شوێنی لەدایکبوون
question-birth-place-hint = پارێزگا بەسە. ئەگەر قەزا، شار یان نەخۆشخانەکە دەزانیت، ئەوانیش زیاد بکە.
question-birth-place-missing = پارێزگا یان وڵاتی لەدایکبوون بنووسە.

question-identity-number = ژمارەی ناسنامەیەک هەیە؟
question-identity-number-short = ژمارەی ناسنامە
question-identity-number-hint = لە هەر بەڵگەنامەیەکی خاوەن بڕوانامەکە. ئەگەر نییە، بە بەتاڵی بەجێیبهێڵە: کەس لەبەر ئەوە ناگەڕێنرێتەوە.

question-court-order = بڕیاری دادگاکەمان بۆ بنێرە
question-court-order-short = بڕیاری دادگا
question-court-order-hint = وێنەیەکی ڕوونی هەموو لاپەڕەکان بەسە. ئەگەر تەنها کاغەزەکەت هەیە، لێرە بە بەتاڵی بەجێیبهێڵە و لە سەنتەرێک پیشانی بدە.

question-purpose = بۆ چی پێویستتە؟
question-purpose-short = مەبەست
question-purpose-hint = بۆ ئەوەی پێت بڵێین ئەو فەرمانگەیە چی تری دەوێت. وەڵامەکەت نە ڕسوومەکە دەگۆڕێت نە بڕیارەکە.
question-purpose-missing = هەڵبژێرە بۆ چی پێویستتە.
question-purpose-option-school = قوتابخانە یان زانکۆ
question-purpose-option-identity = کارتی ناسنامە
question-purpose-option-passport = پاسپۆرت یان ڤیزا
question-purpose-option-marriage = هاوسەرگیری
question-purpose-option-inheritance = میرات
question-purpose-option-work = کار
question-purpose-option-court = دادگا
question-purpose-option-own-records = بۆ پاراستن لای خۆم
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

relation-self = خاوەنی بڕوانامەکە خۆی
relation-parent = دایک یان باوکی
relation-guardian = سەرپەرشتیارێک کە دادگا دیاریی کردووە
relation-late-parent = منداڵی، دوای کۆچی دوایی
relation-late-spouse = هاوسەری، دوای کۆچی دوایی

open-relation-self = ئایا داواکار هەمان ئەو کەسەیە کە لە تۆماردا ناوی هاتووە؟
open-relation-parent = ئایا داواکار دایک یان باوکی ئەم منداڵەیە؟
open-relation-guardian = ئایا داواکار سەرپەرشتیاری ئەم کەسەیە؟ هێشتا بڕیاری دادگا لەبەردەستدا نییە.
open-relation-late-parent = ئایا خاوەنی تۆمارەکە کۆچی دوایی کردووە و داواکار منداڵیەتی؟
open-relation-late-spouse = ئایا خاوەنی تۆمارەکە کۆچی دوایی کردووە و داواکار هاوسەری بووە؟

## بەڵگەکان

evidence-court-order = ئەو بڕیارەی دادگا کە تۆی کردووەتە سەرپەرشتیار
evidence-court-order-hint = بە وێنە، بە PDF، یان بە کاغەز لە هەر سەنتەرێک.
open-evidence-court-order = ئایا ئەم بڕیارەی دادگا ڕاستە و کارپێکراوە، و ناوی داواکار و خاوەنی تۆمارەکەی تێدایە؟

evidence-trace = هەر شتێک یارمەتیمان بدات تۆمارەکە بدۆزینەوە
evidence-trace-hint = بڕوانامەیەکی کۆن، نووسراوی نەخۆشخانە، کارتی کوتان یان فۆڕمی خۆراک، بەڵگەنامەی UNHCR، یان ناوی شایەتەکان.
open-evidence-trace = ئایا ئەم بەڵگانە دەریدەخەن لەدایکبوونەکە لە کوێ تۆمار کراوە؟

## پرسەکان بۆ فەرمانبەر

open-identity = ئایا داواکار ناسنامەی خۆی سەلماندووە؟
open-unverified = ئایا تۆمارەکە لەگەڵ دەفتەرەکەدا یەک دەگرێتەوە؟
open-protected = ئەم تۆمارە بۆ دانەی ئاسایی داخراوە. ئایا دەکرێت ئەم داواکارە دانەیەک وەربگرێت؟
open-guardianship = ئایا سەرپەرشتییەکە وەرگرتنی ئەم بڕوانامەیەش دەگرێتەوە و هێشتا کارپێکراوە؟
open-widowed = ئایا لە کاتی کۆچی دوایی خاوەنی تۆمارەکەدا هاوسەرگیرییەکە هێشتا بەردەوام بوو؟
open-decision = ئایا دەکرێت ئەم بڕوانامەیە دەربکرێت؟

rule-own-or-childs-entry = ناسنامەت سەلماوە، تۆمارەکە پشتڕاستکراوەتەوە، و هی خۆت یان منداڵەکەتە.
rule-late-parents-entry = ناسنامەت سەلماوە، تۆمارەکە پشتڕاستکراوەتەوە، و هی دایک یان باوکی کۆچکردووتە.

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
reason-no-entry-anywhere = نە ئێمە و نە شوێنی تۆمارکردن تۆماری ئەم لەدایکبوونەمان نەدۆزییەوە.
reason-no-entry-anywhere-remedy = هێشتا دەکرێت لەدایکبوونەکە تۆمار بکرێت: دادگای باری کەسی بڕیاری لەسەر دەدات و هەر سەنتەرێک لە داواکردندا یارمەتیت دەدات. دەتوانیت لە ماوەی { $days } ڕۆژدا تانە بدەیت؛ فەرمانبەرێکی تر بڕیار دەدات.
reason-paper-not-genuine = یەکێک لەو بەڵگانەی پێت داوین ڕاست نییە.
reason-paper-not-genuine-remedy = ئەگەر نەتزانیبوو، پێمان بڵێ چۆن گەیشتووەتە دەستت. دەتوانیت لە ماوەی { $days } ڕۆژدا تانە بدەیت؛ فەرمانبەرێکی تر بڕیار دەدات.

## کاغەزەکە

document-title = بڕوانامەی لەدایکبوون
document-authority =
    هەرێمی کوردستانی عێراق
    وەزارەتی ناوخۆ
    بەڕێوەبەرایەتیی گشتیی باری شارستانی
document-statement = ئەم بڕوانامەیە لە تۆماری باری شارستانی دەرهێنراوە و بە واژۆی ئەلیکترۆنی پارێزراوە.

print-name = ناو
print-name-latin = ناو بە پیتی لاتینی
print-sex = ڕەگەز
print-born-on = ڕۆژی لەدایکبوون
print-birth-place = شوێنی لەدایکبوون
print-father = باوک
print-mother = دایک
print-register = ژمارەی تۆمار
print-plurality = تاک یان دوانە
print-born-on-in-words = بە نووسین
print-attendant = پزیشک یان مامان
print-father-age = تەمەن
print-father-nationality = ڕەگەزنامە
print-father-occupation = پیشە
print-mother-age = تەمەن
print-mother-nationality = ڕەگەزنامە
print-mother-occupation = پیشە
print-residence = شوێنی نیشتەجێبوون
print-office = فەرمانگە
print-book = دەفتەر
print-page = لاپەڕە
