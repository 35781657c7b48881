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
