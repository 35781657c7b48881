# Added to the service and check pages.

service-time-label = كم تستغرق
fee-may-change = إذا صدرت نسخة من هذا القيد من قبل، فثمن كل نسخة كما هو مكتوب في صفحة الخدمة.
