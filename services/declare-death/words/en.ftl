### Declaring a death: words in English.

title = Declare a death
summary = Tell the register of a death in the family. The death certificate comes out of it.
issuer = General Directorate of Health
before-you-start = We are sorry for your loss. Have the doctor’s certificate at hand. Of the causes of death we ask you nothing: the doctor says them. Declare within thirty days. You can stop at any time and go on later.
done = Your declaration has arrived at the health office. An officer completes it from the doctor’s certificate, another checks and registers it. Then the certificate is ready here.
not-entitled = A death is declared by husband or wife, a child, a parent, or a relative who was present. Hospitals, the police and military units give notice themselves. Any centre will help the family.

## Sections

group-deceased = Who has died
group-death = The death
group-papers = Papers
group-delivery = How we reach you

## Questions

question-who-option-someone-else = Someone else
question-who = Who are you to the person who died?
question-who-short = Declared by
question-who-missing = Choose who you are.
question-who-option-spouse = Husband or wife
question-who-option-child = A son or daughter
question-who-option-mother = The mother
question-who-option-father = The father
question-who-option-relative = Another relative

question-deceased-name = What was their name?
question-deceased-name-short = Name
question-deceased-name-hint = As it stands in their papers, in any script.
question-deceased-name-missing = Write their own name and their father’s name.

question-deceased-number = What was their identity number?
question-deceased-number-short = Identity number
question-deceased-number-hint = If you do not know it, leave it empty: nobody is turned away for that.

question-deceased-sex = A woman or a man?
question-deceased-sex-short = Sex
question-deceased-sex-missing = Choose woman or man.
question-deceased-sex-option-female = A woman or girl
question-deceased-sex-option-male = A man or boy

question-deceased-born = When were they born?
question-deceased-born-short = Born
question-deceased-born-hint = The year is enough. If you do not know it, leave it empty.

question-path = Who says that they have died?
question-path-short = Certified by
question-path-missing = Choose who certified the death.
question-path-option-ordinary = A doctor or a hospital
question-path-option-forensic = Forensic medicine
question-path-option-missing = A court, of someone who is missing

question-died-on = On which day did they die?
question-died-on-short = Died
question-died-on-hint = Of someone who is missing: the day that the judgment says.
question-died-on-missing = Write the day, the month and the year.

question-place-kind = Where did they die?
question-place-kind-short = Died in
question-place-kind-missing = Choose where they died.
question-place-kind-option-hospital = In a hospital
question-place-kind-option-home = At home
question-place-kind-option-road = On the road
question-place-kind-option-work = At work
question-place-kind-option-other = Somewhere else

question-death-place = In which governorate, and in which town or village?
question-death-place-short = Place of death
question-death-place-hint = The governorate is enough. It decides which health office registers.
question-death-place-missing = Write the governorate.

question-missing-since = Since when are they missing?
question-missing-since-short = Missing since
question-missing-since-hint = The year is enough.
question-missing-since-missing = Write at least the year.

question-cause-certificate = Send us the doctor’s certificate
question-cause-certificate-short = Doctor’s certificate
question-cause-certificate-hint = A clear photo of every page is enough. If you have only the paper, leave this empty and show it at a centre.

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

question-late-reason = Why is it declared only now?
question-late-reason-short = Why it is late
question-late-reason-hint = The legal time has passed. A short sentence is enough; the law takes a small fee, which you see before you send.
question-late-reason-missing = Write in a few words why it is late.

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

relation-spouse = husband or wife
relation-child = a son or daughter
relation-parent = the mother or father
relation-relative = a relative who was present

open-relation-spouse = Was the applicant married to the person who died? Their identity is not proven yet.
open-relation-child = Is the applicant a child of the person who died? Their identity is not proven yet.
open-relation-parent = Is the applicant a parent of the person who died? Their identity is not proven yet.
open-relation-relative = Is the applicant a relative of the person who died? Their identity is not proven yet.

## Papers

evidence-cause-certificate = The doctor’s certificate of the death and its causes
evidence-cause-certificate-hint = From the hospital, the doctor or forensic medicine.
open-evidence-cause-certificate = Is the doctor’s certificate genuine, and does it name this person and the causes?
evidence-judgment-paper = The decision of the court
open-evidence-judgment-paper = Is the decision of the court genuine and final, and is it about this event?

## Questions for an officer

open-late = It is declared after the legal time. Do its reason and its papers hold?
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

document-title = Death certificate
document-authority =
    Kurdistan Region of Iraq
    Ministry of Health
    General Directorate of Health
document-statement = Extracted from the register of deaths and protected by an electronic signature.

print-name = Name
print-name-latin = Name in Latin letters
print-sex = Sex
print-born-on = Date of birth
print-died-on = Date of death
print-death-place = Place of death
print-father = Father
print-mother = Mother
print-register = Register entry
print-office = Office
print-book = Book
print-page = Page
