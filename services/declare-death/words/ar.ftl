### التصريح بوفاة: الكلمات بالعربية.

title = التصريح بوفاة
summary = أبلغ السجل بوفاة في الأسرة، وتصدر لك منه شهادة الوفاة.
issuer = المديرية العامة للصحة
before-you-start = نعزّيك بمصابك. لتكن شهادة الطبيب في متناولك. لا نسألك عن أسباب الوفاة: فالطبيب يذكرها. صرّح خلال ثلاثين يومًا. يمكنك التوقف في أي وقت والمتابعة لاحقًا.
done = وصل تصريحك إلى دائرة الصحة. يُكمله موظف من شهادة الطبيب ويدقّقه آخر ويسجّله، ثم تكون الشهادة جاهزة هنا.
not-entitled = يصرّح بالوفاة الزوج أو الزوجة أو الولد أو أحد الأبوين أو قريب كان حاضرًا. أما المستشفيات والشرطة والوحدات العسكرية فتُخبر بنفسها. ويساعد أي مركز الأسرة.

## الأقسام

group-deceased = من توفي
group-death = الوفاة
group-papers = المستمسكات
group-delivery = كيف نصل إليك

## الأسئلة

question-who-option-someone-else = شخص آخر
question-who = ما صلتك بالمتوفى؟
question-who-short = المصرِّح
question-who-missing = اختر من أنت.
question-who-option-spouse = الزوج أو الزوجة
question-who-option-child = ابن أو ابنة
question-who-option-mother = الأم
question-who-option-father = الأب
question-who-option-relative = قريب آخر

question-deceased-name = ما اسم المتوفى؟
question-deceased-name-short = الاسم
question-deceased-name-hint = كما ورد في وثائقه، بأي حروف.
question-deceased-name-missing = اكتب اسمه واسم أبيه.

question-deceased-number = ما رقم هوية المتوفى؟
question-deceased-number-short = رقم الهوية
question-deceased-number-hint = إذا كنت لا تعرفه فاتركه فارغًا: لا يُردّ أحد بسبب ذلك.

question-deceased-sex = امرأة أم رجل؟
question-deceased-sex-short = الجنس
question-deceased-sex-missing = اختر امرأة أو رجلًا.
question-deceased-sex-option-female = امرأة أو فتاة
question-deceased-sex-option-male = رجل أو فتى

question-deceased-born = متى وُلد؟
question-deceased-born-short = تاريخ الولادة
question-deceased-born-hint = تكفي السنة. إذا كنت لا تعرفها فاتركه فارغًا.

question-path = من أثبت الوفاة؟
question-path-short = مثبَت من
question-path-missing = اختر من أثبت الوفاة.
question-path-option-ordinary = طبيب أو مستشفى
question-path-option-forensic = الطب العدلي
question-path-option-missing = محكمة، لشخص مفقود

question-died-on = في أي يوم توفي؟
question-died-on-short = تاريخ الوفاة
question-died-on-hint = للمفقود: اليوم الذي يذكره الحكم.
question-died-on-missing = اكتب اليوم والشهر والسنة.

question-place-kind = أين توفي؟
question-place-kind-short = نوع المكان
question-place-kind-missing = اختر أين توفي.
question-place-kind-option-hospital = في مستشفى
question-place-kind-option-home = في البيت
question-place-kind-option-road = في الطريق
question-place-kind-option-work = في العمل
question-place-kind-option-other = في مكان آخر

question-death-place = في أي محافظة، وأي مدينة أو قرية؟
question-death-place-short = محل الوفاة
question-death-place-hint = تكفي المحافظة، فهي تحدّد دائرة الصحة التي تسجّل.
question-death-place-missing = اكتب المحافظة.

question-missing-since = منذ متى هو مفقود؟
question-missing-since-short = مفقود منذ
question-missing-since-hint = تكفي السنة.
question-missing-since-missing = اكتب السنة على الأقل.

question-cause-certificate = أرسل لنا شهادة الطبيب
question-cause-certificate-short = شهادة الطبيب
question-cause-certificate-hint = تكفي صورة واضحة لكل صفحة. إذا كانت لديك النسخة الورقية فقط فاترك هذا فارغًا وأبرزها في أحد المراكز.

question-court = أي محكمة أصدرت القرار؟
question-court-short = المحكمة
question-court-missing = اكتب اسم المحكمة كما ورد في قرارها.

question-judgment = ما رقم القرار؟
question-judgment-short = رقم القرار
question-judgment-missing = اكتب الرقم المدوّن على القرار.

question-judgment-date = ما تاريخ القرار؟
question-judgment-date-short = تاريخ القرار
question-judgment-date-missing = اكتب يوم صدور القرار.

