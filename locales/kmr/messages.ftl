# Messages to people. Phones are shared: they name neither event nor person.

message-subject = Peyamek ji Diwanê
message-code = Koda te: { $code }. Ji kesî re nebêje. Deh xulekan derbasdar e.
message-received = Daxwaznameya te { $number } gihîşt.
message-ready = Tiştek ji bo { $number } amade ye.
message-answer-needed = Ji bo { $number } bersivek ji me re pêwîst e.
message-decided = Ji bo { $number } biryarek heye.
message-invitation = Tu ji bo kar bi Diwanê re hatî vexwendin. Di nav sê rojan de vê veke: { $link }
message-name-code = Kod
message-name-received = Hat agahdarkirin: gihîşt
message-name-ready = Hat agahdarkirin: amade ye
message-name-answer-needed = Hat agahdarkirin: bersiv pêwîst e
message-name-decided = Hat agahdarkirin: biryar hat dayîn
message-name-invitation = Hat vexwendin
message-contact-ended = Ev hejmar êdî li Diwanê nayê bikaranîn. Heke te ev nexwestiye, were her navendekê.
message-name-contact-ended = Hat agahdarkirin: hejmar bi dawî bû
message-subscription-paused = { $name } ji mêj ve ye tu bûyeran wernagire û hatiye rawestandin. Tiştek winda nebûye. Li rûpela «Bûyer» ya maseya xwe binêre.
message-name-subscription-paused = Hat gotin: bûyer rawestiyan
