# السجلات الممسوحة ضوئياً: تُفتح وتُدخل صحيفة صحيفة وتُقارن وتُدرج.

menu-ledgers = السجلات الممسوحة
scope-register-key = إدخال صحائف السجلات الممسوحة
ledgers-lead = يُدخل موظفو الدائرة صور صحائف سجل قديم. بعض الصحائف يُدخله موظفان مرتين، دون أن يعلما أيها.
ledgers-name = السجل
ledgers-name-hint = كما يسميه الموظفون، مثلاً «ولادات كويه ١٩٥٧»
ledgers-none = لم يُفتح سجل بعد.
ledgers-waiting = صحائف للإدخال
ledgers-prefix = ما يسبق أرقامه
ledgers-prefix-hint = ما يميز أرقامه عن أرقام السجلات الأخرى، مثلاً 1957/
ledgers-sample = نسبة الصحائف التي تُدخل مرتين، بالمئة
ledgers-sample-hint = من ٠ إلى ١٠٠. تُسحب الصحائف بالقرعة عند انتهاء الصحيفة
ledgers-threshold = أعلى نسبة حقول مختلفة، بالمئة
ledgers-threshold-hint = من ٠ إلى ١٠٠، برقم واحد بعد الفاصلة. فوقها تُدخل كل الصحائف مرتين
ledgers-set = كم يُدخل مرتين
ledgers-open = فتح سجل
ledgers-mend = شيء ناقص أو لا يصح. أصلحه أدناه؛ ما كتبته محفوظ.
ledgers-mend-shares = النسبتان مئويتان من ٠ إلى ١٠٠ بالأرقام، وللثانية رقم واحد بعد الفاصلة.
ledgers-left = { $count ->
    [0] لا صحيفة تنتظرك.
    [one] صحيفة واحدة تنتظرك.
    [two] صحيفتان تنتظرانك.
   *[other] تنتظرك { $count } صحيفة.
}
ledgers-next = إدخال الصحيفة التالية
ledgers-page-ended = انتهت الصحيفة.
ledgers-differ = ما اختلف فيه الإدخالان
ledgers-differing-fields = حقول مختلفة
ledgers-all-twice = اختلف { $share } من الحقول المقارنة، أكثر من { $limit } ٪. من الآن تُدخل كل صحيفة مرتين.
ledgers-in-once = { $count ->
    [one] دخلت صحيفة واحدة السجل قبل ذلك وقد أُدخلت مرة واحدة. قارن قيودها بالصورة.
    [two] دخلت صحيفتان السجل قبل ذلك وقد أُدخلتا مرة واحدة. قارن قيودهما بالصور.
   *[other] دخلت { $count } صحيفة السجل قبل ذلك وقد أُدخلت مرة واحدة. قارن قيودها بالصور.
}
ledgers-bring-in = إدراج ما حُسم
ledgers-progress = إلى أين وصل
ledgers-count-waiting = لم يُدخل منها شيء
ledgers-count-keying = قيد الإدخال
ledgers-count-keyed = أُدخلت مرة
ledgers-count-keyed-twice = أُدخلت مرتين
ledgers-count-differing = تنتظر البتّ في الاختلافات
ledgers-count-settled = حُسمت وليست في السجل المدني
ledgers-count-in = في السجل المدني
ledgers-rate = حقول مختلفة
ledgers-how-many = العدد
ledgers-quality = جودة الإدخال
ledgers-quality-none = لم تُدخل صحيفة مرتين بعد.
ledgers-compared-pages = صحائف مقارنة
ledgers-compared-fields = حقول مقارنة
ledgers-wrong = بُتّ بخلافها
ledgers-pages = الصحائف
ledgers-no-pages = لم تُرسل صحيفة بعد.
ledgers-state-waiting = تنتظر
ledgers-state-keying = قيد الإدخال
ledgers-state-again = تنتظر الإدخال الثاني
ledgers-state-keying-again = قيد الإدخال الثاني
ledgers-state-differing = اختلافات للبتّ
ledgers-state-settled = حُسمت
ledgers-state-in = في السجل المدني
ledgers-images = صور الصحائف
ledgers-images-hint = JPEG أو PNG، عدة صور معاً، مجموعها ٣٤ MB على الأكثر. تُرقّم بترتيب أسمائها
ledgers-first-page = رقم الصحيفة الأولى
ledgers-first-page-hint = تُعدّ البقية بعدها
ledgers-send = إرسال صحائف
ledgers-send-missing = اختر صورة واحدة على الأقل، واكتب رقم الصحيفة الأولى بالأرقام.
ledgers-not-taken = لم تؤخذ { $file }. { $why }
ledgers-brought-in = صحائف أُدرجت: { $pages }. قيود أُضيفت: { $added }. موجودة من قبل: { $there }. رُفضت: { $rejected }. لا تُقرأ: { $unreadable }.
ledgers-rejected = الصفوف المرفوضة مع صحيفتها: افتح «في السجل المدني» في القائمة، وخذ الصفوف والمخطط، وأصلح الصفوف وأرسلها كسجل قديم.
ledgers-still-settled = { $count ->
    [one] بقيت صحيفة محسومة واحدة. أدرجها بالزر نفسه.
    [two] بقيت صحيفتان محسومتان. أدرجهما بالزر نفسه.
   *[other] بقيت { $count } صحيفة محسومة. أدرجها بالزر نفسه.
}
ledgers-page-title = { $ledger }، صحيفة { $page }
ledgers-image-of = صحيفة ممسوحة: { $page }
ledgers-larger = عرض أكبر
ledgers-alone = فتح الصورة وحدها
ledgers-row = الصف { $row }
ledgers-row-head = الصف
ledgers-row-help = اكتب ما هو مدوّن واترك ما ليس مدوّناً فارغاً. التواريخ: 14/3/1957، أو 3/1957 أو 1957 إن لم يُقرأ أكثر. مفتاح Enter يحفظ الصف.
ledgers-needed = { $field } (لازم)
ledgers-unreadable-row = هذا الصف لا يُقرأ
ledgers-unreadable-why = لماذا
ledgers-unreadable-hint = تكفي كلمة: ممزق، ماء، باهت. يُترك الصف عندئذ
ledgers-unreadable-because = لا يُقرأ: { $why }
ledgers-keep-row = حفظ الصف
ledgers-done = انتهت الصحيفة
ledgers-give-back = إعادة الصحيفة
ledgers-kept = الصفوف المحفوظة
ledgers-mend-row = إصلاح الصف { $row }
ledgers-no-row = لا يوجد صف كهذا
ledgers-nothing = لا شيء
ledgers-unreadable = الصف لا يُقرأ
ledgers-whole-row = الصف كله
ledgers-difference = الصف { $row } – { $field }
ledgers-otherwise = لا هذا ولا ذاك: المدوّن هو
ledgers-otherwise-value = ما هو مدوّن
ledgers-rest = كل ما لم يُختر أعلاه
ledgers-all-first = كالقيمة الأولى
ledgers-all-second = كالقيمة الثانية
ledgers-decide = البتّ
ledgers-decide-help = أدخل موظفان هذه الصحيفة. انظر إلى الصورة واختر ما هو مدوّن فيها.
ledgers-page-and-row = { $page }، الصف { $row }
ledgers-hand-first = أدخلها
ledgers-hand-second = أدخلها ثانية
ledgers-hand-decision = بتّ في الاختلافات
ledgers-image-closed = لا تُعرض الصحيفة الممسوحة: عليها قيد آخر محمي.
books-get-mapping = تنزيل المخطط

