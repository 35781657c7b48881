# Added to the service and check pages.

service-time-label = Çiqas dikişîne
fee-may-change = Eger berê kopiyek ji vê tomarê derketibe, her kopî bi qasî ku di rûpela xizmetê de hatiye nivîsandin e.
