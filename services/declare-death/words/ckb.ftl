### ڕاگەیاندنی کۆچی دوایی: وشەکان بە کوردیی ناوەندی.

title = ڕاگەیاندنی کۆچی دوایی
summary = کۆچی دوایی لە خێزاندا بە تۆمارگە ڕابگەیەنە. بڕوانامەی کۆچی دوایی لێ دەردەچێت.
issuer = بەڕێوەبەرایەتیی گشتیی تەندروستی
before-you-start = سەرەخۆشیت لێ دەکەین. بڕوانامەی پزیشکەکە لەبەردەستت بێت. لەبارەی هۆکاری مردنەوە هیچ لە تۆ ناپرسین: پزیشک دەیڵێت. لە ماوەی سی ڕۆژدا ڕایبگەیەنە. هەر کاتێک بتەوێت دەتوانیت بوەستیت و دواتر بەردەوام بیت.
done = ڕاگەیاندنەکەت گەیشتە فەرمانگەی تەندروستی. فەرمانبەرێک لە بڕوانامەی پزیشکەوە تەواوی دەکات و فەرمانبەرێکی تر دەیپشکنێت و تۆماری دەکات. پاشان بڕوانامەکە لێرە ئامادە دەبێت.
not-entitled = کۆچی دوایی لەلایەن هاوسەر، منداڵ، دایک یان باوک، یان خزمێکەوە ڕادەگەیەنرێت کە ئامادە بووە. نەخۆشخانە و پۆلیس و یەکە سەربازییەکان خۆیان ئاگادار دەکەنەوە. هەر سەنتەرێک یارمەتیی خێزانەکە دەدات.

## بەشەکان

group-deceased = کێ کۆچی دوایی کردووە
group-death = کۆچی دوایی
group-papers = بەڵگەکان
group-delivery = چۆن پێت بگەین

## پرسیارەکان

question-who-option-someone-else = کەسێکی تر
question-who = تۆ چی کۆچکردووەکەیت؟
question-who-short = ڕاگەیەنەر
question-who-missing = هەڵبژێرە تۆ کێیت.
question-who-option-spouse = هاوسەری
question-who-option-child = کوڕ یان کچی
question-who-option-mother = دایکی
question-who-option-father = باوکی
question-who-option-relative = خزمێکی تر

question-deceased-name = ناوی چی بوو؟
question-deceased-name-short = ناو
question-deceased-name-hint = وەک لە بەڵگەنامەکانیدا هاتووە، بە هەر ئەلفوبێیەک.
question-deceased-name-missing = ناوی خۆی و ناوی باوکی بنووسە.

question-deceased-number = ژمارەی ناسنامەی چەند بوو؟
question-deceased-number-short = ژمارەی ناسنامە
question-deceased-number-hint = ئەگەر نایزانیت، بە بەتاڵی بەجێیبهێڵە: کەس لەبەر ئەوە ناگەڕێنرێتەوە.

question-deceased-sex = ژن یان پیاو؟
question-deceased-sex-short = ڕەگەز
question-deceased-sex-missing = ژن یان پیاو هەڵبژێرە.
question-deceased-sex-option-female = ژن یان کچ
question-deceased-sex-option-male = پیاو یان کوڕ

question-deceased-born = کەی لەدایک بووبوو؟
question-deceased-born-short = لەدایکبوون
question-deceased-born-hint = ساڵەکە بەسە. ئەگەر نایزانیت، بە بەتاڵی بەجێیبهێڵە.

question-path = کێ دەڵێت کۆچی دوایی کردووە؟
question-path-short = سەلمێنراوە لەلایەن
question-path-missing = هەڵبژێرە کێ مردنەکەی سەلماندووە.
question-path-option-ordinary = پزیشک یان نەخۆشخانە
question-path-option-forensic = پزیشکیی دادی
question-path-option-missing = دادگا، بۆ کەسێکی بێسەروشوێن

question-died-on = چ ڕۆژێک کۆچی دوایی کرد؟
question-died-on-short = کۆچی دوایی
question-died-on-hint = بۆ کەسێکی بێسەروشوێن: ئەو ڕۆژەی لە بڕیارەکەدا هاتووە.
question-died-on-missing = ڕۆژ و مانگ و ساڵ بنووسە.

