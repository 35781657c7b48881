# Visits to a centre: tickets, counters, halls, and the day's record.

menu-queue = نداء الشباك
menu-hall = القاعة
centres-title = مراكز الخدمة
centres-lead = إلى أين يمكنك أن تذهب، وهل المركز مفتوح، وكم شخصاً ينتظر الآن.
centre-waiting = { $count ->
    [0] لا أحد ينتظر
    [one] شخص واحد ينتظر
    [two] شخصان ينتظران
   *[other] { $count } أشخاص ينتظرون
}
centre-closed-now = مغلق الآن
centre-open-now = مفتوح الآن
centre-waits = أوقات الانتظار في { $at }
centre-wait = الانتظار
centre-counters = الشبابيك المفتوحة
centre-at-door = خذ تذكرة من الجهاز أو من الاستقبال أو بهاتفك عند اللوحة قرب الباب.
centre-no-setup = لم تُنشر بعدُ طريقة الخدمة هنا.
centre-hours = أوقات الدوام
centre-halls = ما تعرضه الشاشات
centre-days = هل رُوعيت القاعدة؟
centre-days-lead = سجل كل يوم: من نودي ومتى، بلا اسم. يستطيع أي شخص أن يتحقق منه.
wait-unknown = غير معروف: لا شباك مفتوح له
wait-range = من { $from } إلى { $to } دقيقة
wait-range-long = من { $from } إلى { $to }
ticket-line = لأي أمر
ticket-needs = ما تحتاج إليه
ticket-needs-help = اختر ما يساعدك. لا أحد يطلب إثباتاً.
ticket-people = كم أنتم
ticket-people-help = تذكرة واحدة تكفي لعائلة.
ticket-phone = رقم هاتفك
ticket-phone-help = نرسل رسالة واحدة حين لا يبقى أمامك إلا قليلون.
ticket-take = خذ تذكرة
ticket-take-at = تذكرة في { $centre }
ticket-wrong-line = اختر لأي أمر جئت
ticket-wrong-people = اكتب رقماً من 1 إلى 20
ticket-wrong-phone = اكتب الرقم بأرقامه، مثلاً 0750 123 4567، أو اتركه فارغاً
ticket-number = التذكرة { $number }
ticket-before = { $count ->
    [0] أنت التالي
    [one] أمامك شخص واحد
    [two] أمامك شخصان
   *[other] أمامك { $count } أشخاص
}
ticket-yours = رقمك
ticket-go = اذهب الآن إلى الشباك { $counter }
ticket-at = أنت عند الشباك { $counter }
ticket-state-waiting = ينتظر
ticket-state-called = نودي عليه
ticket-state-serving = عند الشباك
ticket-state-parked = أُرسل ليُحضر شيئاً، ومكانه محفوظ
ticket-state-missed = نودي ولم يأتِ أحد
ticket-state-done = تمت خدمته
ticket-state-left = أُلغيت
ticket-state-unserved = لم يُخدم اليوم
ticket-missed-help = اذهب إلى الاستقبال وأظهر هذا الرقم. يُحفظ مكانك مدةً.
ticket-unserved-help = نعتذر. أظهر هذا الرقم في المرة القادمة فتُقدَّم على غيرك.
ticket-keep = أبقِ هذه الصفحة مفتوحة، أو عُد إليها بهذه الصورة.
ticket-leave-title = لم أعد أحتاج إلى هذه التذكرة
ticket-leave-lead = يُترك المكان ولا يُستعاد.
ticket-leave = ألغِ التذكرة
ticket-given = أُعطيت التذكرة { $number }
ticket-follow = تابعها بالهاتف.
ticket-step-begin = حضر
ticket-step-recall = نادِ مرة أخرى
ticket-step-finish = انتهى
ticket-step-park = أرسله ليُحضر شيئاً
ticket-step-miss = لم يأتِ أحد
ticket-step-leave = انصرف
ticket-step-return = عاد
ticket-step-revive = حضر أخيراً
ticket-step-transfer = أرسله إلى صف آخر
visit-need-wheelchair = شباك لكرسي متحرك
visit-need-hearing-loop = حلقة سمعية
visit-need-sign-language = لغة الإشارة
visit-need-women-only = شباك للنساء
visit-need-quiet = شباك هادئ
visit-need-fetched = أن يأتي أحد لاصطحابي: لا أرى جيداً
visit-need-cannot-wait = الانتظار أو الوقوف صعب عليّ
visit-need-child = معي طفل صغير
visit-need-reading = مساعدة في القراءة والكتابة
visit-rate-title = كيف كان الأمر؟
visit-rate-why = ما السبب؟
visit-call-back = أرجو أن تتصلوا بي
visit-rated-thanks = شكراً. حُفظ رأيك.
visit-score-1 = سيئ جداً
visit-score-2 = سيئ
visit-score-3 = متوسط
visit-score-4 = جيد
visit-score-5 = جيد جداً
visit-reason-wait = الانتظار
visit-reason-courtesy = طريقة التعامل معي
visit-reason-clarity = وضوح الإجراءات
visit-reason-result = النتيجة
visit-reason-asked-for-money = طُلب مني مال
visit-reason-access = الدخول والتنقل
hall-title = شاشة القاعة
hall-number = الرقم
hall-counter = الشباك
hall-waiting = المنتظرون
hall-stale = آخر ما عُرف في
hall-ticket = تذكرتك بالهاتف
hall-lines = الصفوف
hall-counters = الشبابيك
hall-longest = أطول انتظار
hall-in-hand = عند الشباك
hall-close = أغلق الشباك
hall-close-title = إغلاق شباك زميل
hall-close-lead = يجلس { $name } عند الشباك { $counter }. لا يُنادى إليه أحد حتى يجلس أحد من جديد.
hall-close-in-hand = ما زالت التذكرة { $number } قيد الخدمة هناك. من يجلس بعده عند هذا الشباك يتابع معها.
hall-unattended = لا أحد
hall-display = شاشة { $hall }
hall-public = ما يراه الجميع من هذا المركز
queue-sit = اجلس عند شباك
queue-stand = اترك الشباك
queue-give = أعطِ تذكرة
queue-next = نادِ التالي
queue-at-counter = الشباك { $counter }
queue-came = جاء قبل { $span }
queue-open-matter = افتح معاملة الشخص
queue-away = غائبون
queue-state = أين هم
queue-waiting = ينتظرون هذا الشباك
queue-nobody = لا أحد ينتظر.
queue-later = { $count ->
    [one] شخص آخر ينتظر
    [two] شخصان آخران ينتظران
   *[other] { $count } آخرون ينتظرون
}
queue-since = هنا منذ
queue-let-in = قدّمه
queue-ask-let-in = اطلب التقديم
queue-why = لماذا
queue-ask = اسأل زميلاً
jump-illness = يشعر بمرض
jump-office-mistake = خطؤنا أضاع دوره
jump-deadline = طائرة أو محكمة أو دفن
jump-machine = تعطل جهاز
jump-safety = لسلامة القاعة
day-title = سجل { $day }
day-taken = التذاكر
day-calls = النداءات
day-passed = نداءات قُدّمت فيها حاجة على غيرها
day-jumps = قُدّموا قبل دورهم
day-not-over = لم ينتهِ اليوم. يُنشر سجله كاملاً عند إغلاقه.
day-kept = كل نداء جرى بحسب القاعدة المنشورة.
day-findings = أين يختلف السجل عن القاعدة
day-check = تحقق بنفسك
day-check-lead = في الملف كل حدث من اليوم وما يُثبت أنه في السجل العام بلا تغيير. والبرنامج scripts/check-queue-day يقرر اليوم من جديد.
day-file = اليوم ملفاً
day-finding-gap = الخطوة { $turn }: حدث قبلها مفقود.
day-finding-out-of-order = الخطوة { $turn }: كان الدور لغيره ({ $numbers }).
day-finding-place-wrong = الخطوة { $turn }: المكان لا يتبع القاعدة ({ $numbers }).
day-finding-step-impossible = الخطوة { $turn }: لم يكن للتذكرة أن تفعل هذا ({ $numbers }).
day-finding-number-twice = الخطوة { $turn }: أُعطي الرقم مرتين ({ $numbers }).
day-finding-line-unknown = الخطوة { $turn }: لا صف كهذا ({ $numbers }).
day-finding-setup-unknown = الخطوة { $turn }: الإعداد المنشور مفقود{ $numbers }.
setup-title = كيف تُقدَّم الخدمة هنا
setup-lead = القاعات والصفوف والشبابيك والقاعدة التي يُنادى بها الناس. يُفحص قبل أن يُعمل به، ويسري فوراً، ويُذكر في سجل كل يوم.
setup-file = الملف
setup-file-help = TOML؛ يشرحه docs/centres.md.
setup-publish = افحص وانشر
setup-fault-unreadable = السطر { $place }: { $found }.
setup-fault-no-line = { $place }: لا صف هناك{ $found }. أضف واحداً على الأقل.
setup-fault-key = { $place }: مفتاح القاعة من أحرف لاتينية صغيرة وواصلات فقط ({ $found }).
setup-fault-twice = { $place }: { $found } مكرر. أعطِ أحدهما اسماً آخر.
setup-fault-out-of-range = { $place }: { $found }.
setup-fault-needs-shut-out-others = { $place }: { $found }. لا بد أن يبقى نداء واحد على الأقل لمن جاء قبلاً.
setup-fault-no-basis = { $place }: اذكر القرار الذي وراء القاعدة (basis){ $found }.
setup-fault-letter = { $place }: حرف الصف حرف لاتيني كبير واحد ({ $found }).
setup-fault-hall-unknown = { $place }: لا قاعة باسم { $found }.
setup-fault-name-missing = { $place }: الاسم بلغة { $found } ناقص.
setup-fault-unserved = { $place }: لا شباك يخدم { $found }.
setup-fault-service-twice = { $place }: { $found } تُقدَّم في صف آخر.
setup-fault-women-only = { $place }: كل شبابيك { $found } للنساء فقط.
setup-fault-label = { $place }: التسمية من حرف إلى ثمانية ({ $found }).
setup-fault-line-unknown = { $place }: لا صف باسم { $found }.
setup-fault-direction = { $place }: الاتجاه left أو right أو ahead أو upstairs ({ $found }).
message-near = لم يبقَ أمام التذكرة { $number } إلا قليلون. تعال إلى القاعة من فضلك.
message-name-near = أُبلغ: اقترب دوره
scope-queue-serve = نداء حاملي التذاكر وخدمتهم
scope-queue-manage = مراقبة قاعة المركز وترتيبها
refusal-queue-closed = المركز مغلق الآن
refusal-help-queue-closed = تُعطى التذاكر والمركز مفتوح. أوقاته في صفحته.
refusal-queue-no-setup = هذا المركز لا يعطي تذاكر بعد
refusal-help-queue-no-setup = ينشر مديره أولاً طريقة الخدمة: القاعة والصفوف والشبابيك.
refusal-queue-not-at-door = خذ التذكرة عند الباب
refusal-help-queue-not-at-door = بالهاتف تؤخذ التذكرة في المركز: اقرأ لوحة اليوم عند الباب من جديد، أو اذهب إلى الجهاز أو الاستقبال.
refusal-queue-has-ticket = لديك تذكرة من قبل
refusal-help-queue-has-ticket = التذكرة { $number } ما زالت سارية. ألغِها قبل أن تأخذ غيرها.
refusal-queue-not-sitting = لست عند شباك
refusal-help-queue-not-sitting = اختر شباكاً أولاً.
refusal-queue-counter-taken = الشباك مشغول
refusal-help-queue-counter-taken = يجلس عنده غيرك، أو أنت عند شباك آخر. اتركه أولاً أو اختر غيره.
refusal-queue-still-serving = ما زال أحد قيد الخدمة
refusal-help-queue-still-serving = أنهِ خدمته أو أرسله أو سجّل أنه لم يأتِ. ثم تابع.
refusal-queue-nobody-waits = لا أحد ينتظرك
refusal-help-queue-nobody-waits = حين يأخذ أحد تذكرة لصف من صفوفك تستطيع أن تناديه.
refusal-queue-step-impossible = التذكرة الآن في حال آخر
refusal-help-queue-step-impossible = سبقك أحد، أو تركها صاحبها. افتح الصفحة من جديد.
refusal-queue-call-again-first = نادِ مرة أخرى أولاً
refusal-help-queue-call-again-first = قاعدة هذا المركز تطلب نداءً آخر قبل تجاوز أحد: فقد لا يكون سمع.
refusal-queue-not-asked = لم يطلب أحد هذا
refusal-help-queue-not-asked = يطلب موظف مع السبب، ويأذن موظف آخر.
entry-ticket-taken = أُخذت تذكرة
entry-ticket-called = نودي على تذكرة
entry-ticket-moved = تحركت تذكرة
entry-ticket-transferred = أُرسلت تذكرة إلى صف آخر
entry-ticket-revived = عادت تذكرة إلى السريان
entry-ticket-let-in = قُدّم قبل دوره
entry-ticket-let-in-asked = طُلب التقديم قبل الدور
entry-queue-setup-changed = تغيرت طريقة الخدمة أثناء اليوم
entry-queue-day-opened = افتُتح يوم مركز
entry-queue-day-closed = أُغلق يوم مركز
entry-centre-setup-published = نُشرت طريقة خدمة مركز
entry-counter-served = جلس عند شباك
entry-counter-left = ترك شباكاً
entry-visit-begun = بدأت زيارة
entry-visit-goes-on = الزيارة مستمرة
entry-visit-ended = انتهت زيارة
entry-visit-rated = قُيّمت زيارة
ticket-door = الأرقام عند الباب
ticket-door-help = تعرض اللوحة عند الباب والشاشة ستة أرقام، تتجدد كل يوم.
ticket-wrong-door = اكتب الأرقام الستة التي تعرضها اللوحة عند الباب اليوم
queue-matters = موضوع هذه الزيارة
queue-owed = { $amount } مطلوب دفعه
entry-visit-tied = رُبطت زيارة بمعاملة
book-title = احجز موعداً
book-line = لأي أمر تأتي؟
book-none = لا تُعطى هنا مواعيد. تعال وخذ تذكرة.
book-day = أي يوم؟
book-left = { $count ->
    [0] ممتلئ
    [one] بقي مكان واحد
    [two] بقي مكانان
   *[other] بقيت { $count } أماكن
}
book-released = يُحجز ابتداءً من { $at }
book-time = أي ساعة؟
book-time-missing = اختر ساعة
book-kept-places = لمن يصعب عليهم الانتظار فقط
book-phone-help = نذكّرك قبل يوم.
book-button = احجز
book-full = لم يبقَ في هذا اليوم وقت يُحجز. اختر يوماً آخر.
book-refused-no-slot = لا وقت كهذا. اختر واحداً من هذه.
book-refused-not-released = لا يُحجز هذا اليوم بعد.
book-refused-closed = فات أوان هذا الوقت. اختر وقتاً لاحقاً.
book-refused-full = سبقك أحد: امتلأ هذا الوقت. اختر غيره.
book-refused-twice = لديك موعد في ذلك الوقت أو اليوم.
book-refused-person-has-enough = لديك من المواعيد ما يُسمح به لشخص. أعد واحداً أولاً.
book-refused-phone-has-enough = حُجز بهذا الهاتف ما يُسمح به من المواعيد.
book-refused-walk-in-only = فاتتك مواعيد مؤخراً. تأتي مدةً بلا موعد وتأخذ تذكرة.
book-refused-nothing-to-change = لا يمكن تغيير هذا الموعد بعد الآن.
appointment-title = موعدك
appointment-standing-kept = حضرت إليه.
appointment-standing-missed = لم يأتِ أحد.
appointment-standing-cancelled = أُعيد.
appointment-standing-called-off = المركز مغلق في ذلك الوقت. لا يُحسب عليك شيء: احجز وقتاً آخر.
appointment-where = أين
appointment-code = الرمز
appointment-come = تعال قبله بقليل وأظهر هذه الصفحة أو رمزها في الاستقبال، أو اكتب الرمز حين تأخذ تذكرة عند الباب.
appointment-calendar = أضفه إلى تقويمك
appointment-change = غيّر الوقت
appointment-cancel-title = لا أحتاج إليه
appointment-cancel-lead = يُعطى مكانه لغيرك فوراً.
appointment-cancel = أعده
ticket-appointment = رمز موعدك
ticket-appointment-help = إن كان لديك موعد اليوم. يُعرف حينئذ لأي أمر جئت.
ticket-wrong-appointment = لا موعد مفتوح لهذا اليوم في هذا المركز بهذا الرمز. راجعه، أو اتركه فارغاً واختر لأي أمر جئت.
message-appointment = موعدك { $code } خلال يوم.
message-name-appointment = ذُكّر بموعد
refusal-appointment-none-given = لا تُعطى لهذا مواعيد
refusal-help-appointment-none-given = تعال والمركز مفتوح وخذ تذكرة.
refusal-appointment-does-not-fit = هذا الموعد لا يناسب
refusal-help-appointment-does-not-fit = سبقك أحد، أو لم يُفتح بعد، أو لديك ما يُسمح به. عُد واختر وقتاً آخر.
entry-appointment-booked = حُجز موعد
entry-appointment-changed = غُيّر موعد
entry-appointment-cancelled = أُعيد موعد
entry-appointment-called-off = أُلغي موعد: المركز مغلق حينها
entry-appointment-missed = لم يأتِ أحد إلى موعد
entry-appointment-reminded = ذُكّر بموعد
setup-fault-offer-line = { $place }: لا صف باسم { $found } ليُعرض.
setup-fault-offer = { $place }: { $found }.
setup-fault-offer-unwritten = { $place }: بيّن أولاً كيف تُعطى المواعيد ({ $found }).
hall-officer = الموظف
ticket-look-again = انظر من جديد
help-quiet = المدير
help-heard = سُجّل
help-heard-coming = سُجّل ورُئي
help-kind-emergency = حالة طارئة
help-kind-helper = يُطلب مساعد
help-where-counter = الشباك { $label }
help-where-officer = موظف ليس عند شباك
help-where-device = الجهاز { $label }
help-where-ticket = التذكرة { $label }
help-alarm = { $kind }: { $where }، منذ { $at }
help-alarm-coming = { $kind }: { $where }، منذ { $at }. { $name } في الطريق.
help-take = أنا قادم: { $where }
help-end = انتهى الأمر
help-outcome = ما الذي حدث
help-outcome-missing = اختر ما الذي حدث
help-outcome-calmed = هدأ من كان منفعلاً
help-outcome-security = جاء الحراس أو الشرطة
help-outcome-medical = إسعاف أولي أو سيارة إسعاف
help-outcome-helped = قُدّمت المساعدة
help-outcome-false-alarm = لم يكن هناك شيء
tell-title = أخبر كل من ينتظر
tell-lead = يُعرض على الشاشات وفي صفحات التذاكر وصفحة المركز بكل اللغات، ويُرسل مرة واحدة إلى من ترك رقم هاتف.
tell-reason = ماذا نقول لهم
tell-reason-missing = اختر ماذا نقول لهم
tell-minutes = لنحو كم دقيقة
tell-minutes-help = اتركه فارغاً إن لم يعلم أحد.
tell-minutes-wrong = اكتب رقماً من 1 إلى 480، أو اتركه فارغاً
tell-line = لمن
tell-everyone = كل من ينتظر
tell-button = أخبرهم
tell-untell = اسحب: { $notice }
notice-name-system-late = النظام بطيء
notice-name-officer-absent = أحد الموظفين غائب
notice-name-closing-early = يُغلق المركز اليوم مبكراً
notice-name-evacuation-drill = تمرين: يغادر الجميع المبنى
notice-name-power-cut = انقطعت الكهرباء
notice-system-late = { $minutes ->
    [none] النظام بطيء. سيطول انتظارك ومكانك محفوظ.
   *[other] النظام بطيء. سيطول انتظارك نحو { $minutes } دقيقة ومكانك محفوظ.
}
message-system-late = { $minutes ->
    [none] النظام بطيء. سيطول انتظارك ومكانك محفوظ.
   *[other] النظام بطيء. سيطول انتظارك نحو { $minutes } دقيقة ومكانك محفوظ.
}
message-name-system-late = قيل للمنتظرين: النظام بطيء
notice-officer-absent = { $minutes ->
    [none] أحد الموظفين غائب. سيطول انتظارك ومكانك محفوظ.
   *[other] أحد الموظفين غائب. سيطول انتظارك نحو { $minutes } دقيقة ومكانك محفوظ.
}
message-officer-absent = { $minutes ->
    [none] أحد الموظفين غائب. سيطول انتظارك ومكانك محفوظ.
   *[other] أحد الموظفين غائب. سيطول انتظارك نحو { $minutes } دقيقة ومكانك محفوظ.
}
message-name-officer-absent = قيل للمنتظرين: أحد الموظفين غائب
notice-closing-early = { $minutes ->
    [none] يُغلق المركز اليوم مبكراً. من لم يُخدم يُقدَّم على غيره في المرة القادمة.
   *[other] يُغلق المركز بعد نحو { $minutes } دقيقة. من لم يُخدم يُقدَّم على غيره في المرة القادمة.
}
message-closing-early = { $minutes ->
    [none] يُغلق المركز اليوم مبكراً. من لم يُخدم يُقدَّم على غيره في المرة القادمة.
   *[other] يُغلق المركز بعد نحو { $minutes } دقيقة. من لم يُخدم يُقدَّم على غيره في المرة القادمة.
}
message-name-closing-early = قيل للمنتظرين: يُغلق المركز اليوم مبكراً
notice-evacuation-drill = { $minutes ->
    [none] هذا تمرين: غادروا المبنى بهدوء من فضلكم. مكانك محفوظ.
   *[other] هذا تمرين: غادروا المبنى بهدوء من فضلكم. نستأنف بعد نحو { $minutes } دقيقة. مكانك محفوظ.
}
message-evacuation-drill = { $minutes ->
    [none] هذا تمرين: غادروا المبنى بهدوء من فضلكم. مكانك محفوظ.
   *[other] هذا تمرين: غادروا المبنى بهدوء من فضلكم. نستأنف بعد نحو { $minutes } دقيقة. مكانك محفوظ.
}
message-name-evacuation-drill = قيل للمنتظرين: تمرين: يغادر الجميع المبنى
notice-power-cut = { $minutes ->
    [none] انقطعت الكهرباء. سيطول انتظارك ومكانك محفوظ.
   *[other] انقطعت الكهرباء. نستأنف بعد نحو { $minutes } دقيقة. مكانك محفوظ.
}
message-power-cut = { $minutes ->
    [none] انقطعت الكهرباء. سيطول انتظارك ومكانك محفوظ.
   *[other] انقطعت الكهرباء. نستأنف بعد نحو { $minutes } دقيقة. مكانك محفوظ.
}
message-name-power-cut = قيل للمنتظرين: انقطعت الكهرباء
message-called = التذكرة { $number }: اذهب الآن إلى الشباك { $counter } من فضلك.
message-name-called = أُبلغ: نودي إلى شباك
queue-fetch = اذهب لاصطحاب هذا الشخص: لا يرى الشاشة.
refusal-queue-help-answered = أجاب أحدهم هذا النداء
refusal-help-queue-help-answered = أحدهم في الطريق، أو انتهى الأمر. افتح الصفحة من جديد.
refusal-queue-officer-cannot-sit = لا يستطيع هذا الموظف أن يجلس عند شباك الآن
refusal-help-queue-officer-cannot-sit = هو في إجازة، أو خارج الخدمة، أو لا ينادي الناس. اختر غيره.
entry-help-called = طُلبت المساعدة
entry-help-taken = أحدهم قادم للمساعدة
entry-help-ended = انتهى نداء المساعدة
entry-counter-assigned = أُجلس موظف عند شباك
entry-waiting-told = قيل شيء لكل من ينتظر
entry-waiting-untold = سُحبت رسالة إلى المنتظرين
assign = رتّب
assign-title = ترتيب الشباك { $counter }
assign-lead = من يجلس هناك، ولأي الصفوف ينادي. من يجلس عند شباك آخر ينتقل إلى هنا. لا يُغيَّر ما دام أحد يُخدم هناك.
assign-officer = من يجلس هناك
assign-officer-missing = اختر من يجلس هناك
assign-lines = لأي الصفوف
assign-lines-help = لا تختر شيئاً لكلها.
forecast-title = بقية اليوم
forecast-lead = { $days ->
    [0] لا يُعرف بعدُ يوم مثل اليوم: يُحسب كأن اليوم يستمر كما بدأ.
    [one] محسوب من يوم واحد مثل اليوم، وممن جاء حتى الآن، ومن المواعيد.
   *[other] محسوب من { $days } أيام مثل اليوم، وممن جاء حتى الآن، ومن المواعيد.
}
forecast-hour = من
forecast-come = سيأتون
forecast-waiting = سينتظرون في نهايتها
forecast-counters = الشبابيك اللازمة
forecast-promise = الشبابيك اللازمة: ما يكفي كي لا ينتظر أحد أكثر من { $minutes } دقيقة. المفتوح الآن: { $open }.
forecast-over = لا يفتح المركز اليوم بعد الآن.
forecast-quiet = لا يُتوقع أحد في بقية اليوم.
forecast-picture = كم سينتظر في نهاية كل ساعة
hall-spoken = التذكرة { $number }، تفضل إلى الشباك { $counter }
sound-touch = المس هنا مرة واحدة كي تنطق الشاشة
sound-title = صوت { $hall }
sound-lead = بهذه التسجيلات تقول الشاشة من نودي، كلمةً كلمة. تُنطق اللغة حين توجد كل كلمات النداء؛ وإلا نطقها صوت من المتصفح إن كان يعرف اللغة حقاً؛ وإلا ومضت الشاشة في صمت.
sound-none = لا تسجيلات بهذه اللغة.
sound-all-there = كل الكلمات موجودة.
sound-missing-words = ناقص: { $words }
sound-missing = ناقص
sound-word = الكلمة
sound-recording = التسجيل
signed-title = هل التذكرة أصلية؟
signed-lead = تحمل صورة التذكرة ما عليها موقَّعاً. اقرأها بهاتف وألصق هنا ما بعد علامة #.
signed-text = ما بعد علامة #
signed-check = تحقق
signed-genuine = التذكرة أصلية
signed-false = ليست هذه تذكرة من هذه الدائرة، أو غُيّرت
signed-false-help = تأكد من أنها قُرئت كاملة. فإن قُرئت فاسأل في الاستقبال.
signed-centre = المركز
signed-day = اليوم
signed-number = الرقم
signed-came = أُخذت في
signed-turn = حدث اليوم
signed-record-agrees = يقول السجل العام لذلك اليوم الشيء نفسه.
signed-record-differs = يقول السجل العام لذلك اليوم شيئاً آخر.
signed-record-not-yet = يُنشر سجل ذلك اليوم عند إغلاقه.
signed-of-ticket = تحقق من أن هذه التذكرة أصلية
message-fetched = التذكرة { $number }: حان دورك عند الشباك { $counter }. ابقَ في مكانك: سيأتي أحد لاصطحابك.
message-name-fetched = أُبلغ: سيأتي أحد لاصطحابه
