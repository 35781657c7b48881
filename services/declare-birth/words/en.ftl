### Declaring a birth: words in English.

title = Declare a birth
summary = Tell the register of a child’s birth. The family’s certificate comes out of it.
issuer = General Directorate of Health
before-you-start = Have the medical certificate of the birth at hand. Declare within fifteen days of a birth in a hospital, thirty of one elsewhere. Of yourself we ask nothing: your own entry says it. You can stop at any time and go on later.
done = Your declaration has arrived at the health office. An officer completes it from the medical certificate, another checks and registers it. Then the certificate is ready here.
not-entitled = A birth is declared by the mother, the father, or a relative who was present. Hospitals, midwives and mukhtars give notice to the health office themselves. Any centre will help the family.

## Sections

group-child = The child
group-parents = The parents
group-papers = Papers
group-delivery = How we reach you

## Questions

question-who-option-someone-else = Someone else
question-who = Who are you to the child?
question-who-short = Declared by
question-who-missing = Choose who you are to the child.
question-who-option-mother = The mother
question-who-option-father = The father
question-who-option-relative = A relative
question-who-option-relative-hint = You were present, or the parents cannot come.

question-child-name = What is the child’s name?
question-child-name-short = Name
question-child-name-hint = The child’s own name is enough: the father’s and grandfather’s follow from the father.
question-child-name-missing = Write the child’s own name.

question-child-sex = Is it a girl or a boy?
question-child-sex-short = Sex
question-child-sex-missing = Choose girl or boy.
question-child-sex-option-female = A girl
question-child-sex-option-male = A boy

question-born-on = On which day was the child born?
question-born-on-short = Born
question-born-on-missing = Write the day, the month and the year.

question-place-kind = Where was the child born?
question-place-kind-short = Born in
question-place-kind-missing = Choose where the child was born.
question-place-kind-option-hospital = In a hospital
question-place-kind-option-home = At home
question-place-kind-option-other = Somewhere else

question-facility = What is that place called?
question-facility-short = Hospital or place
question-facility-missing = Write the name of the hospital or the place.

question-birth-place = In which governorate, and in which town or village?
question-birth-place-short = Place of birth
question-birth-place-hint = The governorate is enough. It decides which health office registers.
question-birth-place-missing = Write the governorate.

question-plurality = Was one child born, or several?
question-plurality-short = One or several
question-plurality-missing = Choose how many children were born.
question-plurality-option-single = One child
question-plurality-option-twin = Twins
question-plurality-option-twin-hint = Declare each of them.
question-plurality-option-triplet = Triplets
question-plurality-option-more = More

question-birth-order = Which of them is this child?
question-birth-order-short = Order of birth
question-birth-order-hint = { $min } for the first born, up to { $max }.
question-birth-order-missing = Write a number: 1 for the first born.

question-parents-married = Are the parents married to each other?
question-parents-married-short = Parents married
question-parents-married-missing = Choose yes or no.

question-father-unnamed = Is the father to stay unnamed?
question-father-unnamed-short = Father unnamed
question-father-unnamed-hint = You need not name him. He can acknowledge the child later.
question-father-unnamed-missing = Choose yes or no.

question-acknowledged = Does the father acknowledge the child as his?
question-acknowledged-short = Acknowledged by the father
question-acknowledged-missing = Choose yes or no.

question-mother-name = What is the mother’s name?
question-mother-name-short = Mother
question-mother-name-hint = As it stands in her papers, in any script.
question-mother-name-missing = Write her own name and her father’s name.

question-mother-number = What is her identity number?
question-mother-number-short = Identity number
question-mother-number-hint = If you do not know it, leave it empty: nobody is turned away for that.

question-father-name = What is the father’s name?
question-father-name-short = Father
question-father-name-hint = As it stands in their papers, in any script.
question-father-name-missing = Write his own name and his father’s name.

question-father-number = What is his identity number?
question-father-number-short = Identity number
question-father-number-hint = If you do not know it, leave it empty: nobody is turned away for that.

question-medical-certificate = Send us the medical certificate of the birth
question-medical-certificate-short = Medical certificate
question-medical-certificate-hint = A clear photo of every page is enough. If you have only the paper, leave this empty and show it at a centre.

