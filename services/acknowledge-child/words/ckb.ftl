### دانپێدانان بە منداڵ: وشەکان بە کوردیی ناوەندی.

title = دانپێدانان بە منداڵ
summary = بە تۆمارگە بڵێ کە منداڵێک هی تۆیە.
issuer = بەڕێوەبەرایەتیی گشتیی باری شارستانی
before-you-start = نووسراوی ئەو دادگایە یان ئەو تۆمارکارەت لەبەردەست بێت کە لەبەردەمیدا دانت بە منداڵەکەدا ناوە. لەبارەی خۆتەوە هیچ ناپرسین: تۆماری خۆت دەیڵێت.
done = ڕاگەیاندنەکەت گەیشتە تۆمارگە. فەرمانبەرێک تۆماری منداڵەکە دەدۆزێتەوە و ڕاگەیاندنەکە تەواو دەکات و فەرمانبەرێکی تر دەیپشکنێت و تۆماری دەکات. ئینجا منداڵەکە لە تۆماردا لەگەڵ تۆیە.
not-entitled = تەنها باوک خۆی دان بە منداڵدا دەنێت. ئەو دادگایەی باوک دیاری دەکات خۆی ئاگادار دەکاتەوە.

## بەشەکان

group-child = منداڵەکە
group-acknowledgement = دانپێدانان
group-papers = بەڵگەکان
group-delivery = چۆن پێت بگەین

## پرسیارەکان

question-who-option-someone-else = کەسێکی تر
question-who = تۆ کێی منداڵەکەیت؟
question-who-short = ڕاگەیەنەر
question-who-missing = هەڵبژێرە تۆ کێی منداڵەکەیت.
question-who-option-father = باوکی

question-child-name = ناوی منداڵەکە چییە؟
question-child-name-short = منداڵ
question-child-name-missing = ناوی خۆی بنووسە.

question-child-number = ژمارەی ناسنامەی منداڵەکە چەندە؟
question-child-number-short = ژمارەی ناسنامە
question-child-number-hint = ئەگەر نایزانیت، بە بەتاڵی بەجێیبهێڵە: کەس لەبەر ئەوە ناگەڕێنرێتەوە.

question-born-on = منداڵەکە لە چ ڕۆژێکدا لەدایک بووە؟
question-born-on-short = لەدایکبوون
question-born-on-missing = ڕۆژ و مانگ و ساڵ بنووسە.

question-before = لەبەردەم کێدا دانت بە منداڵەکەدا نا؟
question-before-short = لەبەردەم
question-before-hint = دادگایەک، یان تۆمارکارێک.
question-before-missing = ناوی دادگاکە یان فەرمانگەکە بنووسە، وەک لە نووسراوەکەدا هاتووە.

question-acknowledged-on = لە چ ڕۆژێکدا؟
question-acknowledged-on-short = دانپێدانان
question-acknowledged-on-missing = ڕۆژ و مانگ و ساڵ بنووسە.

question-acknowledgement-paper = نووسراوەکەیمان بۆ بنێرە
question-acknowledgement-paper-short = نووسراوی دانپێدانان
question-acknowledgement-paper-hint = وێنەیەکی ڕوونی هەموو لاپەڕەکان بەسە. ئەگەر تەنها کاغەزەکەت هەیە، لێرە بە بەتاڵی بەجێیبهێڵە و لە سەنتەرێک پیشانی بدە.

question-phone = بۆ کام ژمارە نامەت بۆ بنێرین؟
question-phone-short = تەلەفۆن
question-phone-hint = بۆ نموونە ⁦٠٧٥٠ ١٢٣ ٤٥٦٧⁩. نامەکانمان نە ناوی تۆ دەهێنن نە ناوی بڕوانامەکە، بۆیە دەکرێت مۆبایلێکی هاوبەش بێت.
question-phone-missing = ژمارەی مۆبایلێک بنووسە.
question-email = ئیمەیڵت هەیە؟
question-email-short = ئیمەیڵ
question-email-hint = دەتوانیت بە بەتاڵی بەجێیبهێڵیت.

## کێ دەتوانێت ڕایبگەیەنێت

relation-father = باوک

open-relation-father = ئایا داواکار ئەو باوکەیە کە دان بە منداڵەکەدا دەنێت؟ هێشتا ناسنامەی نەسەلماوە.

## بەڵگەکان

evidence-acknowledgement-paper = نووسراوی دانپێدانان
open-evidence-acknowledgement-paper = ئایا نووسراوەکە ڕاستە، و ئەم باوک و ئەم منداڵە ناو دەبات؟

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
