### ڕاگەیاندنی هاوسەرگیری: وشەکان بە کوردیی ناوەندی.

title = ڕاگەیاندنی هاوسەرگیری
summary = با تۆمارگە ئەو هاوسەرگیرییە تۆمار بکات کە بە گرێبەستی دادگا کراوە. بڕوانامەی هاوسەرگیریی لێ دەردەچێت.
issuer = بەڕێوەبەرایەتیی گشتیی باری شارستانی
before-you-start = گرێبەستی دادگای باری کەسی لەبەردەستت بێت. لەبارەی خۆتەوە هیچ ناپرسین: تۆماری خۆت دەیڵێت. هەر کاتێک بتەوێت دەتوانیت بوەستیت و دواتر بەردەوام بیت.
done = ڕاگەیاندنەکەت گەیشتە تۆمارگە. فەرمانبەرێک لە گرێبەستەکەوە تەواوی دەکات و فەرمانبەرێکی تر دەیپشکنێت و تۆماری دەکات. پاشان بڕوانامەکە لێرە ئامادە دەبێت.
not-entitled = هاوسەرگیری لەلایەن مێرد یان ژنەوە ڕادەگەیەنرێت. دادگا و نوێنەرایەتییەکان لە دەرەوە خۆیان ئاگادار دەکەنەوە. ئەگەر بۆ یەکێکیان کار دەکەیت، دەتوانێت لەگەڵت بێت بۆ هەر سەنتەرێک.

## بەشەکان

group-couple = هاوسەرەکان
group-contract = گرێبەست
group-papers = بەڵگەکان
group-delivery = چۆن پێت بگەین

## پرسیارەکان

question-who-option-someone-else = کەسێکی تر
question-who = تۆ کێیت؟
question-who-short = ڕاگەیەنەر
question-who-missing = هەڵبژێرە تۆ کێیت.
question-who-option-husband = مێردەکە
question-who-option-wife = ژنەکە

question-wife-name = ناوی ژنەکە چییە؟
question-wife-name-short = ژن
question-wife-name-hint = وەک لە بەڵگەنامەکانیدا هاتووە، بە هەر ئەلفوبێیەک.
question-wife-name-missing = ناوی خۆی و ناوی باوکی بنووسە.

question-wife-number = ژمارەی ناسنامەی چەندە؟
question-wife-number-short = ژمارەی ناسنامە
question-wife-number-hint = ئەگەر نایزانیت، بە بەتاڵی بەجێیبهێڵە: کەس لەبەر ئەوە ناگەڕێنرێتەوە.

question-wife-born = ژنەکە کەی لەدایک بووە؟
question-wife-born-short = لەدایکبوونی ژن
question-wife-born-hint = ساڵەکە بەسە. ئەگەر نایزانیت، بە بەتاڵی بەجێیبهێڵە.

question-husband-name = ناوی مێردەکە چییە؟
question-husband-name-short = مێرد
question-husband-name-hint = وەک لە بەڵگەنامەکانیدا هاتووە، بە هەر ئەلفوبێیەک.
question-husband-name-missing = ناوی خۆی و ناوی باوکی بنووسە.

question-husband-number = ژمارەی ناسنامەی چەندە؟
question-husband-number-short = ژمارەی ناسنامە
question-husband-number-hint = ئەگەر نایزانیت، بە بەتاڵی بەجێیبهێڵە: کەس لەبەر ئەوە ناگەڕێنرێتەوە.

question-husband-born = مێردەکە کەی لەدایک بووە؟
question-husband-born-short = لەدایکبوونی مێرد
question-husband-born-hint = ساڵەکە بەسە. ئەگەر نایزانیت، بە بەتاڵی بەجێیبهێڵە.

question-married-on = چ ڕۆژێک هاوسەرگیریتان کرد؟
question-married-on-short = هاوسەرگیری
question-married-on-missing = ڕۆژ و مانگ و ساڵ بنووسە.

question-contract-court = کام دادگا گرێبەستەکەی کرد؟
question-contract-court-short = دادگای گرێبەست
question-contract-court-missing = ناوی دادگاکە بنووسە، وەک لەسەر گرێبەستەکە هاتووە.

