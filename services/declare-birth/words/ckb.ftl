### ڕاگەیاندنی لەدایکبوون: وشەکان بە کوردیی ناوەندی.

title = ڕاگەیاندنی لەدایکبوون
summary = لەدایکبوونی منداڵێک بە تۆمارگە ڕابگەیەنە. بڕوانامەی لەدایکبوونی لێ دەردەچێت.
issuer = بەڕێوەبەرایەتیی گشتیی تەندروستی
before-you-start = بڕوانامەی پزیشکیی لەدایکبوونەکە لەبەردەستت بێت. لە ماوەی پازدە ڕۆژ لە لەدایکبوون لە نەخۆشخانە، یان سی ڕۆژ لە شوێنی تر، ڕایبگەیەنە. لەبارەی خۆتەوە هیچ ناپرسین: تۆماری خۆت دەیڵێت. هەر کاتێک بتەوێت دەتوانیت بوەستیت و دواتر بەردەوام بیت.
done = ڕاگەیاندنەکەت گەیشتە فەرمانگەی تەندروستی. فەرمانبەرێک لە بڕوانامەی پزیشکییەوە تەواوی دەکات و فەرمانبەرێکی تر دەیپشکنێت و تۆماری دەکات. پاشان بڕوانامەکە لێرە ئامادە دەبێت.
not-entitled = لەدایکبوون لەلایەن دایک، باوک، یان خزمێکەوە ڕادەگەیەنرێت کە ئامادە بووە. نەخۆشخانە و مامان و موختار خۆیان فەرمانگەی تەندروستی ئاگادار دەکەنەوە. هەر سەنتەرێک یارمەتیی خێزانەکە دەدات.

## بەشەکان

group-child = منداڵەکە
group-parents = دایک و باوک
group-papers = بەڵگەکان
group-delivery = چۆن پێت بگەین

## پرسیارەکان

question-who-option-someone-else = کەسێکی تر
question-who = تۆ چیت بۆ منداڵەکە؟
question-who-short = ڕاگەیەنەر
question-who-missing = هەڵبژێرە تۆ چیت بۆ منداڵەکە.
question-who-option-mother = دایکی
question-who-option-father = باوکی
question-who-option-relative = خزم
question-who-option-relative-hint = ئامادە بوویت، یان دایک و باوک ناتوانن بێن.

question-child-name = ناوی منداڵەکە چییە؟
question-child-name-short = ناو
question-child-name-hint = ناوی خۆی بەسە: ناوی باوک و باپیر لە باوکەوە دێن.
question-child-name-missing = ناوی خۆی بنووسە.

question-child-sex = کچە یان کوڕ؟
question-child-sex-short = ڕەگەز
question-child-sex-missing = کچ یان کوڕ هەڵبژێرە.
question-child-sex-option-female = کچ
question-child-sex-option-male = کوڕ

question-born-on = منداڵەکە چ ڕۆژێک لەدایک بوو؟
question-born-on-short = لەدایکبوون
question-born-on-missing = ڕۆژ و مانگ و ساڵ بنووسە.

question-place-kind = منداڵەکە لە کوێ لەدایک بوو؟
question-place-kind-short = جۆری شوێن
question-place-kind-missing = هەڵبژێرە لە کوێ لەدایک بوو.
question-place-kind-option-hospital = لە نەخۆشخانە
question-place-kind-option-home = لە ماڵەوە
question-place-kind-option-other = لە شوێنێکی تر

question-facility = ناوی ئەو شوێنە چییە؟
question-facility-short = نەخۆشخانە یان شوێن
question-facility-missing = ناوی نەخۆشخانە یان شوێنەکە بنووسە.

question-birth-place = لە کام پارێزگا، و لە کام شار یان گوند؟
question-birth-place-short = شوێنی لەدایکبوون
question-birth-place-hint = پارێزگا بەسە. بەوە دیاری دەبێت کام فەرمانگەی تەندروستی تۆماری دەکات.
question-birth-place-missing = پارێزگاکە بنووسە.

question-plurality = یەک منداڵ لەدایک بوو، یان چەند؟
question-plurality-short = تاک یان زیاتر
question-plurality-missing = هەڵبژێرە چەند منداڵ لەدایک بوون.
question-plurality-option-single = یەک منداڵ
question-plurality-option-twin = دوانە
question-plurality-option-twin-hint = هەریەکەیان جیا ڕابگەیەنە.
question-plurality-option-triplet = سیانە
question-plurality-option-more = زیاتر

question-birth-order = ئەم منداڵە چەندەمیانە؟
question-birth-order-short = ڕیزبەندی لەدایکبوون
question-birth-order-hint = { $min } بۆ یەکەم، تا { $max }.
question-birth-order-missing = ژمارەیەک بنووسە: ١ بۆ یەکەم.

