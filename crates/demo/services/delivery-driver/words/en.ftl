title = Register as a delivery driver
summary = For people who bring parcels and meals. The traffic register is asked for you.
issuer = General Directorate of Civil Status
done = Your application has arrived. When the traffic register confirms your licence, you are registered within minutes.

group-licence = Your licence

question-licence-number = What is the number of your driving licence?
question-licence-number-hint = It stands on the front, at the top.
question-licence-number-missing = Write the number of your licence.
question-phone = Which number can we write to?
question-phone-missing = Write a mobile number.

evidence-driving-licence = A valid driving licence
open-evidence-driving-licence = Is the driving licence valid? The traffic register did not confirm it.

open-identity = Has the applicant shown who they are?
rule-valid-licence = Your identity is proven, and the traffic register says that your licence is valid.

step-prove-identity = Show who you are
step-decide = An officer decides

reason-no-valid-licence = We could not confirm that you hold a valid driving licence.
reason-no-valid-licence-remedy = Bring the licence to a centre, or renew it first. You may appeal within { $days } days; a different officer will decide.
