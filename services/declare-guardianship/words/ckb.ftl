### ڕاگەیاندنی سەرپەرشتیاری: وشەکان بە کوردیی ناوەندی.

title = ڕاگەیاندنی سەرپەرشتیاری
summary = با تۆمارگە ئەو بڕیارە تۆمار بکات کە تۆ دەکاتە سەرپەرشتیاری کەسێک.
issuer = بەڕێوەبەرایەتیی گشتیی باری شارستانی
before-you-start = بڕیاری دادگا لەبەردەستت بێت: سەرپەرشتیار تەنها بە بڕیاری دادگا دیاری دەکرێت. لەبارەی خۆتەوە هیچ ناپرسین: تۆماری خۆت دەیڵێت.
done = ڕاگەیاندنەکەت گەیشتە تۆمارگە. فەرمانبەرێک لە بڕیارەکەوە تەواوی دەکات و فەرمانبەرێکی تر دەیپشکنێت و تۆماری دەکات.
not-entitled = سەرپەرشتیاری لەلایەن سەرپەرشتیارەکەوە بە بڕیاری دادگا ڕادەگەیەنرێت. دادگاکان خۆیان ئاگادار دەکەنەوە.

## بەشەکان

group-person = ئەو کەسەی لێی بەرپرسیت
group-judgment = بڕیاری دادگا
group-papers = بەڵگەکان
group-delivery = چۆن پێت بگەین

## پرسیارەکان

question-who-option-someone-else = کەسێکی تر
question-who = تۆ کێیت؟
question-who-short = ڕاگەیەنەر
question-who-missing = هەڵبژێرە تۆ کێیت.
question-who-option-guardian = سەرپەرشتیارەکە

question-ward-name = سەرپەرشتیاری کێیت؟
question-ward-name-short = سەرپەرشتیکراو
question-ward-name-hint = وەک لە بەڵگەنامەکانیدا هاتووە، بە هەر ئەلفوبێیەک.
question-ward-name-missing = ناوی خۆی و ناوی باوکی بنووسە.

question-ward-number = ژمارەی ناسنامەی چەندە؟
question-ward-number-short = ژمارەی ناسنامە
question-ward-number-hint = ئەگەر نایزانیت، بە بەتاڵی بەجێیبهێڵە: کەس لەبەر ئەوە ناگەڕێنرێتەوە.

question-extent = بەپێی بڕیارەکە، لە چی بەرپرسیت؟
question-extent-short = سنوور
question-extent-missing = هەڵبژێرە لە چی بەرپرسیت.
question-extent-option-person = لە کەسەکە
question-extent-option-property = لە ماڵ و موڵکەکەی
question-extent-option-both = لە هەردووکیان

question-court = کام دادگا بڕیاری دا؟
question-court-short = دادگا
question-court-missing = ناوی دادگاکە بنووسە، وەک لە بڕیارەکەدا هاتووە.

question-judgment = ژمارەی بڕیارەکە چەندە؟
question-judgment-short = ژمارەی بڕیار
question-judgment-missing = ئەو ژمارەیە بنووسە کە لەسەر بڕیارەکە هەیە.

question-judgment-date = ڕێکەوتی بڕیارەکە کەیە؟
question-judgment-date-short = ڕێکەوتی بڕیار
question-judgment-date-missing = ڕۆژی بڕیارەکە بنووسە.

question-until = بەپێی بڕیارەکە، تا کەی؟
question-until-short = تا
question-until-hint = ئەگەر بڕیارەکە کۆتاییەک ناو نابات، بە بەتاڵی بەجێیبهێڵە.

question-judgment-paper = بڕیاری دادگاکەمان بۆ بنێرە
question-judgment-paper-short = بڕیاری دادگا
question-judgment-paper-hint = وێنەیەکی ڕوونی هەموو لاپەڕەکان بەسە. ئەگەر تەنها کاغەزەکەت هەیە، لێرە بە بەتاڵی بەجێیبهێڵە و لە سەنتەرێک پیشانی بدە.

question-phone = بۆ کام ژمارە نامەت بۆ بنێرین؟
question-phone-short = تەلەفۆن
question-phone-hint = بۆ نموونە ⁦٠٧٥٠ ١٢٣ ٤٥٦٧⁩. نامەکانمان نە ناوی تۆ دەهێنن نە ناوی بڕوانامەکە، بۆیە دەکرێت مۆبایلێکی هاوبەش بێت.
question-phone-missing = ژمارەی مۆبایلێک بنووسە.
question-email = ئیمەیڵت هەیە؟
question-email-short = ئیمەیڵ
question-email-hint = دەتوانیت بە بەتاڵی بەجێیبهێڵیت.

## کێ دەتوانێت ڕایبگەیەنێت

relation-guardian = سەرپەرشتیارێک کە دادگا دیاریی کردووە

open-relation-guardian = ئایا بڕیارەکە داواکار وەک سەرپەرشتیار ناو دەبات؟

## بەڵگەکان

evidence-judgment-paper = بڕیاری دادگا
open-evidence-judgment-paper = ئایا بڕیاری دادگا ڕاستە و یەکلاکەرەوەیە، و سەبارەت بەم ڕووداوەیە؟

## پرسەکان بۆ فەرمانبەر

open-decision = ئایا دەکرێت ئەمە تۆمار بکرێت؟

## ڕسووم

fee-late-declaration = ڕاگەیاندنی دواکەوتوو

## هەنگاوەکان

step-prove-identity = ناسنامەت بسەلمێنە
step-prove-identity-hint = بە جزدانی نیشتمانی، یان بە هەر بەڵگەنامەیەکی ناسنامە لە سەنتەرێک. تا ئەو کاتە هەموو شتێک ئامادە دەکەین؛ تەنها ڕادەستکردنی دوادەکەوێت.
step-pay = ڕسوومەکە بدە
step-register = تۆمارگە دەیپشکنێت و تۆماری دەکات
step-register-hint = فەرمانبەرێک ڕاگەیاندنەکە تەواو دەکات و فەرمانبەرێکی تر دەیپشکنێت.

## هۆکارەکانی ڕەتکردنەوە

reason-not-registrable = تۆمارگە ناتوانێت ئەمە بەم شێوەیەی ڕاگەیەنراوە تۆمار بکات.
reason-not-registrable-remedy = وشەکانی فەرمانبەرەکە لە سەرەوە بخوێنەوە و ئەوەی کەمە بیهێنە بۆ هەر سەنتەرێک، یان سەرلەنوێ ڕایبگەیەنە. دەتوانیت لە ماوەی { $days } ڕۆژدا تانە بدەیت؛ فەرمانبەرێکی تر بڕیار دەدات.
reason-declared-already = ئەمە پێشتر ڕاگەیەنراوە.
reason-declared-already-remedy = هیچ شتێک ون نەبووە: داوای بڕوانامەی تۆمارەکە بکە. ئەگەر ڕووداوێکی ترە، پێمان بڵێ چی جیاوازە. دەتوانیت لە ماوەی { $days } ڕۆژدا تانە بدەیت؛ فەرمانبەرێکی تر بڕیار دەدات.
