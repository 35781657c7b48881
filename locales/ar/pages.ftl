# The citizen's pages. Plain words, short sentences, nobody is blamed.

skip-to-content = الانتقال إلى المحتوى
training-banner = نظام تدريب: لا شيء هنا حقيقي
demo-banner = هذا عرض تجريبي بأشخاص من الخيال.
demo-inbox = عرض الرسائل المرسلة
languages = اللغات
nav-my-cases = معاملاتي
nav-track = تتبّع معاملة أو متابعتها
nav-check = التحقق من وثيقة
nav-log = السجل العلني
nav-desk = مكتب العمل
nav-desk-menu = القائمة
nav-officers = للموظفين
help-by-phone = المساعدة بالهاتف:
sign-in = تسجيل الدخول
sign-out = تسجيل الخروج
sign-out-case = أزل معاملتي من هذا الجهاز
sessions-title = أين سجّلت الدخول
sessions-lead = كل متصفح أنت مسجّل الدخول فيه الآن. أنهِ ما لا تعرفه أو ما لم تعد تستخدمه.
sessions-which = أيها يجب أن ينتهي؟
sessions-end = سجّل الخروج هناك
sessions-this = هذا
sessions-unknown = متصفح
sessions-times = منذ { $since }، آخر استخدام { $seen }
sessions-out = سُجّل خروجك.
back = رجوع
go-on = متابعة
save = حفظ
search = بحث
remove = حذف
change = تغيير
optional = (اختياري)
select-none = لم يُختَر
to-home = إلى الصفحة الرئيسية
error-summary = هناك مشكلة
error-word = خطأ:
open-it = فتح

home-title = الخدمات العامة
home-heading = ماذا تحتاج؟
home-lead = الخدمات الحكومية من نافذة واحدة: في البيت، أو عند كشك الخدمة، أو في مركز.
search-example = مثلًا: شهادة ولادة
search-nothing = لا توجد خدمة بهذه الكلمات. جرّب كلمة أخرى، أو اتصل بنا.
home-my-things = معاملاتك وأوراقك
home-my-cases-line = ماذا يجري الآن، ومن اطّلع على بياناتك
home-track-line = برقم المعاملة وهاتفك
home-check-line = للسفارات والمصارف وكل من استلم ورقة
life-event-birth = الولادة والأطفال
life-event-marriage = الزواج والطلاق
life-event-family = قيود العائلة
life-event-death = عند الوفاة
life-event-identity = وثائق الهوية
life-event-residence = الإقامة والسكن
life-event-driving = السياقة والمركبات
life-event-travel = السفر والتأشيرات
life-event-health = الصحة
life-event-education = المدرسة والجامعة
life-event-work = العمل والتجارة

service = الخدمة
service-begin = ابدأ الآن
service-who = من يحق له الطلب
service-need = ما قد يلزم
service-fee = كم تكلّف
service-time = { $count ->
    [zero] لم تُنجز أي معاملة في آخر ٣٠ يومًا.
    [one] أُنجزت معاملة واحدة في آخر ٣٠ يومًا. المدة: { $median }.
    [two] أُنجزت معاملتان في آخر ٣٠ يومًا. المدة لنصفها: { $median } أو أقل، ولتسعة أعشارها: { $slow } أو أقل.
    [few] أُنجزت { $count } معاملات في آخر ٣٠ يومًا. المدة لنصفها: { $median } أو أقل، ولتسعة أعشارها: { $slow } أو أقل.
   *[other] أُنجزت { $count } معاملة في آخر ٣٠ يومًا. المدة لنصفها: { $median } أو أقل، ولتسعة أعشارها: { $slow } أو أقل.
}
fee = الرسم
fee-none = بلا رسم
fee-by-officer = يحسب موظف الرسم
fee-to-pay = المطلوب دفعه: { $amount }
service-where = أين
service-law = القانون
service-other-ways = لا تحتاج إلى شاشة لهذا. راجع أي مركز، أو اتصل:

step-of = { $service } · الخطوة { $step } من { $steps }
help-continue = هل تحتاج إلى مساعدة؟ اتصل بالرقم { $phone }، أو اذكر الرقم { $number } في أي مركز: تستمر المعاملة نفسها هناك.
tasks-lead = أجب عن الأقسام واحدًا بعد آخر. يُحفظ كل شيء أولًا بأول.
task-not-started = لم يبدأ
task-in-progress = قيد الإكمال
task-done = تم
task-cannot-start-yet = لاحقًا
resume-anywhere = يمكنك التوقف في أي وقت والمتابعة لاحقًا: من هنا، أو من هاتف آخر، أو في مركز، برقم المعاملة ورمز يصل إلى هاتفك.
check-answers = راجع أجوبتك
not-answered = بلا جواب
not-entitled = يحق لهؤلاء طلب هذه الورقة:
send-statement = بإرسال هذا الطلب أؤكد أن ما كتبته صحيح على حد علمي.
send = إرسال
paper-form = الاستمارة نفسها على ورق، للطباعة
answer-yes = نعم
answer-no = لا

name-part-given = الاسم
name-part-father = اسم الأب
name-part-grandfather = اسم الجد
name-part-family = اسم العائلة أو اللقب
date-part-day = اليوم
date-part-month = الشهر
date-part-year = السنة
date-partly-known = إذا كنت تعرف السنة فقط، أو الشهر والسنة فقط، فاترك الباقي فارغًا.
identity-kind = نوع الرقم
identity-number = الرقم
identity-upn = الرقم الشخصي (١٣ رقمًا)
identity-national-card = البطاقة الوطنية (١٢ رقمًا)
identity-old-civil-id = هوية الأحوال المدنية القديمة
identity-passport = جواز السفر
identity-unhcr = شهادة UNHCR
address-country = البلد
address-governorate = المحافظة
address-district = القضاء
address-subdistrict = الناحية
address-place = القرية أو المحلة أو الشارع
address-home-country = العراق

case-number = رقم المعاملة
status = الحالة
last-change = آخر تغيير
phase-draft = مسودة
phase-submitted = مُرسلة
phase-in-progress = قيد الإنجاز
phase-waiting-for-applicant = بانتظار جواب
phase-approved = تمت الموافقة
phase-refused = مرفوضة
phase-fulfilled = مُنجزة
phase-closed = مغلقة
phase-withdrawn = مسحوبة
phase-expired = منتهية المدة
status-submitted = وصلنا طلبك.
status-prove-identity = وصلنا طلبك. قبل أن نعطيك الورقة يجب أن يتثبّت موظف من هويتك.
status-pay = وصلنا طلبك. الرسم لم يُدفع بعد.
status-with-office = وصلنا طلبك. الدائرة تعمل عليه.
status-waiting-for-applicant = نحتاج منك إلى شيء واحد إضافي.
status-approved = تمت الموافقة على طلبك.
status-refused = رُفض طلبك.
status-fulfilled = تم. استلمت الورقة.
status-closed = هذه المعاملة مغلقة.
status-withdrawn = سحبت هذا الطلب.
status-expired = انتهى هذا الطلب لأن شيئًا لم يحدث فيه مدة طويلة.
next-submitted = لا يلزمك شيء الآن.
next-prove-identity = راجع أي مركز ومعك وثيقة هوية ورقم هذه المعاملة، أو سجّل الدخول بالمحفظة الوطنية وابدأ من جديد. كل أنواع الأوراق تساعد، ويمكن أن يساعد شاهدان أيضًا.
next-pay = ادفع نقدًا في أي مركز. اذكر رقم المعاملة.
next-with-office = لا يلزمك شيء الآن. نرسل إليك رسالة عندما يتغيّر شيء. الأوراق القديمة أو دفتر العائلة أو الشهود يساعدوننا على العثور على القيد، فأحضرها إلى أحد المراكز إن كانت لديك.
next-waiting-for-applicant = أجب أدناه، أو في أي مركز.
next-approved = وثيقتك قيد الإعداد أو بانتظارك.
next-refused = لك أن تعترض. يبتّ في اعتراضك موظف آخر.
next-fulfilled = يمكنك تنزيل الوثيقة من جديد في أي وقت.
next-closed = لا يلزمك شيء.
next-withdrawn = يمكنك البدء من جديد متى شئت.
next-expired = يمكنك البدء من جديد متى شئت.
by-when = حتى متى:
within-working-hours = { $hours ->
    [zero] خلال أقل من ساعة عمل
    [one] خلال ساعة عمل واحدة
    [two] خلال ساعتي عمل
    [few] خلال { $hours } ساعات عمل
   *[other] خلال { $hours } ساعة عمل
}
within-working-days = { $days ->
    [zero] خلال يوم العمل نفسه
    [one] خلال يوم عمل واحد
    [two] خلال يومي عمل
    [few] خلال { $days } أيام عمل
   *[other] خلال { $days } يوم عمل
}
within-days = { $days ->
    [zero] خلال اليوم نفسه
    [one] خلال يوم واحد
    [two] خلال يومين
    [few] خلال { $days } أيام
    [many] خلال { $days } يومًا
   *[other] خلال { $days } يوم
}
download-document = تنزيل الوثيقة
document-check-page = صفحة التحقق
download-proof = الإثبات في السجل العلني
document-being-made = يجري إعداد الوثيقة وختمها. يستغرق ذلك بضع ثوانٍ.
look-again = تحديث
refusal-heading = السبب، وما يمكنك فعله
refusal-reason = السبب
refusal-words = كتب الموظف
refusal-law = القانون
refusal-remedy = ما يمكنك فعله
refusal-appeal-until = آخر يوم للاعتراض
answer-needed = شيء واحد إضافي
your-answer = جوابك
answer-files = الملفات (PDF أو JPEG أو PNG)
answer-empty = اكتب جوابًا
send-answer = إرسال الجواب
appeal = الاعتراض
appeal-lead = ينظر موظف آخر في كل شيء من جديد. لا يكلّفك ذلك شيئًا.
appeal-words = لماذا ترى القرار غير صحيح؟
appeal-send = إرسال الاعتراض
withdraw = سحب الطلب
withdraw-lead = لا يمكن التراجع عن هذا.
withdraw-sure = نعم، أسحب الطلب
withdraw-tick = أشّر المربع إن كنت متأكدًا
receipt = وصل
receipts = الوصولات
receipts-none = لا وصولات بعد
timeline = ما حدث
my-cases-lead = كل ما طلبته، وكل من اطّلع على بياناتك.
my-cases-unproven = هذه هي المعاملات التي بدأتها أو تابعتها من هذا الجهاز. رقم الهاتف وحده لا يفتح غيرها، لأن الهواتف قد تكون مشتركة.
my-cases-none = لا معاملات هنا بعد.
who-looked = من اطّلع على بياناتك
who-looked-none = لم يطّلع أحد على بياناتك.
when = متى
what = ماذا
by-whom = بواسطة من
why = لماذا

