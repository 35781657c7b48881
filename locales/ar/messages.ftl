# Messages to people. Phones are shared: they name neither event nor person.

message-subject = رسالة من ديوان
message-code = رمزك: { $code }. لا تخبر به أحدًا. يصلح لعشر دقائق.
message-received = وصل طلبك { $number }.
message-ready = هناك شيء جاهز بخصوص { $number }.
message-answer-needed = نحتاج إلى جواب بخصوص { $number }.
message-decided = صدر قرار بخصوص { $number }.
message-invitation = أنت مدعوّ إلى العمل مع ديوان. افتح هذا خلال ثلاثة أيام: { $link }
message-name-code = رمز
message-name-received = إشعار: وصل الطلب
message-name-ready = إشعار: جاهز
message-name-answer-needed = إشعار: مطلوب جواب
message-name-decided = إشعار: صدر قرار
message-name-invitation = دعوة
message-contact-ended = لم يعد هذا الرقم مستخدمًا في ديوان. إن لم تطلب ذلك فراجع أي مركز.
message-name-contact-ended = إشعار: انتهى الرقم
message-subscription-paused = لم يستلم { $name } أي حدث منذ مدة طويلة وأُوقف مؤقتًا. لم يضع شيء. انظر صفحة «الأحداث» على مكتبك.
message-name-subscription-paused = أُبلغ: أُوقفت الأحداث
