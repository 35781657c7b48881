### التصريح بوصاية: الكلمات بالعربية.

title = التصريح بوصاية
summary = ليقيّد السجل الحكم الذي يجعلك وصيًّا على شخص.
issuer = المديرية العامة للأحوال المدنية
before-you-start = ليكن حكم المحكمة في متناولك: فالأوصياء لا يُعيَّنون إلا بحكم. لا نسألك عن نفسك شيئًا: قيدك يقول ذلك.
done = وصل تصريحك إلى السجل. يُكمله موظف من الحكم ويدقّقه آخر ويسجّله.
not-entitled = يصرّح بالوصاية الوصيّ ومعه الحكم. أما المحاكم فتُخبر بنفسها.

## الأقسام

group-person = من أنت مسؤول عنه
group-judgment = الحكم
group-papers = المستمسكات
group-delivery = كيف نصل إليك

## الأسئلة

question-who-option-someone-else = شخص آخر
question-who = من أنت؟
question-who-short = المصرِّح
question-who-missing = اختر من أنت.
question-who-option-guardian = الوصيّ

question-ward-name = على من أنت وصيّ؟
question-ward-name-short = الموصى عليه
question-ward-name-hint = كما ورد في وثائقه، بأي حروف.
question-ward-name-missing = اكتب الاسم واسم الأب.

question-ward-number = ما رقم هويته؟
question-ward-number-short = رقم الهوية
question-ward-number-hint = إذا كنت لا تعرفه فاتركه فارغًا: لا يُردّ أحد بسبب ذلك.

question-extent = عمّ أنت مسؤول بحسب الحكم؟
question-extent-short = مدى الوصاية
question-extent-missing = اختر عمّ أنت مسؤول.
question-extent-option-person = عن الشخص
question-extent-option-property = عن ماله
question-extent-option-both = عن كليهما

question-court = أي محكمة أصدرت القرار؟
question-court-short = المحكمة
question-court-missing = اكتب اسم المحكمة كما ورد في قرارها.

question-judgment = ما رقم القرار؟
question-judgment-short = رقم القرار
question-judgment-missing = اكتب الرقم المدوّن على القرار.

question-judgment-date = ما تاريخ القرار؟
question-judgment-date-short = تاريخ القرار
question-judgment-date-missing = اكتب يوم صدور القرار.

question-until = إلى متى بحسب الحكم؟
question-until-short = إلى
question-until-hint = اتركه فارغًا إن لم يذكر الحكم نهاية.

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

relation-guardian = الوصيّ الذي عيّنته المحكمة

open-relation-guardian = هل يذكر الحكم مقدّم الطلب وصيًّا؟

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