refusal-ledger-page-there = هذه الصحيفة موجودة
refusal-help-ledger-page-there = الرقم نفسه أو الصورة نفسها في سجل لهذه الدائرة بوصفها الصحيفة { $page }. لم يُضف شيء.
refusal-ledger-nothing-left = لا صحيفة تنتظرك
refusal-help-ledger-nothing-left = كل صحائف هذا السجل أُدخلت، أو هي بيد أحد، أو كانت بيدك من قبل. عُد لاحقاً.
refusal-ledger-no-rows = لم يُدخل شيء من هذه الصحيفة
refusal-help-ledger-no-rows = احفظ صفاً واحداً على الأقل. إن كانت الصحيفة فارغة فقل عن صفها الأول إنه لا يُقرأ، ولماذا: فارغة.

entry-ledger-opened = فُتح سجل ممسوح
entry-ledger-page-added = أُضيفت صحيفة ممسوحة
entry-ledger-page-taken = أُخذت صحيفة ممسوحة للإدخال
entry-ledger-rows-keyed = أُدخلت صفوف من صحيفة ممسوحة
entry-ledger-page-keyed = أُدخلت صحيفة ممسوحة
entry-ledger-page-given-back = أُعيدت صحيفة ممسوحة
entry-ledger-page-opened = نُظر في اختلافات صحيفة ممسوحة
entry-ledger-differences-decided = بُتّ في اختلافات صحيفة ممسوحة
entry-ledger-keyed-twice = من الآن تُدخل كل صحائف سجل مرتين
entry-ledger-set = حُدد كم من سجل يُدخل مرتين
ledgers-checks = قيود تُراجع
ledgers-checks-open = قيود تُراجع: { $count }
ledgers-checks-lead = دخلت هذه الصفحات قبل أن يتبيّن أن السجل القديم أُدخل بأخطاء كثيرة، وأُدخلت من جديد. قارن كل قيد بصفحته. لا يتغيّر شيء من نفسه: صحّح القيد ثم اذكر ذلك هنا.
ledgers-checks-none = لا شيء يُراجع.
ledgers-check-differs = الصفحة { $page }، السطر { $row }: القيد يقول غير ذلك
ledgers-check-missing = الصفحة { $page }، السطر { $row }: ليس في السجل
ledgers-check-not-there = الصفحة { $page }، السطر { $row }: ليس على الصفحة أو لا يُقرأ
ledgers-went-in = في السجل
ledgers-decided-later = كما تقرر لاحقًا
ledgers-check-outcome = ما الذي صار إليه؟
ledgers-check-outcome-corrected = أُعدّ تصحيح للقيد
ledgers-check-outcome-registered = السطر في السجل الآن
ledgers-check-outcome-stands = يبقى كل شيء كما هو
ledgers-check-reason = لماذا، أو بأي رقم
ledgers-check-reason-hint = لا حاجة إليه حيث أُعدّ تصحيح
ledgers-check-settle = إنهاء هذه المراجعة
ledgers-check-not-so = أعدّ التصحيح أولًا، أو اذكر لماذا يبقى كل شيء
entry-ledger-checks-opened = نُظر في قيود سجل قديم تُراجع
entry-ledger-check-settled = رُوجع قيد من سجل قديم
entry-ledger-entry-seen = نُظر في قيد يُراجع

