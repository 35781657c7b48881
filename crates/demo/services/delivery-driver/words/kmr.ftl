title = Xwe wek ajokarê gihandinê tomar bike
summary = Ji bo yên ku pakêt û xwarinê digihînin. Em li şûna te ji tomara hatin û çûnê dipirsin.
issuer = Rêveberiya Giştî ya Rewşa Medenî
done = Daxwaza te gihîşt. Dema tomara hatin û çûnê ehliyeta te piştrast bike, tu di çend deqeyan de tê tomarkirin.

group-licence = Ehliyeta te

question-licence-number = Hejmara ehliyeta te ya ajotinê çi ye?
question-licence-number-hint = Li rûyê pêş, li jor hatiye nivîsandin.
question-licence-number-missing = Hejmara ehliyeta xwe binivîse.
question-phone = Em dikarin ji kîjan hejmarê re binivîsin?
question-phone-missing = Hejmareke mobîl binivîse.

evidence-driving-licence = Ehliyeteke ajotinê ya derbasdar
open-evidence-driving-licence = Gelo ehliyeta ajotinê derbasdar e? Tomara hatin û çûnê ew piştrast nekir.

open-identity = Gelo daxwazkar nîşan daye ku ew kî ye?
rule-valid-licence = Nasnameya te hatiye selimandin, û tomara hatin û çûnê dibêje ku ehliyeta te derbasdar e.

step-prove-identity = Nîşan bide ku tu kî yî
step-decide = Karmendek biryarê dide

reason-no-valid-licence = Me nikarî piştrast bikin ku ehliyeteke te ya derbasdar heye.
reason-no-valid-licence-remedy = Ehliyetê bîne navendekê, an pêşî wê nû bike. Tu dikarî di { $days } rojan de îtiraz bikî; karmendekî din biryarê dide.