question-parents-married = ئایا دایک و باوک هاوسەری یەکترن؟
question-parents-married-short = دایک و باوک هاوسەرن
question-parents-married-missing = بەڵێ یان نەخێر هەڵبژێرە.

question-father-unnamed = ئایا ناوی باوک نەنووسرێت؟
question-father-unnamed-short = باوک بێ ناو
question-father-unnamed-hint = پێویست ناکات ناوی ببەیت. دەتوانێت دواتر دان بە منداڵەکەدا بنێت.
question-father-unnamed-missing = بەڵێ یان نەخێر هەڵبژێرە.

question-acknowledged = ئایا باوک دان بە منداڵەکەدا دەنێت؟
question-acknowledged-short = باوک دانی پێدا ناوە
question-acknowledged-missing = بەڵێ یان نەخێر هەڵبژێرە.

question-mother-name = ناوی دایکی چییە؟
question-mother-name-short = دایک
question-mother-name-hint = وەک لە بەڵگەنامەکانیدا هاتووە، بە هەر ئەلفوبێیەک.
question-mother-name-missing = ناوی خۆی و ناوی باوکی بنووسە.

question-mother-number = ژمارەی ناسنامەی چەندە؟
question-mother-number-short = ژمارەی ناسنامە
question-mother-number-hint = ئەگەر نایزانیت، بە بەتاڵی بەجێیبهێڵە: کەس لەبەر ئەوە ناگەڕێنرێتەوە.

question-father-name = ناوی باوکی چییە؟
question-father-name-short = باوک
question-father-name-hint = وەک لە بەڵگەنامەکانیدا هاتووە، بە هەر ئەلفوبێیەک.
question-father-name-missing = ناوی خۆی و ناوی باوکی بنووسە.

question-father-number = ژمارەی ناسنامەی چەندە؟
question-father-number-short = ژمارەی ناسنامە
question-father-number-hint = ئەگەر نایزانیت، بە بەتاڵی بەجێیبهێڵە: کەس لەبەر ئەوە ناگەڕێنرێتەوە.

question-medical-certificate = بڕوانامەی پزیشکیی لەدایکبوونمان بۆ بنێرە
question-medical-certificate-short = بڕوانامەی پزیشکی
question-medical-certificate-hint = وێنەیەکی ڕوونی هەموو لاپەڕەکان بەسە. ئەگەر تەنها کاغەزەکەت هەیە، لێرە بە بەتاڵی بەجێیبهێڵە و لە سەنتەرێک پیشانی بدە.

question-late-reason = بۆچی ئێستا ڕادەگەیەنرێت؟
question-late-reason-short = هۆی دواکەوتن
question-late-reason-hint = ماوەی یاسایی تێپەڕیوە. ڕستەیەکی کورت بەسە؛ یاسا ڕسوومێکی کەم وەردەگرێت و پێش ناردن دەیبینیت.
question-late-reason-missing = بە چەند وشەیەک بنووسە بۆچی دواکەوتووە.

question-court = کام دادگا بڕیاری دا؟
question-court-short = دادگا
question-court-missing = ناوی دادگاکە بنووسە، وەک لە بڕیارەکەدا هاتووە.

question-judgment = ژمارەی بڕیارەکە چەندە؟
question-judgment-short = ژمارەی بڕیار
question-judgment-missing = ئەو ژمارەیە بنووسە کە لەسەر بڕیارەکە هەیە.

question-judgment-date = ڕێکەوتی بڕیارەکە کەیە؟
question-judgment-date-short = ڕێکەوتی بڕیار
question-judgment-date-missing = ڕۆژی بڕیارەکە بنووسە.

question-judgment-paper = بڕیاری دادگاکەمان بۆ بنێرە
question-judgment-paper-short = بڕیاری دادگا
question-judgment-paper-hint = وێنەیەکی ڕوونی هەموو لاپەڕەکان بەسە. ئەگەر تەنها کاغەزەکەت هەیە، لێرە بە بەتاڵی بەجێیبهێڵە و لە سەنتەرێک پیشانی بدە.

question-delivery = چۆن وەریدەگریت؟
question-delivery-short = وەرگرتن
question-delivery-missing = هەڵبژێرە چۆن وەریدەگریت.
question-delivery-option-download = دایدەبەزێنم
question-delivery-option-download-hint = بە واژۆی ئەلیکترۆنی، هەموو کەس دەتوانێت ڕاستییەکەی بپشکنێت.
question-delivery-option-collect = بە کاغەز لە سەنتەرێک وەریدەگرم
question-delivery-option-collect-hint = لەسەر کاغەزی ژمارەکراو، بە واژۆ و مۆر.

