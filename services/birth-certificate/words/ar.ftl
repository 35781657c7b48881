### شهادة الولادة: الكلمات بالعربية.

title = شهادة ولادة
summary = صورة قيد ولادة مصدّقة، موقّعة من الدائرة التي تحفظ السجل.
issuer = المديرية العامة للأحوال المدنية
before-you-start = تحتاج إلى الاسم وسنة الولادة فقط. كل معلومة أخرى تساعدنا على العثور على القيد أسرع. يمكنك التوقف في أي وقت والمتابعة لاحقًا من هنا أو من أي مركز.
done = وصل طلبك. إذا لم يبقَ سؤال مفتوح فستكون الشهادة جاهزة خلال دقائق، وإلا فسيجيب موظف عن السؤال المتبقي ويمكنك متابعة ذلك هنا.
not-entitled = تُعطى شهادة الولادة لصاحبها، ولأمه أو أبيه، وللوصي عليه، وبعد الوفاة لزوجه أو أولاده. إذا كنت تراجع عن شخص آخر فاطلب منه وكالة مصدّقة من كاتب العدل، أو اطلب من محكمة الأحوال الشخصية حجة وصاية. ويسرّ أي مركز أن يساعدك في ذلك.

## الأقسام

group-person = شهادة من؟
group-purpose = الغرض منها
group-delivery = كيف تستلمها

## الأسئلة

question-for-whom = لمن هذه الشهادة؟
question-for-whom-short = لمن
question-for-whom-hint = لك أو لطفلك أو لشخص تمثّله قانونًا فقط.
question-for-whom-missing = اختر لمن هذه الشهادة.
question-for-whom-option-myself = لي
question-for-whom-option-my-child = لطفلي
question-for-whom-option-my-child-hint = اسمك مذكور في القيد أمًّا أو أبًا.
question-for-whom-option-my-ward = لشخص أنا وصيّ عليه
question-for-whom-option-my-ward-hint = لديك قرار من المحكمة.
question-for-whom-option-my-late-parent = لأمي المتوفاة أو أبي المتوفى
question-for-whom-option-my-late-spouse = لزوجي المتوفى أو زوجتي المتوفاة
question-for-whom-option-someone-else = لشخص آخر

question-holder-name = ما اسم صاحب الشهادة؟
question-holder-name-short = الاسم
question-holder-name-hint = اكتبه كما ورد في السجل، بأي حروف تشاء. إذا لم يكن هناك اسم للجد أو لقب فاترك الحقل فارغًا.
question-holder-name-missing = اكتب اسم الشخص واسم أبيه.

question-birth-date = متى وُلد؟
question-birth-date-short = تاريخ الولادة
question-birth-date-hint = مثلًا ⁦١٤ ٣ ١٩٩٨⁩. إذا كنت تعرف السنة فقط فاكتب السنة وحدها.
question-birth-date-missing = اكتب سنة الولادة على الأقل.

question-mother-name = ما اسم الأم؟
question-mother-name-short = الأم
question-mother-name-hint = يساعدنا على التمييز بين شخصين يحملان الاسم نفسه. يمكنك تركه فارغًا.

question-birth-place = أين وُلد؟
question-birth-place-short = محل الولادة
question-birth-place-hint = تكفي المحافظة. أضف القضاء أو المدينة أو المستشفى إن كنت تعرفها.
question-birth-place-missing = اكتب محافظة الولادة أو بلدها.

question-identity-number = هل هناك رقم هوية؟
question-identity-number-short = رقم الهوية
question-identity-number-hint = من أي وثيقة لصاحب الشهادة. إن لم يوجد فاترك الحقل فارغًا؛ لا يُردّ أحد لهذا السبب.

question-court-order = أرسل إلينا قرار المحكمة
question-court-order-short = قرار المحكمة
question-court-order-hint = تكفي صورة واضحة لكل صفحة. إذا كان لديك الأصل الورقي فقط فاترك الحقل فارغًا وأبرزه في أحد المراكز.

question-purpose = لأي غرض تحتاجها؟
question-purpose-short = الغرض
question-purpose-hint = لنخبرك بما قد تطلبه تلك الجهة أيضًا. جوابك لا يغيّر الرسم ولا القرار.
question-purpose-missing = اختر الغرض منها.
question-purpose-option-school = مدرسة أو جامعة
question-purpose-option-identity = بطاقة هوية
question-purpose-option-passport = جواز سفر أو تأشيرة
question-purpose-option-marriage = زواج
question-purpose-option-inheritance = ميراث
question-purpose-option-work = عمل
question-purpose-option-court = محكمة
question-purpose-option-own-records = للاحتفاظ بها
question-purpose-option-other = غرض آخر