question-judgment-paper = أرسل لنا قرار المحكمة
question-judgment-paper-short = قرار المحكمة
question-judgment-paper-hint = تكفي صورة واضحة لكل صفحة. إذا كانت لديك النسخة الورقية فقط فاترك هذا فارغًا وأبرزها في أحد المراكز.

question-late-reason = لماذا يُصرَّح به الآن فقط؟
question-late-reason-short = سبب التأخير
question-late-reason-hint = انقضت المدة القانونية. تكفي جملة قصيرة؛ ويستوفي القانون رسمًا بسيطًا تراه قبل الإرسال.
question-late-reason-missing = اكتب في بضع كلمات سبب التأخير.

question-delivery = كيف تودّ استلامها؟
question-delivery-short = الاستلام
question-delivery-missing = اختر طريقة الاستلام.
question-delivery-option-download = تنزيلها إلكترونيًا
question-delivery-option-download-hint = بتوقيع إلكتروني يستطيع أي شخص التحقق منه.
question-delivery-option-collect = استلامها ورقيًا من أحد المراكز
question-delivery-option-collect-hint = على ورق مرقّم، بتوقيع وختم.

question-phone = على أي رقم نراسلك؟
question-phone-short = الهاتف
question-phone-hint = مثلًا ⁦٠٧٥٠ ١٢٣ ٤٥٦٧⁩. لا تذكر رسائلنا اسمك ولا نوع الوثيقة، فلا بأس بهاتف مشترك.
question-phone-missing = اكتب رقم هاتف محمول.
question-email = هل لديك بريد إلكتروني؟
question-email-short = البريد الإلكتروني
question-email-hint = يمكنك تركه فارغًا.

## من يحق له التصريح

relation-spouse = الزوج أو الزوجة
relation-child = ابن أو ابنة
relation-parent = الأم أو الأب
relation-relative = قريب كان حاضرًا

open-relation-spouse = هل كان مقدّم الطلب زوجًا للمتوفى؟ لم تثبت هويته بعد.
open-relation-child = هل مقدّم الطلب ولد المتوفى؟ لم تثبت هويته بعد.
open-relation-parent = هل مقدّم الطلب أحد أبوي المتوفى؟ لم تثبت هويته بعد.
open-relation-relative = هل مقدّم الطلب قريب للمتوفى؟ لم تثبت هويته بعد.

## المستمسكات

evidence-cause-certificate = شهادة الطبيب بالوفاة وأسبابها
evidence-cause-certificate-hint = من المستشفى أو الطبيب أو الطب العدلي.
open-evidence-cause-certificate = هل شهادة الطبيب صحيحة وتذكر هذا الشخص والأسباب؟
evidence-judgment-paper = قرار المحكمة
open-evidence-judgment-paper = هل قرار المحكمة صحيح وقطعي ويخص هذه الواقعة؟

## أسئلة للموظف

open-late = صُرّح به بعد المدة القانونية. هل السبب والأوراق سليمة؟
open-decision = هل يُسجَّل هذا؟

## الرسم

fee-late-declaration = تصريح متأخر

## الخطوات

step-prove-identity = إثبات هويتك
step-prove-identity-hint = بالمحفظة الوطنية، أو بأي وثيقة هوية في أحد المراكز. نُعدّ كل شيء حتى ذلك الحين، ولا يتأخر سوى التسليم.
step-pay = دفع الرسم
step-register = تدقّقه دائرة السجل وتسجّله
step-register-hint = يُكمل موظف التصريح ويدقّقه موظف آخر.
step-issue = توقيع الشهادة
step-print = طباعتها
step-hand-over = استلامها

## أسباب الرفض

reason-not-registrable = لا يمكن للسجل أن يقيّد هذا كما صُرّح به.
reason-not-registrable-remedy = اقرأ كلمات الموظف أعلاه وأحضر الناقص إلى أي مركز، أو صرّح من جديد. لك أن تعترض خلال { $days } يومًا، ويبتّ في اعتراضك موظف آخر.
reason-declared-already = صُرّح بهذا من قبل.
reason-declared-already-remedy = لم يضع شيء: اطلب شهادة القيد. وإن كانت واقعة أخرى فأخبرنا بما يختلف. لك أن تعترض خلال { $days } يومًا، ويبتّ في اعتراضك موظف آخر.

## الوثيقة

document-title = شهادة وفاة
document-authority =
    إقليم كوردستان العراق
    وزارة الصحة
    المديرية العامة للصحة
document-statement = مستخرجة من سجل الوفيات ومحمية بتوقيع إلكتروني.

print-name = الاسم
print-name-latin = الاسم بالحروف اللاتينية
print-sex = الجنس
print-born-on = تاريخ الولادة
print-died-on = تاريخ الوفاة
print-death-place = محل الوفاة
print-father = الأب
print-mother = الأم
print-register = رقم القيد
print-office = الدائرة
print-book = السجل
print-page = الصحيفة