question-late-reason = Why is it declared only now?
question-late-reason-short = Why it is late
question-late-reason-hint = The legal time has passed. A short sentence is enough; the law takes a small fee, which you see before you send.
question-late-reason-missing = Write in a few words why it is late.

question-court = Which court decided?
question-court-short = Court
question-court-missing = Write the name of the court, as it stands in its decision.

question-judgment = What is the number of its decision?
question-judgment-short = Number of the decision
question-judgment-missing = Write the number that stands on the decision.

question-judgment-date = Of which day is the decision?
question-judgment-date-short = Date of the decision
question-judgment-date-missing = Write the day of the decision.

question-judgment-paper = Send us the decision of the court
question-judgment-paper-short = Decision of the court
question-judgment-paper-hint = A clear photo of every page is enough. If you have only the paper, leave this empty and show it at a centre.

question-delivery = How would you like to receive it?
question-delivery-short = Delivery
question-delivery-missing = Choose how you would like to receive it.
question-delivery-option-download = Download it
question-delivery-option-download-hint = With an electronic signature that anyone can check.
question-delivery-option-collect = Collect it on paper at a centre
question-delivery-option-collect-hint = On numbered paper, signed and stamped.

question-phone = Which number can we write to?
question-phone-short = Telephone
question-phone-hint = For example 0750 123 4567. Our messages name neither you nor the certificate, so it may be a phone you share.
question-phone-missing = Write a mobile number.
question-email = Do you have an e-mail address?
question-email-short = E-mail
question-email-hint = You may leave it empty.

## Who may declare

relation-mother = the mother
relation-father = the father
relation-relative = a relative who was present

open-relation-mother = Is the applicant the mother? Her identity is not proven yet.
open-relation-father = Is the applicant the father? His identity is not proven yet.
open-relation-relative = Is the applicant a relative of the child? Their identity is not proven yet.

## Papers

evidence-medical-certificate = The medical certificate of the birth
evidence-medical-certificate-hint = From the hospital, the doctor or the midwife.
open-evidence-medical-certificate = Is the medical certificate genuine, and does it name this mother and this child?
evidence-judgment-paper = The decision of the court
open-evidence-judgment-paper = Is the decision of the court genuine and final, and is it about this event?

## Questions for an officer

open-late = It is declared after the legal time. Do its reason and its papers hold?
open-unmarried = The parents are not married. Who stands in the entry as the father, and did he acknowledge the child?
open-decision = May this be registered?

## Fee

fee-late-declaration = Late declaration

## Steps

step-prove-identity = Show who you are
step-prove-identity-hint = With the national wallet, or with any identity paper at a centre. Until then we prepare everything; we only hand it over afterwards.
step-pay = Pay the fee
step-register = The register checks and registers it
step-register-hint = One officer completes the declaration, another checks it.
step-issue = The certificate is signed
step-print = It is printed
step-hand-over = You receive it

## Reasons for refusal

reason-not-registrable = The register cannot enter this as it was declared.
reason-not-registrable-remedy = Read the officer’s words above and bring what is missing to any centre, or declare again. You may appeal within { $days } days; a different officer will decide.
reason-declared-already = This was declared before.
reason-declared-already-remedy = Nothing is lost: ask for a certificate of the entry. If it is another event, tell us what differs. You may appeal within { $days } days; a different officer will decide.

## The paper

document-title = Birth certificate
document-authority =
    Kurdistan Region of Iraq
    Ministry of Health
    General Directorate of Health
document-statement = Extracted from the civil register and protected by an electronic signature.

print-name = Name
print-name-latin = Name in Latin letters
print-sex = Sex
print-born-on = Date of birth
print-birth-place = Place of birth
print-father = Father
print-mother = Mother
print-register = Register entry
print-plurality = Single or multiple
print-born-on-in-words = In words
print-attendant = Attended by
print-father-age = Age
print-father-nationality = Nationality
print-father-occupation = Occupation
print-mother-age = Age
print-mother-nationality = Nationality
print-mother-occupation = Occupation
print-residence = Residence
print-office = Office
print-book = Book
print-page = Page