question-use = أين ستبرزها؟
question-use-short = مكان الاستعمال
question-use-missing = اختر أين ستبرزها.
question-use-option-home = في إقليم كوردستان أو بقية العراق
question-use-option-abroad = في بلد آخر
question-use-option-abroad-hint = تطلب معظم البلدان تصديق وزارة الخارجية ثم تصديق سفارتها. نسجّل كل تصديق مع الشهادة.

question-document-languages = بأي لغات؟
question-document-languages-short = اللغات
question-document-languages-hint = تُكتب كلها على ورقة واحدة.
question-document-languages-missing = اختر لغة واحدة على الأقل.
question-document-languages-option-ckb = الكوردية (السورانية)
question-document-languages-option-ar = العربية
question-document-languages-option-kmr = الكوردية (الكرمانجية)
question-document-languages-option-en = الإنكليزية

question-copies = كم نسخة تريد؟
question-copies-short = عدد النسخ
question-copies-hint = من { $min } إلى { $max }. النسخة الأولى مجانية، ورسم كل نسخة أخرى ٢٬٠٠٠ دينار.
question-copies-missing = اكتب عدد النسخ التي تحتاجها.

question-delivery = كيف تودّ استلامها؟
question-delivery-short = الاستلام
question-delivery-missing = اختر طريقة الاستلام.
question-delivery-option-download = تنزيلها إلكترونيًا
question-delivery-option-download-hint = بتوقيع إلكتروني يستطيع أي شخص التحقق منه.
question-delivery-option-collect = استلامها ورقيًا من أحد المراكز
question-delivery-option-collect-hint = على ورق مرقّم، بتوقيع وختم.

question-displaced = هل أنت نازح عن منزلك؟
question-displaced-short = نازح
question-displaced-hint = النازحون معفوون من الرسم، ولا نطلب إثباتًا.
question-displaced-missing = اختر نعم أو لا.

question-phone = على أي رقم نراسلك؟
question-phone-short = الهاتف
question-phone-hint = مثلًا ⁦٠٧٥٠ ١٢٣ ٤٥٦٧⁩. لا تذكر رسائلنا اسمك ولا نوع الوثيقة، فلا بأس بهاتف مشترك.
question-phone-missing = اكتب رقم هاتف محمول.

question-email = هل لديك بريد إلكتروني؟
question-email-short = البريد الإلكتروني
question-email-hint = يمكنك تركه فارغًا.

## من يحق له الطلب

relation-self = صاحب الشهادة نفسه
relation-parent = الأم أو الأب
relation-guardian = وصيّ عيّنته المحكمة
relation-late-parent = ابن المتوفى أو ابنته
relation-late-spouse = زوج المتوفاة أو زوجة المتوفى

open-relation-self = هل مقدّم الطلب هو الشخص المذكور في القيد؟
open-relation-parent = هل مقدّم الطلب أم هذا الطفل أو أبوه؟
open-relation-guardian = هل مقدّم الطلب وصيّ على هذا الشخص؟ لم يصل قرار المحكمة بعد.
open-relation-late-parent = هل توفي صاحب القيد، وهل مقدّم الطلب من أولاده؟
open-relation-late-spouse = هل توفي صاحب القيد، وهل كان مقدّم الطلب زوجًا له؟

## المستمسكات

evidence-court-order = قرار المحكمة الذي عيّنك وصيًّا
evidence-court-order-hint = صورة أو ملف PDF، أو الأصل الورقي في أي مركز.
open-evidence-court-order = هل قرار المحكمة هذا صحيح ونافذ ويذكر مقدّم الطلب وصاحب القيد؟

evidence-trace = أي شيء يساعدنا على العثور على القيد
evidence-trace-hint = شهادة قديمة، أو ورقة من المستشفى، أو بطاقة تلقيح أو بطاقة تموينية، أو شهادة من المفوضية السامية لشؤون اللاجئين، أو أسماء شهود.
open-evidence-trace = هل تبيّن هذه الأوراق أين سُجّلت الولادة؟

## أسئلة للموظف