track-lead = برقم المعاملة ورمز يصل إلى الهاتف أو البريد الذي ذكرته.
track-number-hint = يكون بهذا الشكل: KQ7-000-204-X
track-address = رقم الهاتف أو البريد الإلكتروني
track-address-hint = مثلًا ⁦0750 123 4567⁩
send-code = أرسلوا إليّ رمزًا
the-code = الرمز
the-code-hint = ستة أرقام في رسالة أرسلناها الآن. يصلح لعشر دقائق.
enter-code = اكتب الرمز
code-not-arrived = لم يصل الرمز؟ إرسال رمز آخر
sign-in-lead = نرسل إليك رمزًا، لنتأكد فقط من أننا نستطيع الاتصال بك.
sign-in-address = رقم الهاتف أو البريد الإلكتروني
sign-in-address-hint = مثلًا ⁦0750 123 4567⁩
sign-in-wallet = الدخول بالمحفظة الوطنية (لا حاجة إلى الحضور)
wallet-failed = لم تستجب المحفظة
wallet-failed-help = لم يضع شيء. حاول مرة أخرى، أو سجّل الدخول بالهاتف وأبرز وثيقة هويتك في أحد المراكز.
wallet-unmatched = لم نعثر عليك برقمك
wallet-unmatched-help = راجع أي مركز ومعك وثيقة هوية، وسيبحث عنك موظف. ويمكنك أيضًا تسجيل الدخول بالهاتف والبدء الآن.

