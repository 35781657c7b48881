# Added to the service and check pages.

service-time-label = How long it takes
fee-may-change = If a copy of this entry was issued before, every copy costs what the service page says.
