### شهادة زواج: الكلمات بالعربية.

title = شهادة زواج
summary = صورة مصدّقة من قيد زواج كما دوّنته محكمة الأحوال الشخصية.
issuer = المديرية العامة للأحوال المدنية
before-you-start = تحتاج إلى الاسم وسنة الولادة فقط. كل معلومة أخرى تساعدنا على العثور على القيد أسرع. يمكنك التوقف في أي وقت والمتابعة لاحقًا من هنا أو من أي مركز.
done = وصل طلبك. إذا لم يبقَ سؤال مفتوح فستكون الشهادة جاهزة خلال دقائق، وإلا فسيجيب موظف عن السؤال المتبقي ويمكنك متابعة ذلك هنا.
not-entitled = تُعطى شهادة الزواج للزوج وللزوجة، وبعد الوفاة لأولادهما. إذا كنت تراجع عن شخص آخر فاطلب منه وكالة مصدّقة من كاتب العدل. ويسرّ أي مركز أن يساعدك في ذلك.

## الأقسام

group-person = زواج من؟
group-purpose = الغرض منها
group-delivery = كيف تستلمها

## الأسئلة

question-for-whom = زواج من؟
question-for-whom-short = لمن
question-for-whom-hint = إذا تزوجت أكثر من مرة فسنسألك ممّن.
question-for-whom-missing = اختر زواج من.
question-for-whom-option-myself = زواجي
question-for-whom-option-my-parents = زواج والديّ
question-for-whom-option-my-parents-hint = دون موظف فقط إذا كان من تسمّيه متوفى.
question-for-whom-option-represented = زواج شخص وكّلني
question-for-whom-option-someone-else = زواج شخص آخر

question-holder-name = ما اسمك، أو اسم أمك أو أبيك؟
question-holder-name-short = الاسم
question-holder-name-hint = اكتبه كما ورد في السجل، بأي حروف تشاء. إذا لم يكن هناك اسم للجد أو لقب فاترك الحقل فارغًا.
question-holder-name-missing = اكتب اسم الشخص واسم أبيه.

question-birth-date = متى وُلد هذا الشخص؟
question-birth-date-short = تاريخ الولادة
question-birth-date-hint = مثلًا ⁦١٤ ٣ ١٩٧٨⁩. إذا كنت تعرف السنة فقط فاكتب السنة وحدها.
question-birth-date-missing = اكتب سنة الولادة على الأقل.

question-spouse-name = ممّن تزوج؟
question-spouse-name-short = اسم الطرف الآخر
question-spouse-name-hint = يميّز زواجًا عن آخر. يمكنك تركه فارغًا.

question-place = أين عُقد الزواج؟
question-place-short = محل الزواج
question-place-hint = تكفي المحافظة. أضف القضاء أو المدينة إن كنت تعرفهما.
question-place-missing = اكتب المحافظة أو البلد.

question-identity-number = هل هناك رقم هوية؟
question-identity-number-short = رقم الهوية
question-identity-number-hint = من أي وثيقة لهذا الشخص. إن لم يوجد فاترك الحقل فارغًا؛ لا يُردّ أحد لهذا السبب.

question-power-of-attorney = أرسل إلينا الوكالة
question-power-of-attorney-short = الوكالة
question-power-of-attorney-hint = تكفي صورة واضحة لكل صفحة. إذا كان لديك الأصل الورقي فقط فاترك الحقل فارغًا وأبرزه في أحد المراكز.

question-purpose = لأي غرض تحتاجها؟
question-purpose-short = الغرض
question-purpose-hint = لنخبرك بما قد تطلبه تلك الجهة أيضًا. جوابك لا يغيّر الرسم ولا القرار.
question-purpose-missing = اختر الغرض منها.
question-purpose-option-reunion = لمّ شمل الأسرة في الخارج
question-purpose-option-passport = جواز سفر أو تأشيرة
question-purpose-option-identity = بطاقة هوية
question-purpose-option-housing = أرض أو سكن أو بطاقة تموينية
question-purpose-option-estate = ميراث
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

relation-self = الزوج أو الزوجة
relation-represented = الوكيل
open-relation-represented = هل يراجع مقدّم الطلب عن صاحب القيد؟ لم تصل الوكالة بعد.
relation-parents = ابن الزوجين أو ابنتهما
open-relation-self = هل مقدّم الطلب هو الزوج أو الزوجة المذكوران في القيد؟
open-relation-parents = هل مقدّم الطلب ولد لهذين الزوجين؟

## المستمسكات

evidence-trace = أي شيء يساعدنا على العثور على القيد
open-evidence-trace = هل تبيّن هذه الأوراق أين سُجّل القيد؟
evidence-power-of-attorney = الوكالة المصدّقة من كاتب العدل
evidence-power-of-attorney-hint = صورةً أو ملف PDF أو ورقةً في أي مركز.
open-evidence-power-of-attorney = هل هذه الوكالة صحيحة ونافذة وتشمل هذه الوثيقة؟
evidence-trace-hint = عقد المحكمة، أو شهادة قديمة، أو أسماء شهود. الزواج خارج المحكمة يجب تصديقه فيها أولًا.

## أسئلة للموظف

open-identity = هل أثبت مقدّم الطلب هويته؟
open-unverified = هل يطابق القيد ما في السجل الورقي؟
open-protected = هذا القيد محجوب عن النسخ الاعتيادية. هل يجوز إعطاء نسخة لمقدّم الطلب؟
open-decision = هل تُصدر هذه الشهادة؟
open-living-parents = الوالد على قيد الحياة. هل يجوز إعطاء الشهادة لولده؟

## بموجب قاعدة

rule-own-marriage = هويتك ثابتة، والقيد مدقّق، وهو قيد زواجك.
rule-late-parents-marriage = هويتك ثابتة، والقيد مدقّق، وهو قيد أمك المتوفاة أو أبيك المتوفى.

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
reason-paper-not-genuine = إحدى الأوراق التي قدّمتها غير صحيحة.
reason-paper-not-genuine-remedy = إن لم تكن تعلم بذلك فأخبرنا كيف وصلت إليك. لك أن تعترض خلال { $days } يومًا، ويبتّ في اعتراضك موظف آخر.
reason-no-entry-anywhere = لم نعثر نحن ولا دائرة التسجيل الأصلية على قيد كهذا.
reason-no-entry-anywhere-remedy = الزواج الذي لم يُسجَّل يمكن تصديقه أمام محكمة الأحوال الشخصية، ويساعدك أي مركز في تقديم الطلب. لك أن تعترض خلال { $days } يومًا، ويبتّ في اعتراضك موظف آخر.

## الورقة

document-authority =
    إقليم كوردستان العراق
    وزارة الداخلية
    المديرية العامة للأحوال المدنية
print-register = رقم القيد
document-title = شهادة زواج
print-husband = الزوج
print-wife = الزوجة
print-court = المحكمة
document-statement = مستخرجة من سجل الزواج ومحمية بتوقيع إلكتروني.
print-husband-born-on = تاريخ ولادة الزوج
print-wife-born-on = تاريخ ولادة الزوجة
print-date = تاريخ الزواج
print-place = محل الزواج
print-office = الدائرة
print-book = السجل
print-page = الصحيفة
