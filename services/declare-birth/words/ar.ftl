### التصريح بولادة: الكلمات بالعربية.

title = التصريح بولادة
summary = أبلغ السجل بولادة طفل، وتصدر لك منه شهادة الولادة.
issuer = المديرية العامة للصحة
before-you-start = لتكن شهادة الولادة الطبية في متناولك. صرّح خلال خمسة عشر يومًا من الولادة في مستشفى، وثلاثين يومًا في غيره. لا نسألك عن نفسك شيئًا: قيدك يقول ذلك. يمكنك التوقف في أي وقت والمتابعة لاحقًا.
done = وصل تصريحك إلى دائرة الصحة. يُكمله موظف من الشهادة الطبية ويدقّقه آخر ويسجّله، ثم تكون الشهادة جاهزة هنا.
not-entitled = يصرّح بالولادة الأم أو الأب أو قريب كان حاضرًا. أما المستشفيات والقابلات والمختارون فيُخبرون دائرة الصحة بأنفسهم. ويساعد أي مركز الأسرة.

## الأقسام

group-child = الطفل
group-parents = الأبوان
group-papers = المستمسكات
group-delivery = كيف نصل إليك

## الأسئلة

question-who-option-someone-else = شخص آخر
question-who = ما صلتك بالطفل؟
question-who-short = المصرِّح
question-who-missing = اختر صلتك بالطفل.
question-who-option-mother = الأم
question-who-option-father = الأب
question-who-option-relative = قريب
question-who-option-relative-hint = كنت حاضرًا، أو لا يستطيع الأبوان الحضور.

question-child-name = ما اسم الطفل؟
question-child-name-short = الاسم
question-child-name-hint = يكفي اسم الطفل: أما اسما الأب والجد فيُؤخذان من الأب.
question-child-name-missing = اكتب اسم الطفل.

question-child-sex = هل المولود أنثى أم ذكر؟
question-child-sex-short = الجنس
question-child-sex-missing = اختر أنثى أو ذكرًا.
question-child-sex-option-female = أنثى
question-child-sex-option-male = ذكر

question-born-on = في أي يوم وُلد الطفل؟
question-born-on-short = تاريخ الولادة
question-born-on-missing = اكتب اليوم والشهر والسنة.

question-place-kind = أين وُلد الطفل؟
question-place-kind-short = نوع المكان
question-place-kind-missing = اختر أين وُلد الطفل.
question-place-kind-option-hospital = في مستشفى
question-place-kind-option-home = في البيت
question-place-kind-option-other = في مكان آخر

question-facility = ما اسم ذلك المكان؟
question-facility-short = المستشفى أو المكان
question-facility-missing = اكتب اسم المستشفى أو المكان.

question-birth-place = في أي محافظة، وأي مدينة أو قرية؟
question-birth-place-short = محل الولادة
question-birth-place-hint = تكفي المحافظة، فهي تحدّد دائرة الصحة التي تسجّل.
question-birth-place-missing = اكتب المحافظة.

question-plurality = هل وُلد طفل واحد أم أكثر؟
question-plurality-short = مفرد أو متعدد
question-plurality-missing = اختر عدد المواليد.
question-plurality-option-single = طفل واحد
question-plurality-option-twin = توأمان
question-plurality-option-twin-hint = صرّح بكل واحد منهما.
question-plurality-option-triplet = ثلاثة توائم
question-plurality-option-more = أكثر

question-birth-order = ما ترتيب هذا الطفل بينهم؟
question-birth-order-short = ترتيب الولادة
question-birth-order-hint = { $min } للأول، حتى { $max }.
question-birth-order-missing = اكتب رقمًا: ١ للأول.

question-parents-married = هل الأبوان متزوجان أحدهما من الآخر؟
question-parents-married-short = الأبوان متزوجان
question-parents-married-missing = اختر نعم أو لا.

question-father-unnamed = هل يبقى الأب بلا ذكر؟
question-father-unnamed-short = الأب غير مذكور
question-father-unnamed-hint = لست ملزمة بذكره، ويمكنه أن يقرّ بالطفل لاحقًا.
question-father-unnamed-missing = اختر نعم أو لا.

question-acknowledged = هل يقرّ الأب بأن الطفل ولده؟
question-acknowledged-short = أقرّ به الأب
question-acknowledged-missing = اختر نعم أو لا.

question-mother-name = ما اسم الأم؟
question-mother-name-short = الأم
question-mother-name-hint = كما ورد في وثائقها، بأي حروف.
question-mother-name-missing = اكتب اسمها واسم أبيها.

question-mother-number = ما رقم هويتها؟
question-mother-number-short = رقم الهوية
question-mother-number-hint = إذا كنت لا تعرفه فاتركه فارغًا: لا يُردّ أحد بسبب ذلك.

question-father-name = ما اسم الأب؟
question-father-name-short = الأب
question-father-name-hint = كما ورد في وثائقه، بأي حروف.
question-father-name-missing = اكتب اسمه واسم أبيه.

question-father-number = ما رقم هويته؟
question-father-number-short = رقم الهوية
question-father-number-hint = إذا كنت لا تعرفه فاتركه فارغًا: لا يُردّ أحد بسبب ذلك.

question-medical-certificate = أرسل لنا شهادة الولادة الطبية
question-medical-certificate-short = الشهادة الطبية
question-medical-certificate-hint = تكفي صورة واضحة لكل صفحة. إذا كانت لديك النسخة الورقية فقط فاترك هذا فارغًا وأبرزها في أحد المراكز.

question-late-reason = لماذا يُصرَّح به الآن فقط؟
question-late-reason-short = سبب التأخير
question-late-reason-hint = انقضت المدة القانونية. تكفي جملة قصيرة؛ ويستوفي القانون رسمًا بسيطًا تراه قبل الإرسال.
question-late-reason-missing = اكتب في بضع كلمات سبب التأخير.

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

relation-mother = الأم
relation-father = الأب
relation-relative = قريب كان حاضرًا

open-relation-mother = هل مقدّمة الطلب هي الأم؟ لم تثبت هويتها بعد.
open-relation-father = هل مقدّم الطلب هو الأب؟ لم تثبت هويته بعد.
open-relation-relative = هل مقدّم الطلب قريب للطفل؟ لم تثبت هويته بعد.

## المستمسكات

evidence-medical-certificate = شهادة الولادة الطبية
evidence-medical-certificate-hint = من المستشفى أو الطبيب أو القابلة.
open-evidence-medical-certificate = هل الشهادة الطبية صحيحة وتذكر هذه الأم وهذا الطفل؟
evidence-judgment-paper = قرار المحكمة
open-evidence-judgment-paper = هل قرار المحكمة صحيح وقطعي ويخص هذه الواقعة؟

## أسئلة للموظف

open-late = صُرّح به بعد المدة القانونية. هل السبب والأوراق سليمة؟
open-unmarried = الأبوان غير متزوجين. من يُذكر أبًا في القيد، وهل أقرّ بالطفل؟
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

document-title = شهادة ولادة
document-authority =
    إقليم كوردستان العراق
    وزارة الصحة
    المديرية العامة للصحة
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
