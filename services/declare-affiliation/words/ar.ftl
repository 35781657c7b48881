### التصريح بضم طفل: الكلمات بالعربية.

title = التصريح بضم طفل
summary = ليقيّد السجل أن محكمة الأحداث ضمّت إليكما طفلًا.
issuer = المديرية العامة للأحوال المدنية
before-you-start = ليكن حكم محكمة الأحداث في متناولك. لا نسألك عن نفسك شيئًا: قيدك يقول ذلك. وما تخبرنا به لا يراه إلا قليل من الموظفين.
done = وصل تصريحك إلى السجل. يُكمله موظف من الحكم ويدقّقه آخر ويسجّله. والقيد مغلق: لا تقول وثائقكم من أين جاء الطفل.
not-entitled = يصرّح بالضم الزوجان اللذان ضمّت المحكمة إليهما الطفل ومعهما الحكم. أما المحاكم فتُخبر بنفسها.

## الأقسام

group-couple = الزوجان
group-child = الطفل
group-judgment = الحكم
group-papers = المستمسكات
group-delivery = كيف نصل إليك

## الأسئلة

question-who-option-someone-else = شخص آخر
question-who = من أنت؟
question-who-short = المصرِّح
question-who-missing = اختر من أنت.
question-who-option-father = الزوج
question-who-option-mother = الزوجة

question-mother-name = ما اسم الزوجة؟
question-mother-name-short = الزوجة
question-mother-name-hint = كما ورد في وثائقها، بأي حروف.
question-mother-name-missing = اكتب اسمها واسم أبيها.

question-mother-number = ما رقم هويتها؟
question-mother-number-short = رقم الهوية
question-mother-number-hint = إذا كنت لا تعرفه فاتركه فارغًا: لا يُردّ أحد بسبب ذلك.

question-father-name = ما اسم الزوج؟
question-father-name-short = الزوج
question-father-name-hint = كما ورد في وثائقه، بأي حروف.
question-father-name-missing = اكتب اسمه واسم أبيه.

question-father-number = ما رقم هويته؟
question-father-number-short = رقم الهوية
question-father-number-hint = إذا كنت لا تعرفه فاتركه فارغًا: لا يُردّ أحد بسبب ذلك.

question-child-name = ما اسم الطفل بحسب الحكم؟
question-child-name-short = الطفل
question-child-name-missing = اكتب اسم الطفل.

question-child-number = ما رقم هوية الطفل؟
question-child-number-short = رقم الهوية
question-child-number-hint = إذا كنت لا تعرفه فاتركه فارغًا: لا يُردّ أحد بسبب ذلك.

question-child-sex = هل الطفل أنثى أم ذكر؟
question-child-sex-short = الجنس
question-child-sex-missing = اختر أنثى أو ذكرًا.
question-child-sex-option-female = أنثى
question-child-sex-option-male = ذكر

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

relation-father = الزوج الضامّ
relation-mother = الزوجة الضامّة

open-relation-father = هل مقدّم الطلب هو الزوج الذي ضمّت المحكمة إليه الطفل؟ لم تثبت هويته بعد.
open-relation-mother = هل مقدّمة الطلب هي الزوجة التي ضمّت المحكمة إليها الطفل؟ لم تثبت هويتها بعد.

## المستمسكات

evidence-judgment-paper = قرار المحكمة
open-evidence-judgment-paper = هل قرار المحكمة صحيح وقطعي ويخص هذه الواقعة؟

## أسئلة للموظف

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
