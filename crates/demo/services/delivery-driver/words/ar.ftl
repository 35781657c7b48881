title = سجّل اسمك سائق توصيل
summary = لمن يوصلون الطرود والوجبات. نسأل سجل المرور نيابة عنك.
issuer = المديرية العامة للأحوال المدنية
done = وصل طلبك. حين يؤكد سجل المرور رخصتك تُسجَّل خلال دقائق.

group-licence = رخصتك

question-licence-number = ما رقم رخصة القيادة؟
question-licence-number-hint = مكتوب على الوجه الأمامي في الأعلى.
question-licence-number-missing = اكتب رقم رخصتك.
question-phone = إلى أي رقم نكتب؟
question-phone-missing = اكتب رقم هاتف محمول.

evidence-driving-licence = رخصة قيادة سارية
open-evidence-driving-licence = هل رخصة القيادة سارية؟ لم يؤكدها سجل المرور.

open-identity = هل أثبت مقدّم الطلب هويته؟
rule-valid-licence = هويتك مثبتة، ويقول سجل المرور إن رخصتك سارية.

step-prove-identity = أثبت هويتك
step-decide = يقرر موظف

reason-no-valid-licence = لم نستطع التأكد من أن لديك رخصة قيادة سارية.
reason-no-valid-licence-remedy = أحضر الرخصة إلى مركز، أو جدّدها أولًا. يمكنك التظلّم خلال { $days } يومًا؛ يقرر موظف آخر.