question-contract-number = ژمارەی گرێبەستەکە چەندە؟
question-contract-number-short = ژمارەی گرێبەست
question-contract-number-missing = ئەو ژمارەیە بنووسە کە لەسەر گرێبەستەکە هەیە.

question-place = هاوسەرگیرییەکە لە کوێ بوو؟
question-place-short = شوێن
question-place-hint = پارێزگا بەسە.
question-place-missing = پارێزگا یان وڵات بنووسە.

question-outside-region = ئایا هاوسەرگیرییەکە لە دەرەوەی هەرێمی کوردستان کراوە؟
question-outside-region-short = لە دەرەوەی هەرێم
question-outside-region-missing = بەڵێ یان نەخێر هەڵبژێرە.

question-outside-court = ئایا لە دەرەوەی دادگا هاوسەرگیریتان کرد و دواتر سەلمێنرا؟
question-outside-court-short = دواتر سەلمێنراوە
question-outside-court-missing = بەڵێ یان نەخێر هەڵبژێرە.

question-court = کام دادگا بڕیاری دا؟
question-court-short = دادگا
question-court-missing = ناوی دادگاکە بنووسە، وەک لە بڕیارەکەدا هاتووە.

question-judgment = ژمارەی بڕیارەکە چەندە؟
question-judgment-short = ژمارەی بڕیار
question-judgment-missing = ئەو ژمارەیە بنووسە کە لەسەر بڕیارەکە هەیە.

question-judgment-date = ڕێکەوتی بڕیارەکە کەیە؟
question-judgment-date-short = ڕێکەوتی بڕیار
question-judgment-date-missing = ڕۆژی بڕیارەکە بنووسە.

question-contract-paper = گرێبەستی دادگامان بۆ بنێرە
question-contract-paper-short = گرێبەست
question-contract-paper-hint = وێنەیەکی ڕوونی هەموو لاپەڕەکان بەسە. ئەگەر تەنها کاغەزەکەت هەیە، لێرە بە بەتاڵی بەجێیبهێڵە و لە سەنتەرێک پیشانی بدە.

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

relation-husband = مێردەکە
relation-wife = ژنەکە

open-relation-husband = ئایا داواکار مێردەکەیە؟ هێشتا ناسنامەی نەسەلماوە.
open-relation-wife = ئایا داواکار ژنەکەیە؟ هێشتا ناسنامەی نەسەلماوە.

## بەڵگەکان

evidence-contract-paper = گرێبەستی هاوسەرگیریی دادگا
open-evidence-contract-paper = ئایا گرێبەستی دادگا ڕاستە و ناوی ئەم هاوسەرانەی تێدایە؟
evidence-judgment-paper = بڕیاری دادگا
open-evidence-judgment-paper = ئایا بڕیاری دادگا ڕاستە و یەکلاکەرەوەیە، و سەبارەت بەم ڕووداوەیە؟

## پرسەکان بۆ فەرمانبەر

open-outside-court = هاوسەرگیرییەکە لە دەرەوەی دادگا کراوە. ئایا بڕیارەکە دەیسەلمێنێت، و لە چ ڕۆژێکەوە؟
open-outside-region = هاوسەرگیرییەکە لە دەرەوەی هەرێم کراوە. ئایا هاوسەرگیرییەکی تری یەکێکیان بەردەوامە؟
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

document-title = بڕوانامەی هاوسەرگیری
document-authority =
    هەرێمی کوردستانی عێراق
    وەزارەتی ناوخۆ
    بەڕێوەبەرایەتیی گشتیی باری شارستانی
document-statement = لە تۆماری هاوسەرگیری دەرهێنراوە و بە واژۆی ئەلیکترۆنی پارێزراوە.

print-husband = مێرد
print-husband-born-on = لەدایکبوونی مێرد
print-wife = ژن
print-wife-born-on = لەدایکبوونی ژن
print-date = ڕۆژی هاوسەرگیری
print-place = شوێنی هاوسەرگیری
print-court = دادگا
print-register = ژمارەی تۆمار
print-office = فەرمانگە
print-book = دەفتەر
print-page = لاپەڕە
