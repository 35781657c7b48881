# Consent and receipts at the counter.

counter-consent-phone = An razîbûn bi kodê: hejmara telefona wî/wê
counter-consent-phone-hint = Em kodekê dişînin; kes ji te re dixwîne. Heke navê şahidekî hatibe nivîsîn, vala bihêle.
counter-choose-service = Xizmetekê hilbijêre
counter-consent-missing = Navê şahidekî binivîse, an kodekê ji telefona kesî re bişîne
counter-code = Koda ku kes dixwîne
consent-title = Razîbûn
consent-for = Daxwaznameya { $number }: daxwazkar divê razî be ku tu ji bo wî/wê binivîsî.
consent-by-code = Bi kodekê ji telefona wî/wê re
consent-by-mark = Bi nîşan an peyvekê li ber şahidekî
consent-record = Razîbûnê tomar bike
consent-code-sent = Kodek ji { $address } re çû.
send-code-there = Kodekê bişîne wir
to-desk = Ber bi maseyê
receipt-print-narrow = Pisûleyê çap bike
receipt-print-lead = Ji bo çapkera pisûleyan (80 mm) an her çapkerê. Çapa yekem resen e, her çapeke din dibêje ku ew kopî ye.
receipt-as-pdf = Pisûle wek PDF
receipt-pdf-lead = Ji bo parastin an şandinê. Wek çapekê tê jimartin.
receipt-log-entry = Qeyd di loga giştî de

look-why = Tu çima lê dinêrî?
look-why-hint = Kes nehatiye bang kirin ber kawntera te: sedemê hilbijêre. Kesê ku lê tê nêrîn dikare wê bixwîne.
look-why-missing = Sedema nêrînê hilbijêre
look-why-here = Li vir amade ye
look-why-for-them = Kesek li şûna wî li vir amade ye
look-why-letter = Name an daxwaza wî
look-why-authority = Dadgeh an desthilatek dipirse
look-why-mend = Tomara wî tê kontrol kirin an rast kirin
look-why-ticket = Bilêt { $ticket } ({ $for })
look-why-not-said = Kesî negot çima
