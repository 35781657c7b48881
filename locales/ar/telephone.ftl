# By telephone: text messages, menus, a person on the line, and acting for another.

channel-telephone = بالهاتف
scope-telephone-serve = خدمة من يتصلون هاتفياً
menu-telephone = الهاتف

message-text-status = { $number }: { $standing ->
    [draft] لم يُرسل بعد.
    [prove-identity] تعال إلى شباك لنتأكد من هويتك.
    [pay] الرسم لم يُدفع.
    [waiting-for-applicant] نحتاج منك إلى شيء آخر.
    [approved] قُبل. خذ الوثيقة.
    [refused] رُفض. يمكنك التظلّم.
    [fulfilled] تم. سُلّمت الوثيقة.
    [settled] تم. هو في السجل.
    [closed] أُغلق.
    [withdrawn] سحبته أنت.
    [expired] انتهى لأن أحداً لم يجب.
   *[other] الدائرة تعمل عليه.
}
message-text-ticket = { $number }: { $standing ->
    [waiting] أمامك { $before }، نحو { $wait } دقيقة.
    [called] اذهب الآن إلى الشباك { $counter }.
    [serving] عند الشباك { $counter }.
    [parked] مكانك محفوظ.
    [missed] نودي عليك. تعال إلى الاستقبال.
   *[other] انتهت هذه التذكرة.
}
message-text-help = اكتب: { $status } ورقم الطلب. { $ticket }: تذكرتك. { $cancel } والرمز: يعيد الموعد. { $revoke } ورقمك: لا يعود أحد ينوب عنك.
message-text-nothing = لا يقال لهذا الهاتف شيء عن ذلك. تحقق من الرقم. { $help } تعرض الكلمات.
message-text-cancelled = أُعيد الموعد.
message-text-revoked = أُنهي: { $count }. من عيّنته محكمة يُنهى عند شباك.
message-text-rate = كيف كانت زيارتك؟ أجب برقم واحد من 1 (سيئة) إلى 5 (جيدة). يكلفك رسالة واحدة.
message-text-rated = شكراً. سُجّل بلا اسمك.
message-done-for-you = { $number }: جرى اليوم شيء باسمك. إن لم ترده فاتصل بنا أو تعال إلى أي شباك.
message-proxy-named = من اليوم يستطيع شخص آخر أن ينوب عنك حتى { $until }. إن لم ترد ذلك فأنهه في صفحتك أو عند شباك أو بالهاتف.
message-proxy-ended = لم يعد الشخص الآخر ينوب عنك.
message-name-text-status = سُئل برسالة: الحالة
message-name-text-ticket = سُئل برسالة: التذكرة
message-name-text-help = سُئل برسالة: الكلمات
message-name-text-nothing = سُئل برسالة: لا شيء يقال
message-name-text-cancelled = برسالة: أُعيد الموعد
message-name-text-revoked = برسالة: لا أحد ينوب بعد الآن
message-name-text-rate = سُئل: كيف كانت الزيارة
message-name-text-rated = شُكر على التقييم
message-name-done-for-you = أُبلغ: جرى باسمك
message-name-proxy-named = أُبلغ: ينوب آخر
message-name-proxy-ended = أُبلغ: لم يعد آخر ينوب

ussd-status = طلبي
ussd-ticket = تذكرتي الآن
ussd-appointment = موعد
ussd-person = أريد موظفاً
ussd-back = رجوع
ussd-more = المزيد
ussd-again = هذا ليس من الأزرار.
ussd-number = اكتب أرقام طلبك
ussd-nothing = لم يوجد شيء لهذا الهاتف. تحقق من الرقم أو تعال إلى شباك.
ussd-no-ticket = لا تذكرة لهذا الهاتف اليوم.
ussd-before = أمامك { $count }
ussd-counter = الشباك { $counter }
ussd-book = احجز موعداً
ussd-cancel = أعد موعداً
ussd-full = لا مكان شاغراً. حاول غداً.
ussd-day = اكتب اليوم:
ussd-time = اكتب الساعة:
ussd-book-sure = { $when }؟ 1 نعم
ussd-booked = حُجز: { $when }. الرمز { $code }
ussd-not-booked = تعذّر الحجز: أُخذ المكان، أو لهذا الهاتف ما يُسمح به.
ussd-no-appointment = لا موعد لهذا الهاتف.
ussd-cancel-sure = إعادة { $when }؟ 1 نعم
ussd-cancelled = أُعيد: { $when }
ussd-person-noted = سيتصل بك شخص على هذا الرقم.
ussd-sent = يُرسل الجواب إلى هذا الرقم برسالة قصيرة.

