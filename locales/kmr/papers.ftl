# Words on papers.

paper-number = Hejmar
paper-issued = Derxistin
paper-issued-value = { $day }, { $place }
paper-valid-until = Bawerî pê tê heta
paper-check = Kontrol
paper-check-text = Kodê bixwîne, an navnîşanê bi xwe binivîse. Her guherîna di vê belgeyê de mora wê dişikîne.
paper-log = Loga giştî
paper-footer = Bi navnîşanên din bawer neke.
paper-training = HÎNKIRIN – NE DERBASDAR
paper-transliterated = { $text } (bi guhertina tîpan)
paper-by-rule = * Bi rêzikê bi tîpên latînî hatiye nivîsîn, ne ji pasaportê.
receipt-original = ORÎJÎNAL
receipt-copy = KOPÎ
receipt-void = BETAL
receipt-refund = HAT VEGERANDIN
receipt-fee = Rismê xizmetê
receipt-total = Mîqdar
receipt-means = Awayê dayînê
receipt-cash = Kaş
receipt-footer = Kes nikare ji vê zêdetir ji te bixwaze. Eger kesekî xwest, telefonî 122 bike.
form-chosen = hilbijartî
form-open = nehilbijartî
form-applicant = Îmze an tilîmora daxwazkar
form-companion = Heval an şahid
form-officer = Karmend
form-date = Dîrok
form-office = Ji bo fermangehê
form-received = Roja wergirtinê
form-seen = Kaxezên hatine dîtin
copies-count = { $count ->
    [one] Kopiyek
   *[other] { $count } kopî
}
receipt-late-declaration = Ragihandina dereng
