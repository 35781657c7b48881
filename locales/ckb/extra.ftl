# Added to the service and check pages.

service-time-label = چەند دەخایەنێت
fee-may-change = ئەگەر پێشتر دانەیەک لەم تۆمارە دەرچووبێت، هەر دانەیەک ئەو بڕەی تێدەچێت کە لە پەڕەی خزمەتگوزارییەکەدا نووسراوە.
