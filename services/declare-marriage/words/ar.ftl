### التصريح بزواج: الكلمات بالعربية.

title = التصريح بزواج
summary = ليقيّد السجل الزواج الذي تم بعقد المحكمة، وتصدر لك منه شهادة الزواج.
issuer = المديرية العامة للأحوال المدنية
before-you-start = ليكن عقد محكمة الأحوال الشخصية في متناولك. لا نسألك عن نفسك شيئًا: قيدك يقول ذلك. يمكنك التوقف في أي وقت والمتابعة لاحقًا.
done = وصل تصريحك إلى السجل. يُكمله موظف من العقد ويدقّقه آخر ويسجّله، ثم تكون الشهادة جاهزة هنا.
not-entitled = يصرّح بالزواج الزوج أو الزوجة. أما المحكمة والبعثات في الخارج فتُخبر بنفسها. إن كنت تراجع عن أحدهما فليحضر معك إلى أي مركز.

## الأقسام

group-couple = الزوجان
group-contract = العقد
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

question-wife-born = متى وُلدت الزوجة؟
question-wife-born-short = ولادة الزوجة
question-wife-born-hint = تكفي السنة. إذا كنت لا تعرفها فاتركه فارغًا.

question-husband-name = ما اسم الزوج؟
question-husband-name-short = الزوج
question-husband-name-hint = كما ورد في وثائقه، بأي حروف.
question-husband-name-missing = اكتب اسمه واسم أبيه.

question-husband-number = ما رقم هويته؟
question-husband-number-short = رقم الهوية
question-husband-number-hint = إذا كنت لا تعرفه فاتركه فارغًا: لا يُردّ أحد بسبب ذلك.

question-husband-born = متى وُلد الزوج؟
question-husband-born-short = ولادة الزوج
question-husband-born-hint = تكفي السنة. إذا كنت لا تعرفها فاتركه فارغًا.

question-married-on = في أي يوم تزوجتما؟
question-married-on-short = تاريخ الزواج
question-married-on-missing = اكتب اليوم والشهر والسنة.

question-contract-court = أي محكمة أبرمت العقد؟
question-contract-court-short = محكمة العقد
question-contract-court-missing = اكتب اسم المحكمة كما ورد في العقد.

question-contract-number = ما رقم العقد؟
question-contract-number-short = رقم العقد
question-contract-number-missing = اكتب الرقم المدوّن على العقد.

question-place = أين كان الزواج؟
question-place-short = المكان
question-place-hint = تكفي المحافظة.
question-place-missing = اكتب المحافظة أو البلد.

question-outside-region = هل عُقد الزواج خارج إقليم كوردستان؟
question-outside-region-short = خارج الإقليم
question-outside-region-missing = اختر نعم أو لا.

question-outside-court = هل تزوجتما خارج المحكمة ثم أثبتت ذلك؟
question-outside-court-short = أُثبت لاحقًا
question-outside-court-missing = اختر نعم أو لا.

question-court = أي محكمة أصدرت القرار؟
question-court-short = المحكمة
question-court-missing = اكتب اسم المحكمة كما ورد في قرارها.

question-judgment = ما رقم القرار؟
question-judgment-short = رقم القرار
question-judgment-missing = اكتب الرقم المدوّن على القرار.

question-judgment-date = ما تاريخ القرار؟
question-judgment-date-short = تاريخ القرار
question-judgment-date-missing = اكتب يوم صدور القرار.

question-contract-paper = أرسل لنا عقد المحكمة
question-contract-paper-short = العقد
question-contract-paper-hint = تكفي صورة واضحة لكل صفحة. إذا كانت لديك النسخة الورقية فقط فاترك هذا فارغًا وأبرزها في أحد المراكز.

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

relation-husband = الزوج
relation-wife = الزوجة

open-relation-husband = هل مقدّم الطلب هو الزوج؟ لم تثبت هويته بعد.
open-relation-wife = هل مقدّمة الطلب هي الزوجة؟ لم تثبت هويتها بعد.

## المستمسكات

evidence-contract-paper = عقد زواج المحكمة
open-evidence-contract-paper = هل عقد المحكمة صحيح ويذكر هذين الزوجين؟
evidence-judgment-paper = قرار المحكمة
open-evidence-judgment-paper = هل قرار المحكمة صحيح وقطعي ويخص هذه الواقعة؟

## أسئلة للموظف

open-outside-court = عُقد الزواج خارج المحكمة. هل يثبته الحكم، ومن أي يوم؟
open-outside-region = عُقد الزواج خارج الإقليم. هل لأحدهما زواج آخر قائم؟
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

document-title = شهادة زواج
document-authority =
    إقليم كوردستان العراق
    وزارة الداخلية
    المديرية العامة للأحوال المدنية
document-statement = مستخرجة من سجل الزواج ومحمية بتوقيع إلكتروني.

print-husband = الزوج
print-husband-born-on = تاريخ ولادة الزوج
print-wife = الزوجة
print-wife-born-on = تاريخ ولادة الزوجة
print-date = تاريخ الزواج
print-place = محل الزواج
print-court = المحكمة
print-register = رقم القيد
print-office = الدائرة
print-book = السجل
print-page = الصحيفة
