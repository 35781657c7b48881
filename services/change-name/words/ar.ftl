### تغيير الاسم: الكلمات بالعربية.

title = تغيير الاسم
summary = ليقيّد السجل الحكم الذي يغيّر اسمًا.
issuer = المديرية العامة للأحوال المدنية
before-you-start = ليكن حكم المحكمة في متناولك: فالأسماء لا تُغيّر إلا بحكم. يبقى اسمك القديم في السجل إلى جانب الجديد. لا نسألك عن نفسك شيئًا آخر: قيدك يقول ذلك.
done = وصل تصريحك إلى السجل. يُكمله موظف من الحكم ويدقّقه آخر ويسجّله.
not-entitled = يصرّح بتغيير الاسم صاحبه، أو وصيّ عيّنته المحكمة. أما المحاكم فتُخبر بنفسها.

## الأقسام

group-person = الاسم
group-judgment = الحكم
group-papers = المستمسكات
group-delivery = كيف نصل إليك

## الأسئلة

question-who-option-someone-else = شخص آخر
question-who = من الذي يتغيّر اسمه؟
question-who-short = اسم من
question-who-missing = اختر من يتغيّر اسمه.
question-who-option-oneself = اسمي
question-who-option-guardian = اسم من أنا وصيّ عليه

question-old-name = ما الاسم حتى الآن؟
question-old-name-short = الاسم القديم
question-old-name-hint = كما ورد في وثائقه، بأي حروف.
question-old-name-missing = اكتب الاسم واسم الأب.

question-old-number = ما رقم هويته؟
question-old-number-short = رقم الهوية
question-old-number-missing = اكتب رقمًا من أي وثيقة له.

question-new-name = ما الاسم الجديد بحسب الحكم؟
question-new-name-short = الاسم الجديد
question-new-name-hint = اكتب كل الأجزاء، حتى التي لا تتغيّر.
question-new-name-missing = اكتب الاسم الجديد.

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

relation-oneself = صاحب الاسم
relation-guardian = وصيّ عيّنته المحكمة

open-relation-oneself = هل مقدّم الطلب هو صاحب الاسم؟ لم تثبت هويته بعد.
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
