# Words on papers.

paper-number = الرقم
paper-issued = الإصدار
paper-issued-value = { $day }، { $place }
paper-valid-until = يُعتمد عليها حتى
paper-check = التحقق
paper-check-text = امسح الرمز، أو اكتب العنوان بنفسك. أي تغيير في هذه الوثيقة يكسر ختمها.
paper-log = السجل العلني
paper-footer = لا تثق بعناوين أخرى.
paper-training = تدريب – غير نافذة
paper-transliterated = { $text } (منقول بحروف أخرى)
paper-by-rule = * كُتب بالحروف اللاتينية وفق قاعدة، ولم يؤخذ من جواز سفر.
receipt-original = الأصل
receipt-copy = نسخة
receipt-void = باطل
receipt-refund = مبلغ مردود
receipt-fee = رسم الخدمة
receipt-total = المبلغ
receipt-means = طريقة الدفع
receipt-cash = نقدًا
receipt-footer = لا يجوز لأحد أن يطلب منك أكثر من هذا. إذا طلب أحد ذلك فاتصل بالرقم ١٢٢.
form-chosen = مختار
form-open = غير مختار
form-applicant = توقيع مقدّم الطلب أو بصمته
form-companion = مرافق أو شاهد
form-officer = الموظف
form-date = التاريخ
form-office = لاستعمال الدائرة
form-received = تاريخ الاستلام
form-seen = الأوراق التي جرى الاطلاع عليها
copies-count = { $count ->
    [zero] لا نسخ
    [one] نسخة واحدة
    [two] نسختان
    [few] { $count } نسخ
   *[other] { $count } نسخة
}
receipt-late-declaration = تصريح متأخر

## Dates in words, beside their figures

date-in-words = { $day } من { $month } سنة { $year }
date-in-words-month = { $month } سنة { $year }
date-in-words-year = سنة { $year }
number-in-words-and = { $before } و{ $next }
number-in-words-tens = { $one ->
    [1] إحدى و{ $tens }
   *[other] { $ones } و{ $tens }
}
number-in-words-1 = واحدة
number-in-words-2 = اثنتين
number-in-words-3 = ثلاث
number-in-words-4 = أربع
number-in-words-5 = خمس
number-in-words-6 = ست
number-in-words-7 = سبع
number-in-words-8 = ثمان
number-in-words-9 = تسع
number-in-words-10 = عشر
number-in-words-11 = إحدى عشرة
number-in-words-12 = اثنتي عشرة
number-in-words-13 = ثلاث عشرة
number-in-words-14 = أربع عشرة
number-in-words-15 = خمس عشرة
number-in-words-16 = ست عشرة
number-in-words-17 = سبع عشرة
number-in-words-18 = ثماني عشرة
number-in-words-19 = تسع عشرة
number-in-words-20 = عشرين
number-in-words-30 = ثلاثين
number-in-words-40 = أربعين
number-in-words-50 = خمسين
number-in-words-60 = ستين
number-in-words-70 = سبعين
number-in-words-80 = ثمانين
number-in-words-90 = تسعين
number-in-words-100 = مئة
number-in-words-200 = مئتين
number-in-words-300 = ثلاثمئة
number-in-words-400 = أربعمئة
number-in-words-500 = خمسمئة
number-in-words-600 = ستمئة
number-in-words-700 = سبعمئة
number-in-words-800 = ثمانمئة
number-in-words-900 = تسعمئة
number-in-words-1000 = ألف
number-in-words-2000 = ألفين
day-in-words-1 = الأول
day-in-words-2 = الثاني
day-in-words-3 = الثالث
day-in-words-4 = الرابع
day-in-words-5 = الخامس
day-in-words-6 = السادس
day-in-words-7 = السابع
day-in-words-8 = الثامن
day-in-words-9 = التاسع
day-in-words-10 = العاشر
day-in-words-11 = الحادي عشر
day-in-words-12 = الثاني عشر
day-in-words-13 = الثالث عشر
day-in-words-14 = الرابع عشر
day-in-words-15 = الخامس عشر
day-in-words-16 = السادس عشر
day-in-words-17 = السابع عشر
day-in-words-18 = الثامن عشر
day-in-words-19 = التاسع عشر
day-in-words-20 = العشرون
day-in-words-21 = الحادي والعشرون
day-in-words-22 = الثاني والعشرون
day-in-words-23 = الثالث والعشرون
day-in-words-24 = الرابع والعشرون
day-in-words-25 = الخامس والعشرون
day-in-words-26 = السادس والعشرون
day-in-words-27 = السابع والعشرون
day-in-words-28 = الثامن والعشرون
day-in-words-29 = التاسع والعشرون
day-in-words-30 = الثلاثون
day-in-words-31 = الحادي والثلاثون
month-in-words-1 = كانون الثاني
month-in-words-2 = شباط
month-in-words-3 = آذار
month-in-words-4 = نيسان
month-in-words-5 = أيار
month-in-words-6 = حزيران
month-in-words-7 = تموز
month-in-words-8 = آب
month-in-words-9 = أيلول
month-in-words-10 = تشرين الأول
month-in-words-11 = تشرين الثاني
month-in-words-12 = كانون الأول

## What entries say by codes

paper-plurality-single = مفردة
paper-plurality-twin = توأم
paper-plurality-triplet = ثلاثة توائم
paper-plurality-more = أربعة توائم أو أكثر
paper-country-iq = العراق
paper-country-ir = إيران
paper-country-sy = سوريا
paper-country-tr = تركيا
paper-country-jo = الأردن
paper-country-lb = لبنان
paper-country-sa = السعودية
paper-country-kw = الكويت
paper-country-eg = مصر
paper-country-ps = فلسطين
paper-country-am = أرمينيا
paper-country-de = ألمانيا
paper-country-se = السويد
paper-country-gb = المملكة المتحدة
paper-country-nl = هولندا
paper-country-us = الولايات المتحدة
