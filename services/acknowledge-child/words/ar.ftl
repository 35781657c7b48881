### الإقرار بطفل: الكلمات بالعربية.

title = الإقرار بطفل
summary = أخبر السجل أن طفلًا هو ولدك.
issuer = المديرية العامة للأحوال المدنية
before-you-start = ليكن في متناولك محضر المحكمة أو المسجّل الذي أقررت أمامه بالطفل. لا نسألك عن نفسك شيئًا: قيدك يقول ذلك.
done = وصل تصريحك إلى السجل. يجد موظف قيد الطفل ويُكمل التصريح ويدقّقه آخر ويسجّله. وحينها يكون الطفل معك في السجل.
not-entitled = لا يقرّ بالطفل إلا أبوه نفسه. أما المحكمة التي تثبت الأبوة فتُخبر بنفسها.

## الأقسام

group-child = الطفل
group-acknowledgement = الإقرار
group-papers = المستمسكات
group-delivery = كيف نصل إليك

## الأسئلة

question-who-option-someone-else = شخص آخر
question-who = ما صلتك بالطفل؟
question-who-short = المصرِّح
question-who-missing = اختر صلتك بالطفل.
question-who-option-father = الأب

question-child-name = ما اسم الطفل؟
question-child-name-short = الطفل
question-child-name-missing = اكتب اسم الطفل.

question-child-number = ما رقم هوية الطفل؟
question-child-number-short = رقم الهوية
question-child-number-hint = إذا كنت لا تعرفه فاتركه فارغًا: لا يُردّ أحد بسبب ذلك.

question-born-on = في أي يوم وُلد الطفل؟
question-born-on-short = الولادة
question-born-on-missing = اكتب اليوم والشهر والسنة.

question-before = أمام من أقررت بالطفل؟
question-before-short = أمام
question-before-hint = محكمة أو مسجّل.
question-before-missing = اكتب المحكمة أو الدائرة كما وردت في المحضر.

question-acknowledged-on = في أي يوم؟
question-acknowledged-on-short = تاريخ الإقرار
question-acknowledged-on-missing = اكتب اليوم والشهر والسنة.

question-acknowledgement-paper = أرسل لنا المحضر
question-acknowledgement-paper-short = محضر الإقرار
question-acknowledgement-paper-hint = تكفي صورة واضحة لكل صفحة. إذا كانت لديك النسخة الورقية فقط فاترك هذا فارغًا وأبرزها في أحد المراكز.

question-phone = على أي رقم نراسلك؟
question-phone-short = الهاتف
question-phone-hint = مثلًا ⁦٠٧٥٠ ١٢٣ ٤٥٦٧⁩. لا تذكر رسائلنا اسمك ولا نوع الوثيقة، فلا بأس بهاتف مشترك.
question-phone-missing = اكتب رقم هاتف محمول.
question-email = هل لديك بريد إلكتروني؟
question-email-short = البريد الإلكتروني
question-email-hint = يمكنك تركه فارغًا.

## من يحق له التصريح

relation-father = الأب

open-relation-father = هل مقدّم الطلب هو الأب المُقِرّ بالطفل؟ لم تثبت هويته بعد.

## المستمسكات

evidence-acknowledgement-paper = محضر الإقرار
open-evidence-acknowledgement-paper = هل المحضر صحيح ويذكر هذا الأب وهذا الطفل؟

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