telephone-lead = ابحث عن المتصل بما يقوله. ما لم يقرأ رمزاً فليس له إلا معلومات عامة.
telephone-find = من يتصل
telephone-wishes = يريدون أن نتصل بهم
telephone-no-wishes = لا أحد يريد أن نتصل به.
telephone-wish-take = خذ التالي
telephone-in-hand = قيد الاتصال: { $phone }
telephone-wish-reached = أجاب
telephone-wish-not-reached = لم يجب أحد
telephone-unproven = لسنا متأكدين ممن يتصل: أعط معلومات عامة فقط.
telephone-proven = تأكدت من هذا الشخص. ما تفعله الآن يجري باسمه بالهاتف، ويُبلغ به برسالة.
telephone-send-code = أرسل رمزاً إلى هاتفه المؤكد
telephone-code-sent = أُرسل الرمز. اطلب منه أن يقرأه لك.
telephone-no-phone = لا هاتف مؤكداً لهذا الشخص. عليه أن يأتي إلى شباك، فأعط معلومات عامة فقط.
telephone-code-hint = ستة أرقام كما يقرؤها المتصل
telephone-verify = تحقق من الرمز
telephone-end = انتهت المكالمة
telephone-call-open = مكالمة مفتوحة: كل ما تفعله يجري بالهاتف حتى تنهيها.
telephone-cases = طلباته

proxies-title = النيابة عن آخر
proxies-lead = من تسمح له بأن ينوب عنك لا يرى إلا ما تختار، وحتى اليوم الذي تختار. ولك أن تنهيه في أي وقت.
proxies-none = لا أحد ينوب عنك.
proxies-which = من تريد أن تنهي نيابته؟
proxy-end = أنهها الآن
proxy-end-of = إنهاء: { $name }
proxy-new = اسمح لشخص بأن ينوب
proxy-new-lead = للوكالة أو لحكم المحكمة تعال إلى شباك ومعك الورقة.
proxy-appoint = اسمح له
proxy-number = رقمه الشخصي
proxy-name = اسمه الأول
proxy-name-hint = كما في بطاقته. يجب أن يكون الرقم والاسم لشخص واحد.
proxy-services = لأي شيء
proxy-services-hint = من واحدة إلى خمس
proxy-services-hint-officer = بالرضا وحده من واحدة إلى خمس؛ وبورقة اتركها فارغة لكل شيء
proxy-deeds = ما يستطيعه
proxy-deed-apply = أن يطلب ويجيب
proxy-deed-follow = أن يرى الحالة
proxy-deed-fetch = أن يستلم الوثائق
proxy-deed-pay = أن يدفع
proxy-until = لكم من الوقت
proxy-days = { $days } يوماً
proxy-basis = على أي أساس
proxy-basis-consent = الرضا
proxy-basis-notary = وكالة من كاتب العدل
proxy-basis-judgment = حكم محكمة
proxy-basis-number = رقم الورقة
proxy-witness = من شهد
proxy-every-service = كل شيء
proxy-said = { $services }: { $deeds }؛ حتى { $until }
proxy-said-over = { $services }: { $deeds }؛ انتهت في { $until }
proxy-wrong-number = الرقم والاسم ليسا لشخص واحد، أو لا يستطيع هذا الشخص أن ينوب عنك. تحقق من كليهما.
proxy-wrong-services = اختر من خدمة إلى خمس
proxy-wrong-deeds = اختر ما يستطيعه
proxy-wrong-until = اختر مدة مسموحة لهذا الأساس
proxy-wrong-basis = اختر الأساس
proxy-wrong-basis-number = اكتب رقم الورقة
proxy-wrong-witness = اكتب من شهد
proxy-for-title = عمّن أنوب
proxy-for-lead = ما تفعله بعد هذا يكون لمن تختاره، ويبقى في السجل اليومي بالاسمين.
proxy-for-which = لمن؟
proxy-for-self = لنفسي
proxy-for-none = أنت لا تنوب عن أحد.
acting-for-banner = أنت تنوب عن { $name }.
acting-for-change = تغيير

refusal-proxy-not-allowed = لا يحق لك هذا لهذا الشخص
refusal-help-proxy-not-allowed = رضاه لا يشمل ذلك أو انتهى. اسأله، أو تعاليا معاً إلى شباك.
refusal-proxy-enough = ينوب عن هذا الشخص أكبر عدد ممكن
refusal-help-proxy-enough = أنه نيابة أحدهم أولاً.
refusal-proxy-by-court = أمرت بهذا محكمة
refusal-help-proxy-by-court = تعال إلى شباك ومعك حكم المحكمة الجديد.
refusal-telephone-unproven = لا يجري هذا بالهاتف
refusal-help-telephone-unproven = تأكد من المتصل برمز أولاً، أو أنه المكالمة. الوثائق تُسلّم عند شباك فقط.

entry-text-taken = أُجيب عن رسالة
entry-text-refused = رسائل كثيرة
entry-rating-asked = سُئل كيف كانت الزيارة
entry-call-wished = يريد أن نتصل به
entry-call-wish-taken = أُخذ طلب الاتصال
entry-call-wish-settled = جرى الاتصال
entry-call-wishes-forgotten = مُحيت طلبات اتصال قديمة
entry-proxy-appointed = سُمح لآخر بأن ينوب
entry-proxy-refused = لم يُسمح لآخر بأن ينوب
entry-proxy-ended = لم يعد آخر ينوب
entry-caller-code-sent = أُرسل رمز للتأكد من المتصل
entry-caller-verified = جرى التأكد من المتصل
entry-call-ended = انتهت المكالمة