question-place-kind = لە کوێ کۆچی دوایی کرد؟
question-place-kind-short = جۆری شوێن
question-place-kind-missing = هەڵبژێرە لە کوێ کۆچی دوایی کرد.
question-place-kind-option-hospital = لە نەخۆشخانە
question-place-kind-option-home = لە ماڵەوە
question-place-kind-option-road = لە ڕێگا
question-place-kind-option-work = لە کار
question-place-kind-option-other = لە شوێنێکی تر

question-death-place = لە کام پارێزگا، و لە کام شار یان گوند؟
question-death-place-short = شوێنی کۆچی دوایی
question-death-place-hint = پارێزگا بەسە. بەوە دیاری دەبێت کام فەرمانگەی تەندروستی تۆماری دەکات.
question-death-place-missing = پارێزگاکە بنووسە.

question-missing-since = لە کەیەوە بێسەروشوێنە؟
question-missing-since-short = بێسەروشوێن لە
question-missing-since-hint = ساڵەکە بەسە.
question-missing-since-missing = لانیکەم ساڵەکە بنووسە.

question-cause-certificate = بڕوانامەی پزیشکمان بۆ بنێرە
question-cause-certificate-short = بڕوانامەی پزیشک
question-cause-certificate-hint = وێنەیەکی ڕوونی هەموو لاپەڕەکان بەسە. ئەگەر تەنها کاغەزەکەت هەیە، لێرە بە بەتاڵی بەجێیبهێڵە و لە سەنتەرێک پیشانی بدە.

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

question-late-reason = بۆچی ئێستا ڕادەگەیەنرێت؟
question-late-reason-short = هۆی دواکەوتن
question-late-reason-hint = ماوەی یاسایی تێپەڕیوە. ڕستەیەکی کورت بەسە؛ یاسا ڕسوومێکی کەم وەردەگرێت و پێش ناردن دەیبینیت.
question-late-reason-missing = بە چەند وشەیەک بنووسە بۆچی دواکەوتووە.

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

relation-spouse = هاوسەر
relation-child = کوڕ یان کچ
relation-parent = دایک یان باوک
relation-relative = خزمێک کە ئامادە بووە

open-relation-spouse = ئایا داواکار هاوسەری کۆچکردووەکە بووە؟ هێشتا ناسنامەی نەسەلماوە.
open-relation-child = ئایا داواکار منداڵی کۆچکردووەکەیە؟ هێشتا ناسنامەی نەسەلماوە.
open-relation-parent = ئایا داواکار دایک یان باوکی کۆچکردووەکەیە؟ هێشتا ناسنامەی نەسەلماوە.
open-relation-relative = ئایا داواکار خزمی کۆچکردووەکەیە؟ هێشتا ناسنامەی نەسەلماوە.

## بەڵگەکان

evidence-cause-certificate = بڕوانامەی پزیشک سەبارەت بە مردن و هۆکارەکانی
evidence-cause-certificate-hint = لە نەخۆشخانە، پزیشک یان پزیشکیی دادییەوە.
open-evidence-cause-certificate = ئایا بڕوانامەی پزیشک ڕاستە و ناوی ئەم کەسە و هۆکارەکانی تێدایە؟
evidence-judgment-paper = بڕیاری دادگا
open-evidence-judgment-paper = ئایا بڕیاری دادگا ڕاستە و یەکلاکەرەوەیە، و سەبارەت بەم ڕووداوەیە؟

## پرسەکان بۆ فەرمانبەر

open-late = دوای ماوەی یاسایی ڕاگەیەنراوە. ئایا هۆکار و بەڵگەکانی دروستن؟
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

document-title = بڕوانامەی کۆچی دوایی
document-authority =
    هەرێمی کوردستانی عێراق
    وەزارەتی تەندروستی
    بەڕێوەبەرایەتیی گشتیی تەندروستی
document-statement = لە تۆماری کۆچی دوایی دەرهێنراوە و بە واژۆی ئەلیکترۆنی پارێزراوە.

print-name = ناو
print-name-latin = ناو بە پیتی لاتینی
print-sex = ڕەگەز
print-born-on = ڕۆژی لەدایکبوون
print-died-on = ڕۆژی کۆچی دوایی
print-death-place = شوێنی کۆچی دوایی
print-father = باوک
print-mother = دایک
print-register = ژمارەی تۆمار
print-office = فەرمانگە
print-book = دەفتەر
print-page = لاپەڕە
