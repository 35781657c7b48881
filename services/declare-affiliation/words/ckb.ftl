### ڕاگەیاندنی لکاندنی منداڵ: وشەکان بە کوردیی ناوەندی.

title = ڕاگەیاندنی لکاندنی منداڵ
summary = با تۆمارگە تۆمار بکات کە دادگای منداڵان منداڵێکی داوە بە ئێوە.
issuer = بەڕێوەبەرایەتیی گشتیی باری شارستانی
before-you-start = بڕیاری دادگای منداڵان لەبەردەستت بێت. لەبارەی خۆتەوە هیچ ناپرسین: تۆماری خۆت دەیڵێت. ئەوەی پێمان دەڵێیت تەنها چەند فەرمانبەرێکی کەم دەیبینن.
done = ڕاگەیاندنەکەت گەیشتە تۆمارگە. فەرمانبەرێک لە بڕیارەکەوە تەواوی دەکات و فەرمانبەرێکی تر دەیپشکنێت و تۆماری دەکات. تۆمارەکە داخراوە: بەڵگەنامەکانتان ناڵێن منداڵەکە لە کوێوە هاتووە.
not-entitled = لکاندن لەلایەن ئەو هاوسەرانەوە بە بڕیاری دادگا ڕادەگەیەنرێت کە منداڵەکەیان پێ دراوە. دادگاکان خۆیان ئاگادار دەکەنەوە.

## بەشەکان

group-couple = هاوسەرەکان
group-child = منداڵەکە
group-judgment = بڕیاری دادگا
group-papers = بەڵگەکان
group-delivery = چۆن پێت بگەین

## پرسیارەکان

question-who-option-someone-else = کەسێکی تر
question-who = تۆ کێیت؟
question-who-short = ڕاگەیەنەر
question-who-missing = هەڵبژێرە تۆ کێیت.
question-who-option-father = پیاوەکە
question-who-option-mother = ژنەکە

question-mother-name = ناوی ژنەکە چییە؟
question-mother-name-short = ژن
question-mother-name-hint = وەک لە بەڵگەنامەکانیدا هاتووە، بە هەر ئەلفوبێیەک.
question-mother-name-missing = ناوی خۆی و ناوی باوکی بنووسە.

question-mother-number = ژمارەی ناسنامەی چەندە؟
question-mother-number-short = ژمارەی ناسنامە
question-mother-number-hint = ئەگەر نایزانیت، بە بەتاڵی بەجێیبهێڵە: کەس لەبەر ئەوە ناگەڕێنرێتەوە.

question-father-name = ناوی پیاوەکە چییە؟
question-father-name-short = پیاو
question-father-name-hint = وەک لە بەڵگەنامەکانیدا هاتووە، بە هەر ئەلفوبێیەک.
question-father-name-missing = ناوی خۆی و ناوی باوکی بنووسە.

question-father-number = ژمارەی ناسنامەی چەندە؟
question-father-number-short = ژمارەی ناسنامە
question-father-number-hint = ئەگەر نایزانیت، بە بەتاڵی بەجێیبهێڵە: کەس لەبەر ئەوە ناگەڕێنرێتەوە.

question-child-name = بەپێی بڕیارەکە، ناوی منداڵەکە چییە؟
question-child-name-short = منداڵ
question-child-name-missing = ناوی خۆی بنووسە.

question-child-number = ژمارەی ناسنامەی منداڵەکە چەندە؟
question-child-number-short = ژمارەی ناسنامە
question-child-number-hint = ئەگەر نایزانیت، بە بەتاڵی بەجێیبهێڵە: کەس لەبەر ئەوە ناگەڕێنرێتەوە.

question-child-sex = کچە یان کوڕ؟
question-child-sex-short = ڕەگەز
question-child-sex-missing = کچ یان کوڕ هەڵبژێرە.
question-child-sex-option-female = کچ
question-child-sex-option-male = کوڕ

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

question-phone = بۆ کام ژمارە نامەت بۆ بنێرین؟
question-phone-short = تەلەفۆن
question-phone-hint = بۆ نموونە ⁦٠٧٥٠ ١٢٣ ٤٥٦٧⁩. نامەکانمان نە ناوی تۆ دەهێنن نە ناوی بڕوانامەکە، بۆیە دەکرێت مۆبایلێکی هاوبەش بێت.
question-phone-missing = ژمارەی مۆبایلێک بنووسە.
question-email = ئیمەیڵت هەیە؟
question-email-short = ئیمەیڵ
question-email-hint = دەتوانیت بە بەتاڵی بەجێیبهێڵیت.

## کێ دەتوانێت ڕایبگەیەنێت

relation-father = پیاوەکەی هاوسەرەکان
relation-mother = ژنەکەی هاوسەرەکان

open-relation-father = ئایا داواکار ئەو پیاوەیە کە دادگا منداڵەکەی پێ داوە؟ هێشتا ناسنامەی نەسەلماوە.
open-relation-mother = ئایا داواکار ئەو ژنەیە کە دادگا منداڵەکەی پێ داوە؟ هێشتا ناسنامەی نەسەلماوە.

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