open-identity = هل أثبت مقدّم الطلب هويته؟
open-unverified = هل يطابق القيد ما في السجل الورقي؟
open-protected = هذا القيد محجوب عن النسخ الاعتيادية. هل يجوز إعطاء نسخة لمقدّم الطلب؟
open-guardianship = هل تشمل الوصاية استلام هذه الشهادة، وهل ما زالت نافذة؟
open-widowed = هل كانت الزوجية قائمة عند وفاة صاحب القيد؟
open-decision = هل تُصدر هذه الشهادة؟

rule-own-or-childs-entry = هويتك ثابتة، والقيد مدقّق، وهو قيدك أو قيد طفلك.
rule-late-parents-entry = هويتك ثابتة، والقيد مدقّق، وهو قيد أمك المتوفاة أو أبيك المتوفى.

## الرسم

fee-further-copies = { $count ->
    [zero] لا نسخ إضافية
    [one] نسخة إضافية واحدة
    [two] نسختان إضافيتان
    [few] { $count } نسخ إضافية
    [many] { $count } نسخة إضافية
   *[other] { $count } نسخة إضافية
}
fee-further-copies-waived = لا رسم عليك: النازحون معفوون.

## الخطوات

step-prove-identity = إثبات هويتك
step-prove-identity-hint = بالمحفظة الوطنية، أو بأي وثيقة هوية في أحد المراكز. نُعدّ كل شيء حتى ذلك الحين، ولا يتأخر سوى التسليم.
step-pay = دفع الرسم
step-search = يبحث موظف في السجل
step-search-hint = لم نعثر على القيد فورًا. هذا يحدث كثيرًا وليس خطأك.
step-ask-place-of-registration = نسأل دائرة التسجيل الأصلية
step-ask-place-of-registration-hint = لا حاجة إلى أن تسافر إليها.
step-decide = يقرر موظف
step-issue = توقيع الشهادة
step-print = طباعتها
step-hand-over = استلامها

## أسباب الرفض

reason-identity-not-shown = لم نتمكن من التثبت من هوية مقدّم الطلب.
reason-identity-not-shown-remedy = راجع أي مركز ومعك وثيقة هوية، أو مع شاهدين يحملان هويتيهما. لك أن تعترض خلال { $days } يومًا، ويبتّ في اعتراضك موظف آخر.
reason-no-authority = لا تبيّن الأوراق أن لك الحق في استلام هذه الشهادة.
reason-no-authority-remedy = أحضر وكالة من كاتب العدل أو قرارًا من محكمة الأحوال الشخصية وقدّم الطلب من جديد. لك أن تعترض خلال { $days } يومًا، ويبتّ في اعتراضك موظف آخر.
reason-entry-closed = هذا القيد محجوب عن النسخ بقرار من محكمة أو من المديرية.
reason-entry-closed-remedy = اطلب الإذن من المحكمة التي حجبته. لك أن تعترض خلال { $days } يومًا، ويبتّ في اعتراضك موظف آخر.
reason-no-entry-anywhere = لم نعثر نحن ولا دائرة التسجيل الأصلية على قيد لهذه الولادة.
reason-no-entry-anywhere-remedy = ما زال تسجيل الولادة ممكنًا بقرار من محكمة الأحوال الشخصية، ويساعدك أي مركز في تقديم الطلب. لك أن تعترض خلال { $days } يومًا، ويبتّ في اعتراضك موظف آخر.
reason-paper-not-genuine = إحدى الأوراق التي قدّمتها غير صحيحة.
reason-paper-not-genuine-remedy = إن لم تكن تعلم بذلك فأخبرنا كيف وصلت إليك. لك أن تعترض خلال { $days } يومًا، ويبتّ في اعتراضك موظف آخر.

## الوثيقة

document-title = شهادة ولادة
document-authority =
    إقليم كوردستان العراق
    وزارة الداخلية
    المديرية العامة للأحوال المدنية
document-statement = استُخرجت هذه الشهادة من سجل الأحوال المدنية وهي محمية بتوقيع إلكتروني.

print-name = الاسم
print-name-latin = الاسم بالحروف اللاتينية
print-sex = الجنس
print-born-on = تاريخ الولادة
print-birth-place = محل الولادة
print-father = الأب
print-mother = الأم
print-register = رقم القيد
print-plurality = مفردة أو متعددة
print-born-on-in-words = كتابةً
print-attendant = الطبيب أو القابلة
print-father-age = العمر
print-father-nationality = الجنسية
print-father-occupation = المهنة
print-mother-age = العمر
print-mother-nationality = الجنسية
print-mother-occupation = المهنة
print-residence = محل السكن
print-office = الدائرة
print-book = السجل
print-page = الصحيفة
