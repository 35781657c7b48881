# What questions need on their page.

repeated-one = رقم
repeated-add = إضافة آخر
listen = استمع إلى السؤال
person-find = ابحث عن شخص آخر بالاسم أو الرقم
person-family = عائلتك كما في السجل. هل ينقص أحد؟ تابع في مركز: يستطيع موظف أن يبحث عنه.
person-sign-in = لا يمكن أن يُذكر هنا إلا أنت وعائلتك. لكي نعرف من أنت، سجّل الدخول بالمحفظة الوطنية أو تابع في أي مركز.