check-code = الرمز الموجود على الورقة
check-code-hint = ٢٦ حرفًا ورقمًا في مجموعات من خمسة، بجانب الرمز المربع
check-code-wrong = يتكوّن الرمز من ٢٦ حرفًا ورقمًا. قارنه بالورقة.
check-now = تحقق
check-file = أو الملف (PDF)
check-file-hint = كما نُزّل أو أُرسل إليك. يُنظر فيه ولا يُحفظ.
check-file-wrong = لا يُقرأ هذا كملف PDF. اختر الملف كما نُزّل؛ ولصورة أو مسح ضوئي تحقق من الرمز.
verify-file-same = الملف هو، حتى آخر بايت، الملف الذي صدر.
verify-file-sealed = يحمل الملف ختمنا، ولم يتغيّر فيه شيء منذ ذلك الحين.
verify-file-unknown = يحمل ختم { $signer } بتاريخ { $when }، ولم يتغيّر فيه شيء منذ ذلك الحين. لا تُعرف هنا وثيقة كهذه: اسأل الدائرة المصدرة.
verify-file-broken = لا تعتمد على شيء فيه. اطلب ممن أرسله الملف كما صدر، أو تحقق من الرمز الموجود عليه.
verify-file-added = أُضيف شيء إلى هذا الملف بعد ختمه: وهو بحاله هذا غير صالح ولا يُؤكَّد شيء مما فيه. صُنع من ملف الوثيقة { $number }. اطلب تلك الوثيقة كما صدرت، أو تحقق من رمزها.
verify-file-not-sealed = المسح الضوئي أو الصورة أو النسخة المطبوعة لا تحمل ختمًا. تحقق بدلًا من ذلك من الرمز الموجود عليها.
verdict-file-unknown = مختوم منّا، وغير معروف هنا
verdict-file-broken = ختم هذا الملف غير صحيح
verdict-file-not-sealed = لا يحمل هذا الملف ختمًا
verdict-genuine = هذه الوثيقة صحيحة
verdict-revoked = أُلغيت هذه الوثيقة
verdict-replaced = استُبدلت هذه الوثيقة بأخرى
verdict-corrected = لم تعد هذه الوثيقة معتمدة: صُحّح السجل
verdict-outdated = كانت صحيحة عند إصدارها؛ وقد تغيّر السجل منذ ذلك
verdict-expired = انتهت مدته: اطلب وثيقة جديدة
verdict-training = ورقة تدريب: غير نافذة
verdict-unknown = لا نعرف وثيقة بهذا الرمز
verify-outdated = ما تقوله هو ما كان السجل يقوله يوم الإصدار. ما تغيّر لا يُذكر هنا: اطلب ممن أظهرها وثيقة جديدة.
verify-corrected = ما كان السجل يقوله عند إصدارها صُحّح بعد ذلك. ولم تصدر بذلك وثيقة أخرى مكانها: اطلب ممن أظهرها وثيقة جديدة.
verify-expired = كان يُعتمد عليها حتى اليوم المكتوب فيها. اطلب وثيقة جديدة ممن أظهرها.
verify-checked = وقت التحقق: { $when }.
verify-compare = قارن هذا بالورقة التي في يدك. إذا اختلف شيء فقد جرى تغيير في الورقة.
verify-unknown-help = قارن الرمز بالورقة. إذا كان مطابقًا فالورقة لم تصدر من هنا. لا تثق بعناوين أخرى.
verify-another = التحقق من وثيقة أخرى
verify-without = كيف تتحقق بلا الرمز المربع
issued-by = جهة الإصدار
issued-on = تاريخ الإصدار
issued-how = طريقة الإصدار
issued-by-rule = بموجب قاعدة، دون تدخل موظف
issued-by-officer = بقرار من موظف
time-confirmed = وقت الختم مؤكَّد في
time-confirmed-by = جهة التأكيد
ended-on = تاريخ الانتهاء
replaced-by = الوثيقة البديلة
log-entry = التسلسل { $entry } في السجل العلني.
log-not-yet = سيظهر في السجل العلني خلال دقيقة.
without-1 = اكتب العنوان بنفسك: لا تتبع أبدًا رمزًا أو رابطًا على ورقة لا تثق بها. عنوان هذه الصفحة منشور في الجريدة الرسمية.
without-2 = يحمل ملف PDF الختم الإلكتروني للمديرية (PAdES). يعرضه قارئ PDF، ويقول «جهة إصدار غير معروفة» إلى أن تضيف شهادتنا الجذرية الموجودة أدناه.
without-3 = كل وثيقة مدوّنة في سجل علني لا يستطيع أحد تغييره خفية. نزّل الإثبات وتحقق منه بأي أداة تدعم RFC 6962 و C2SP tlog-checkpoint.
without-4 = عند الشك اتصل بالدائرة التي أصدرت الوثيقة.
without-root = شهاداتنا الإلكترونية
without-roots = الشهادات الجذرية لجميع المفاتيح، وتلك التي لم تعد مستعملة أيضًا
log-1 = كل عمل رسمي يترك بصمة هنا. لا تقول البصمات شيئًا عن الناس، لكن لا يستطيع أحد حذف واحدة منها أو تغييرها خفية.
log-2 = يمكن لأي كان نسخ السجل (C2SP tlog-tiles) من تحت هذا العنوان، ولأي شاهد أن يوقّع رأسه.
log-size = عدد التسلسلات: { $size }.
log-checkpoint = الرأس الموقّع

