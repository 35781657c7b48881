### شهادة وفاة: الكلمات بالعربية.

title = شهادة وفاة
summary = صورة مصدّقة من قيد وفاة. لا يُذكر فيها سبب الوفاة أبدًا.
issuer = المديرية العامة للأحوال المدنية
before-you-start = تحتاج إلى الاسم وسنة الولادة فقط. كل معلومة أخرى تساعدنا على العثور على القيد أسرع. يمكنك التوقف في أي وقت والمتابعة لاحقًا من هنا أو من أي مركز.
done = وصل طلبك. إذا لم يبقَ سؤال مفتوح فستكون الشهادة جاهزة خلال دقائق، وإلا فسيجيب موظف عن السؤال المتبقي ويمكنك متابعة ذلك هنا.
not-entitled = تُعطى شهادة الوفاة لأولاد المتوفى ووالديه وزوجه، ولسائر الورثة المذكورين في القسام الشرعي. اطلب القسام من محكمة الأحوال الشخصية، ويسرّ أي مركز أن يساعدك.

## الأقسام

group-person = المتوفى
group-purpose = الغرض منها
group-delivery = كيف تستلمها

## الأسئلة

question-for-whom = من هو المتوفى؟
question-for-whom-short = المتوفى
question-for-whom-hint = نعزّيك بمصابك. نسأل عن صلتك به كي تستلم الشهادة دون عناء.
question-for-whom-missing = اختر من هو المتوفى.
question-for-whom-option-my-parent = أمي أو أبي
question-for-whom-option-my-spouse = زوجي أو زوجتي
question-for-whom-option-my-child = ابني أو ابنتي
question-for-whom-option-other-heir = شخص أنا من ورثته
question-for-whom-option-other-heir-hint = لديك قسام شرعي من المحكمة.
question-for-whom-option-someone-else = شخص آخر

question-holder-name = ما اسم المتوفى؟
question-holder-name-short = الاسم
question-holder-name-hint = اكتبه كما ورد في السجل، بأي حروف تشاء. إذا لم يكن هناك اسم للجد أو لقب فاترك الحقل فارغًا.
question-holder-name-missing = اكتب اسم الشخص واسم أبيه.

question-birth-date = متى وُلد هذا الشخص؟
question-birth-date-short = تاريخ الولادة
question-birth-date-hint = مثلًا ⁦١٤ ٣ ١٩٧٨⁩. إذا كنت تعرف السنة فقط فاكتب السنة وحدها.
question-birth-date-missing = اكتب سنة الولادة على الأقل.

question-death-date = متى توفي؟
question-death-date-short = تاريخ الوفاة
question-death-date-hint = بقدر ما تعرف. يمكنك تركه فارغًا.

question-place = أين توفي؟
question-place-short = محل الوفاة
question-place-hint = تكفي المحافظة. أضف القضاء أو المدينة إن كنت تعرفهما.
question-place-missing = اكتب المحافظة أو البلد.

question-identity-number = هل هناك رقم هوية؟
question-identity-number-short = رقم الهوية
question-identity-number-hint = من أي وثيقة لهذا الشخص. إن لم يوجد فاترك الحقل فارغًا؛ لا يُردّ أحد لهذا السبب.

question-heirs-deed = أرسل إلينا القسام الشرعي
question-heirs-deed-short = القسام الشرعي
question-heirs-deed-hint = تكفي صورة واضحة لكل صفحة. إذا كان لديك الأصل الورقي فقط فاترك الحقل فارغًا وأبرزه في أحد المراكز.

question-purpose = لأي غرض تحتاجها؟
question-purpose-short = الغرض
question-purpose-hint = لنخبرك بما قد تطلبه تلك الجهة أيضًا. جوابك لا يغيّر الرسم ولا القرار.
question-purpose-missing = اختر الغرض منها.
question-purpose-option-estate = ميراث
question-purpose-option-pension = تقاعد أو إعانة
question-purpose-option-court = محكمة
question-purpose-option-identity = بطاقة هوية
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

relation-child = ابن المتوفى أو ابنته
relation-spouse = زوج المتوفاة أو زوجة المتوفى
relation-parent = أم المتوفى أو أبوه
relation-heir = وارث آخر
open-relation-child = هل مقدّم الطلب من أولاد المتوفى؟
open-relation-spouse = هل كان مقدّم الطلب زوجًا للمتوفى؟
open-relation-parent = هل مقدّم الطلب أم المتوفى أو أبوه؟
open-relation-heir = هل مقدّم الطلب من ورثة المتوفى؟ لم يصل القسام بعد.

## المستمسكات

evidence-trace = أي شيء يساعدنا على العثور على القيد
open-evidence-trace = هل تبيّن هذه الأوراق أين سُجّل القيد؟
evidence-heirs-deed = القسام الشرعي الذي يذكر اسمك
evidence-heirs-deed-hint = صورةً أو ملف PDF أو ورقةً في أي مركز.
open-evidence-heirs-deed = هل هذا القسام صحيح ويذكر مقدّم الطلب وارثًا للمتوفى؟
evidence-trace-hint = ورقة من المستشفى، أو إذن دفن، أو شهادة قديمة، أو شهادة من المفوضية السامية لشؤون اللاجئين، أو أسماء شهود.

## أسئلة للموظف

open-identity = هل أثبت مقدّم الطلب هويته؟
open-unverified = هل يطابق القيد ما في السجل الورقي؟
open-protected = هذا القيد محجوب عن النسخ الاعتيادية. هل يجوز إعطاء نسخة لمقدّم الطلب؟
open-decision = هل تُصدر هذه الشهادة؟
open-widowed = هل كانت الزوجية قائمة عند الوفاة؟

## بموجب قاعدة

rule-close-family = هويتك ثابتة، والقيد مدقّق، وهو قيد أمك أو أبيك أو ولدك.

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
reason-no-entry-anywhere-remedy = ما زال تسجيل الوفاة ممكنًا: تكفي للبدء ورقة من المستشفى أو شاهدان، ويساعدك أي مركز. لك أن تعترض خلال { $days } يومًا، ويبتّ في اعتراضك موظف آخر.

## الورقة

document-authority =
    إقليم كوردستان العراق
    وزارة الداخلية
    المديرية العامة للأحوال المدنية
print-name = الاسم
print-name-latin = الاسم بالحروف اللاتينية
print-sex = الجنس
print-born-on = تاريخ الولادة
print-father = الأب
print-mother = الأم
print-register = رقم القيد
document-title = شهادة وفاة
document-statement = مستخرجة من سجل الوفيات ومحمية بتوقيع إلكتروني.
print-died-on = تاريخ الوفاة
print-death-place = محل الوفاة
print-office = الدائرة
print-book = السجل
print-page = الصحيفة
