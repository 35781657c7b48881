# Messages to people. Phones are shared: they name neither event nor person.

message-subject = نامەیەک لە دیوانەوە
message-code = کۆدەکەت: { $code }. بە کەسی مەڵێ. دە خولەک کار دەکات.
message-received = داواکارییەکەت بە ژمارەی { $number } گەیشت.
message-ready = شتێک بۆ { $number } ئامادەیە.
message-answer-needed = وەڵامێکمان بۆ { $number } پێویستە.
message-decided = بڕیارێک بۆ { $number } هەیە.
message-invitation = بانگهێشت کراویت بۆ کارکردن لەگەڵ دیوان. لە ماوەی سێ ڕۆژدا ئەمە بکەرەوە: { $link }
message-name-code = کۆد
message-name-received = ئاگادار کرایەوە: گەیشت
message-name-ready = ئاگادار کرایەوە: ئامادەیە
message-name-answer-needed = ئاگادار کرایەوە: وەڵام پێویستە
message-name-decided = ئاگادار کرایەوە: بڕیار درا
message-name-invitation = بانگهێشت کرا
message-contact-ended = ئەم ژمارەیە لە دیوان بەکار ناهێنرێت. ئەگەر داوات نەکردووە، وەرە بۆ هەر سەنتەرێک.
message-name-contact-ended = ئاگادار کرایەوە: ژمارە کۆتایی هات
message-subscription-paused = { $name } ماوەیەکی زۆرە هیچ ڕووداوێک وەرناگرێت و ڕاگیراوە. هیچ ون نەبووە. سەیری پەڕەی «ڕووداوەکان» بکە لە مێزەکەتدا.
message-name-subscription-paused = گوترا: ڕووداوەکان ڕاگیران