failed-text = حدث خلل من جهتنا. لم يضع ما كتبته: ارجع وحاول مرة أخرى بعد دقيقة.
failed-reference = إذا تكرر ذلك فاذكر لنا هذا الرقم المرجعي:
moment = { $day }، { $time }
span-seconds = أقل من دقيقة
span-minutes = { $minutes ->
    [zero] أقل من دقيقة
    [one] دقيقة واحدة
    [two] دقيقتان
    [few] { $minutes } دقائق
   *[other] { $minutes } دقيقة
}
span-hours = { $hours ->
    [zero] أقل من ساعة
    [one] ساعة واحدة
    [two] ساعتان
    [few] { $hours } ساعات
   *[other] { $hours } ساعة
} { $minutes ->
    [zero] { "" }
    [one] ودقيقة واحدة
    [two] ودقيقتان
    [few] و { $minutes } دقائق
   *[other] و { $minutes } دقيقة
}
span-days = { $days ->
    [zero] أقل من يوم
    [one] يوم واحد
    [two] يومان
    [few] { $days } أيام
    [many] { $days } يومًا
   *[other] { $days } يوم
}
money-iqd = { $amount } دينار
money-usd = { $amount } دولار أمريكي
sex-female = أنثى
sex-male = ذكر
sex-unknown = غير معروف
list-count = { $count ->
    [zero] لا أسطر
    [one] سطر واحد
    [two] سطران
    [few] { $count } أسطر
    [many] { $count } سطرًا
   *[other] { $count } سطر
}
list-empty = لا شيء هنا بعد
list-export = تنزيل كجدول (CSV)
pages = الصفحات
page-previous = الصفحة السابقة
page-next = الصفحة التالية
case-declaration = تصريحك
case-declaration-notified = وصل إلى السجل. يُكمله موظف من أوراقك.
case-declaration-declared = اكتمل، ويدقّقه موظف آخر.
case-declaration-returned = أعاده السجل: ينقصه شيء أو يجب تصحيح شيء فيه.
case-declaration-checked = دُقّق وسيُسجَّل قريبًا.
case-declaration-registered = صار في السجل.
case-declaration-rejected = رفضه السجل، والسبب أدناه.
case-declaration-withdrawn = سُحب.
case-declaration-revoked = سُجّل ثم أُلغي القيد.
case-declaration-duplicate = صُرّح بالواقعة نفسها من قبل.
case-declaration-mend = غيّر هنا ما هو خطأ، ثم أجب أدناه
status-settled = تم. صار في السجل.
next-settled = لا حاجة إلى أن تفعل شيئًا. يمكنك طلب شهادة به في أي وقت.
status-entry-revoked = أُلغي قيد ما صرّحت به. لا يُدفع شيء.
next-entry-revoked = ينظر موظف في طلبك ونرسل إليك رسالة. إذا أُعيد القيد استمر الطلب من نفسه. ويمكنك سحبه أيضًا.
upload-empty = الملف { $name } فارغ. اختر ملفًا آخر، أو صوّر الورقة من جديد.
back-to-form = العودة إلى الاستمارة
lost-case = إن كان هذا طلبك فتابعه برقمه وبرمز يصل إلى هاتفك.
sign-in-to-send = بقيت خطوة واحدة: إجاباتك محفوظة، وستعود إليها لترسلها.
