# A lost or changed number.

contact-title = Hejmara windabûyî an guherî
contact-lead = Hejmara kevn di cih de li her derê diqede, û kesê ku li ba wî ye tê derxistin. Her daxwazname bi hejmara nû berdewam dike.
contact-who = Hejmar tenê ji bo kesê ku em bi rastî nas dikin tê guhertin: nexwe kesê ku telefona te dîtiye jî dikare.
contact-again = Tu demek berê têketî. Berî guhertina hejmarê careke din têkeve: dibe ku kesekî din li ber vê amûrê be.
contact-counter = Bi cuzdanê neteweyî têkeve, an were her navendekê. Her cure kaxez alîkar e; du şahid jî dikarin alîkar bin.
contact-new = Hejmara nû ya telefonê an e-name
contact-no-new = Hêj hejmara nû tune ye?
contact-only-end = Tenê hejmara kevn niha biqedîne
contact-replaced = Qediya. Hejmara kevn bi dawî bû û ya nû ket şûna wê.
contact-ended = Qediya. Hejmara kevn bi dawî bû. Gava hejmareke nû hebe, li vir an li her navendekê bide me.