question-phone = بۆ کام ژمارە نامەت بۆ بنێرین؟
question-phone-short = تەلەفۆن
question-phone-hint = بۆ نموونە ⁦٠٧٥٠ ١٢٣ ٤٥٦٧⁩. نامەکانمان نە ناوی تۆ دەهێنن نە ناوی بڕوانامەکە، بۆیە دەکرێت مۆبایلێکی هاوبەش بێت.
question-phone-missing = ژمارەی مۆبایلێک بنووسە.
question-email = ئیمەیڵت هەیە؟
question-email-short = ئیمەیڵ
question-email-hint = دەتوانیت بە بەتاڵی بەجێیبهێڵیت.

## کێ دەتوانێت ڕایبگەیەنێت

relation-mother = دایک
relation-father = باوک
relation-relative = خزمێک کە ئامادە بووە

open-relation-mother = ئایا داواکار دایکیەتی؟ هێشتا ناسنامەی نەسەلماوە.
open-relation-father = ئایا داواکار باوکیەتی؟ هێشتا ناسنامەی نەسەلماوە.
open-relation-relative = ئایا داواکار خزمی منداڵەکەیە؟ هێشتا ناسنامەی نەسەلماوە.

## بەڵگەکان

evidence-medical-certificate = بڕوانامەی پزیشکیی لەدایکبوون
evidence-medical-certificate-hint = لە نەخۆشخانە، پزیشک یان مامانەوە.
open-evidence-medical-certificate = ئایا بڕوانامە پزیشکییەکە ڕاستە و ناوی ئەم دایک و منداڵەی تێدایە؟
evidence-judgment-paper = بڕیاری دادگا
open-evidence-judgment-paper = ئایا بڕیاری دادگا ڕاستە و یەکلاکەرەوەیە، و سەبارەت بەم ڕووداوەیە؟

## پرسەکان بۆ فەرمانبەر

open-late = دوای ماوەی یاسایی ڕاگەیەنراوە. ئایا هۆکار و بەڵگەکانی دروستن؟
open-unmarried = دایک و باوک هاوسەر نین. کێ وەک باوک لە تۆماردا دەنووسرێت، و ئایا دانی بە منداڵەکەدا ناوە؟
open-decision = ئایا دەکرێت ئەمە تۆمار بکرێت؟

## ڕسووم

fee-late-declaration = ڕاگەیاندنی دواکەوتوو

## هەنگاوەکان

step-prove-identity = ناسنامەت بسەلمێنە
step-prove-identity-hint = بە جزدانی نیشتمانی، یان بە هەر بەڵگەنامەیەکی ناسنامە لە سەنتەرێک. تا ئەو کاتە هەموو شتێک ئامادە دەکەین؛ تەنها ڕادەستکردنی دوادەکەوێت.
step-pay = ڕسوومەکە بدە
step-register = تۆمارگە دەیپشکنێت و تۆماری دەکات
step-register-hint = فەرمانبەرێک ڕاگەیاندنەکە تەواو دەکات و فەرمانبەرێکی تر دەیپشکنێت.
step-issue = بڕوانامەکە واژۆ دەکرێت
step-print = چاپ دەکرێت
step-hand-over = وەریدەگریت

## هۆکارەکانی ڕەتکردنەوە

reason-not-registrable = تۆمارگە ناتوانێت ئەمە بەم شێوەیەی ڕاگەیەنراوە تۆمار بکات.
reason-not-registrable-remedy = وشەکانی فەرمانبەرەکە لە سەرەوە بخوێنەوە و ئەوەی کەمە بیهێنە بۆ هەر سەنتەرێک، یان سەرلەنوێ ڕایبگەیەنە. دەتوانیت لە ماوەی { $days } ڕۆژدا تانە بدەیت؛ فەرمانبەرێکی تر بڕیار دەدات.
reason-declared-already = ئەمە پێشتر ڕاگەیەنراوە.
reason-declared-already-remedy = هیچ شتێک ون نەبووە: داوای بڕوانامەی تۆمارەکە بکە. ئەگەر ڕووداوێکی ترە، پێمان بڵێ چی جیاوازە. دەتوانیت لە ماوەی { $days } ڕۆژدا تانە بدەیت؛ فەرمانبەرێکی تر بڕیار دەدات.

## کاغەزەکە

document-title = بڕوانامەی لەدایکبوون
document-authority =
    هەرێمی کوردستانی عێراق
    وەزارەتی تەندروستی
    بەڕێوەبەرایەتیی گشتیی تەندروستی
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
