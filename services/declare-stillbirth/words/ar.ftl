### التصريح بولادة ميت: الكلمات بالعربية.

title = التصريح بولادة ميت
summary = أبلغ السجل بطفل وُلد ميتًا. يُحصى، ولا يُفتح به قيد لأحد.
issuer = المديرية العامة للصحة
before-you-start = نعزّيك بمصابك. لتكن الشهادة الطبية في متناولك: ففيها يذكر الطبيب متى مات الطفل وبماذا. لا نسألك عن نفسك شيئًا: قيدك يقول ذلك.
done = وصل تصريحك إلى دائرة الصحة. يُكمله موظف من الشهادة الطبية ويدقّقه آخر ويسجّله.
not-entitled = يصرّح بولادة الميت الأم أو الأب أو قريب كان حاضرًا. أما المستشفيات والقابلات فتُخبر بنفسها.

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

question-parents-married = هل الأبوان متزوجان أحدهما من الآخر؟
question-parents-married-short = الأبوان متزوجان
question-parents-married-missing = اختر نعم أو لا.

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

question-medical-certificate = أرسل لنا الشهادة الطبية
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

evidence-medical-certificate = الشهادة الطبية
evidence-medical-certificate-hint = من المستشفى أو الطبيب أو القابلة.
open-evidence-medical-certificate = هل الشهادة الطبية صحيحة وتذكر هذه الأم؟
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

## أسباب الرفض

reason-not-registrable = لا يمكن للسجل أن يقيّد هذا كما صُرّح به.
reason-not-registrable-remedy = اقرأ كلمات الموظف أعلاه وأحضر الناقص إلى أي مركز، أو صرّح من جديد. لك أن تعترض خلال { $days } يومًا، ويبتّ في اعتراضك موظف آخر.
reason-declared-already = صُرّح بهذا من قبل.
reason-declared-already-remedy = لم يضع شيء: اطلب شهادة القيد. وإن كانت واقعة أخرى فأخبرنا بما يختلف. لك أن تعترض خلال { $days } يومًا، ويبتّ في اعتراضك موظف آخر.
