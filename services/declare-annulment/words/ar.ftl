### التصريح ببطلان زواج: الكلمات بالعربية.

title = التصريح ببطلان زواج
summary = ليقيّد السجل الحكم ببطلان زواج.
issuer = المديرية العامة للأحوال المدنية
before-you-start = ليكن حكم المحكمة في متناولك: فالسجل لا يقيّد إلا الأحكام. لا نسألك عن نفسك شيئًا: قيدك يقول ذلك.
done = وصل تصريحك إلى السجل. يُكمله موظف من الحكم ويدقّقه آخر ويسجّله. وحينها لا يبقى الزواج في السجل؛ أما الأولاد فيبقون أولاد الاثنين.
not-entitled = يصرّح ببطلان الزواج الزوج أو الزوجة ومعه الحكم. أما المحاكم فتُخبر بنفسها.

## الأقسام

group-couple = الزوجان
group-judgment = الحكم
group-papers = المستمسكات
group-delivery = كيف نصل إليك

## الأسئلة

question-who-option-someone-else = شخص آخر
question-who = من أنت؟
question-who-short = المصرِّح
question-who-missing = اختر من أنت.
question-who-option-husband = الزوج
question-who-option-wife = الزوجة

question-wife-name = ما اسم الزوجة؟
question-wife-name-short = الزوجة
question-wife-name-hint = كما ورد في وثائقها، بأي حروف.
question-wife-name-missing = اكتب اسمها واسم أبيها.

question-wife-number = ما رقم هويتها؟
question-wife-number-short = رقم الهوية
question-wife-number-hint = إذا كنت لا تعرفه فاتركه فارغًا: لا يُردّ أحد بسبب ذلك.

question-husband-name = ما اسم الزوج؟
question-husband-name-short = الزوج
question-husband-name-hint = كما ورد في وثائقه، بأي حروف.
question-husband-name-missing = اكتب اسمه واسم أبيه.

question-husband-number = ما رقم هويته؟
question-husband-number-short = رقم الهوية
question-husband-number-hint = إذا كنت لا تعرفه فاتركه فارغًا: لا يُردّ أحد بسبب ذلك.

question-court = أي محكمة أصدرت القرار؟
question-court-short = المحكمة
question-court-missing = اكتب اسم المحكمة كما ورد في قرارها.

question-judgment = ما رقم القرار؟
question-judgment-short = رقم القرار
question-judgment-missing = اكتب الرقم المدوّن على القرار.

question-judgment-date = ما تاريخ القرار؟
question-judgment-date-short = تاريخ القرار
question-judgment-date-missing = اكتب يوم صدور القرار.

question-void-on = من أي يوم يبطل الزواج بحسب الحكم؟
question-void-on-short = تاريخ البطلان
question-void-on-hint = يذكره الحكم. وإن لم يذكر يومًا فاكتب يوم الحكم.
question-void-on-missing = اكتب اليوم والشهر والسنة.

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

relation-husband = الزوج
relation-wife = الزوجة

open-relation-husband = هل مقدّم الطلب هو الزوج؟ لم تثبت هويته بعد.
open-relation-wife = هل مقدّمة الطلب هي الزوجة؟ لم تثبت هويتها بعد.

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
