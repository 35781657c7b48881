# Consent and receipts at the counter.

counter-consent-phone = أو الموافقة برمز: رقم هاتفه
counter-consent-phone-hint = نرسل رمزًا ويقرؤه الشخص لك. اتركه فارغًا إذا ذُكر شاهد.
counter-choose-service = اختر خدمة
counter-consent-missing = اذكر شاهدًا، أو أرسل رمزًا إلى هاتف الشخص
counter-code = الرمز الذي يقرؤه الشخص
consent-title = الموافقة
consent-for = المعاملة { $number }: يجب أن يوافق مقدّم الطلب على أن تكتب عنه.
consent-by-code = برمز إلى هاتفه
consent-by-mark = بعلامة أو كلمة أمام شاهد
consent-record = تسجيل الموافقة
consent-code-sent = أُرسل رمز إلى { $address }.
send-code-there = أرسل رمزًا إلى هناك
to-desk = إلى المكتب
receipt-print-narrow = طباعة الوصل
receipt-print-lead = لطابعة الوصولات (٨٠ ملم) أو لأي طابعة. الطبعة الأولى أصل، وكل طبعة بعدها تقول إنها نسخة.
receipt-as-pdf = الوصل بصيغة PDF
receipt-pdf-lead = للحفظ أو الإرسال. يُحتسب طبعة.
receipt-log-entry = القيد في السجل العام

look-why = لماذا تطّلع؟
look-why-hint = لم يُستدعَ أحد إلى شباكك: اختر السبب. يستطيع صاحب البيانات أن يقرأه.
look-why-missing = اختر سبب الاطلاع
look-why-here = حاضر هنا
look-why-for-them = شخص حاضر هنا نيابة عنه
look-why-letter = رسالة أو طلب منه
look-why-authority = تسأل عنه محكمة أو جهة رسمية
look-why-mend = قيده يُدقَّق أو يُصحَّح
look-why-ticket = التذكرة { $ticket } ({ $for })
look-why-not-said = لم يُذكر السبب