ledgers-command-empty = لا توجد صور هناك. اذكر مجلدًا من ملفات JPEG أو PNG، أو الملفات نفسها.
ledgers-command-passed-over = ملفات ليست صورًا ممسوحة وقد تُركت: { $files }
ledgers-command-no-officer = لا يوجد موظف يسجّل الدخول باسم «{ $login }». اذكر المسؤول عن هذه الصفحات: --officer
ledgers-command-no-ledger = لا يوجد سجل { $ledger }.
ledgers-command-what = اذكر السجل: --ledger، أو --office و--kind و--name و--directorate و--record.
ledgers-command-kind = لا سجلات من هذا النوع. الأنواع هي: { $kinds }
ledgers-command-opened = فُتح السجل: { $ledger }
ledgers-command-goes-on = يُستأنف العمل بالسجل المفتوح: { $ledger }
ledgers-command-progress = { $done } من { $of } من الملفات
ledgers-command-wrong-type = لا يُقبل إلا JPEG وPNG، صفحة واحدة في كل ملف. حوّل صفحات PDF أو TIFF إلى صور أولًا.
ledgers-command-no-number = لا رقم في اسمه.
ledgers-command-stopped = توقّف. ما أُضيف يبقى. شغّل الأمر نفسه مرة أخرى ليُستأنف.
ledgers-command-ended = صفحات أُضيفت: { $added }. موجودة من قبل: { $there }. مرفوضة: { $rejected }
