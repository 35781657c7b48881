### Birth certificate: words in English.

title = Birth certificate
summary = A certified extract of a birth entry, signed by the office that keeps the register.
issuer = General Directorate of Civil Status
before-you-start = You need the name and the year of birth. Everything else helps us to find the entry sooner. You can stop at any time and go on later, here or at any centre.
done = Your application has arrived. If nothing is open, the certificate is ready within minutes. Otherwise an officer answers the open question, and you can follow it here.
not-entitled = A birth certificate is given to the person named in it, to a parent, to a guardian, and after a death to the husband, wife or children. If you act for someone else, ask them for a power of attorney at a notary, or ask the personal status court for a guardianship order. Any centre will help you with this.

## Sections

group-person = Whose certificate
group-purpose = What you need it for
group-delivery = How you receive it

## Questions

question-for-whom = Who is the certificate for?
question-for-whom-short = For
question-for-whom-hint = Only for yourself, your child, or a person you represent by law.
question-for-whom-missing = Choose who the certificate is for.
question-for-whom-option-myself = For me
question-for-whom-option-my-child = For my child
question-for-whom-option-my-child-hint = You are named in the entry as mother or father.
question-for-whom-option-my-ward = For someone whose guardian I am
question-for-whom-option-my-ward-hint = You have an order of a court.
question-for-whom-option-my-late-parent = For my mother or father, who has died
question-for-whom-option-my-late-spouse = For my husband or wife, who has died
question-for-whom-option-someone-else = For someone else

question-holder-name = What is the name in the certificate?
question-holder-name-short = Name
question-holder-name-hint = Write it as it stands in the register, in any script. If there is no grandfather's or family name, leave the field empty.
question-holder-name-missing = Write the person's own name and the father's name.

question-birth-date = When was this person born?
question-birth-date-short = Born
question-birth-date-hint = For example 14 3 1998. If you know only the year, write only the year.
question-birth-date-missing = Write at least the year of birth.

question-mother-name = What is the mother's name?
question-mother-name-short = Mother
question-mother-name-hint = It helps us to tell two people of the same name apart. You may leave it empty.

question-birth-place = Where was this person born?
question-birth-place-short = Place of birth
question-birth-place-hint = The governorate is enough. Add the district, the town or the hospital if you know it.
question-birth-place-missing = Write the governorate or the country of birth.

question-identity-number = Is there an identity number?
question-identity-number-short = Identity number
question-identity-number-hint = From any paper of the person named in the certificate. If there is none, leave it empty: nobody is turned away for that.

question-court-order = Send us the court order
question-court-order-short = Court order
question-court-order-hint = A clear photo of every page is enough. If you have only the paper, leave this empty and show it at a centre.

question-purpose = What do you need it for?
question-purpose-short = Purpose
question-purpose-hint = So that we can tell you what else that office will ask for. Your answer changes neither the fee nor the decision.
question-purpose-missing = Choose what you need it for.
question-purpose-option-school = School or university
question-purpose-option-identity = An identity card
question-purpose-option-passport = A passport or visa
question-purpose-option-marriage = A marriage
question-purpose-option-inheritance = An inheritance
question-purpose-option-work = Work
question-purpose-option-court = A court
question-purpose-option-own-records = My own records
question-purpose-option-other = Something else

question-use = Where will you show it?
question-use-short = Shown
question-use-missing = Choose where you will show it.
question-use-option-home = In the Kurdistan Region or elsewhere in Iraq
question-use-option-abroad = In another country
question-use-option-abroad-hint = Most countries ask for attestation by the Ministry of Foreign Affairs and then by their embassy. We record each attestation with the certificate.

question-document-languages = In which languages?
question-document-languages-short = Languages
question-document-languages-hint = All of them stand on one paper.
question-document-languages-missing = Choose at least one language.
question-document-languages-option-ckb = Kurdish (Sorani)
question-document-languages-option-ar = Arabic
question-document-languages-option-kmr = Kurdish (Kurmanji)
question-document-languages-option-en = English

question-copies = How many copies?
question-copies-short = Copies
question-copies-hint = From { $min } to { $max }. The first copy ever is free; each further one costs 2,000 dinars.
question-copies-missing = Write how many copies you need.

question-delivery = How would you like to receive it?
question-delivery-short = Delivery
question-delivery-missing = Choose how you would like to receive it.
question-delivery-option-download = Download it
question-delivery-option-download-hint = With an electronic signature that anyone can check.
question-delivery-option-collect = Collect it on paper at a centre
question-delivery-option-collect-hint = On numbered paper, signed and stamped.

question-displaced = Have you been displaced from your home?
question-displaced-short = Displaced
question-displaced-hint = Displaced people pay nothing. You need no proof.
question-displaced-missing = Choose yes or no.

question-phone = Which number can we write to?
question-phone-short = Telephone
question-phone-hint = For example 0750 123 4567. Our messages name neither you nor the certificate, so it may be a phone you share.
question-phone-missing = Write a mobile number.

question-email = Do you have an e-mail address?
question-email-short = E-mail
question-email-hint = You may leave it empty.

## Who may apply

relation-self = the person named in the certificate
relation-parent = the mother or father
relation-guardian = a guardian appointed by a court
relation-late-parent = a child of the person, after death
relation-late-spouse = the husband or wife, after death

open-relation-self = Is the applicant the person named in the entry?
open-relation-parent = Is the applicant this child's mother or father?
open-relation-guardian = Is the applicant this person's guardian? No court order is in hand yet.
open-relation-late-parent = Has the holder died, and is the applicant their child?
open-relation-late-spouse = Has the holder died, and was the applicant married to them?

## Evidence

evidence-court-order = The court order that makes you the guardian
evidence-court-order-hint = As a photo, a PDF, or on paper at any centre.
open-evidence-court-order = Is this court order genuine, in force, and does it name the applicant and the holder?

evidence-trace = Anything that helps us to find the entry
evidence-trace-hint = An old certificate, a hospital's note, a vaccination or ration card, a UNHCR certificate, or the names of witnesses.
open-evidence-trace = Do these papers show where the birth was registered?

## Questions for an officer

open-identity = Has the applicant shown who they are?
open-unverified = Does the entry agree with the book?
open-protected = The entry is closed to ordinary copies. May this applicant have one?
open-guardianship = Does the guardianship cover fetching this certificate, and is it still in force?
open-widowed = Did the marriage still stand when the holder died?
open-decision = May this certificate be issued?

rule-own-or-childs-entry = Your identity is proven, the entry is verified, and it is your own or your child's.
rule-late-parents-entry = Your identity is proven, the entry is verified, and it is that of your late mother or father.

## Fee

fee-further-copies = { $count ->
    [one] One further copy
   *[other] { $count } further copies
}
fee-further-copies-waived = Nothing to pay: displaced people are exempt.

## Steps

step-prove-identity = Show who you are
step-prove-identity-hint = With the national wallet, or with any identity paper at a centre. Until then we prepare everything; we only hand it over afterwards.
step-pay = Pay the fee
step-search = An officer searches the register
step-search-hint = We did not find the entry at once. This happens often and is no fault of yours.
step-ask-place-of-registration = We ask the place of registration
step-ask-place-of-registration-hint = You need not travel there.
step-decide = An officer decides
step-issue = The certificate is signed
step-print = It is printed
step-hand-over = You receive it

## Reasons for refusal

reason-identity-not-shown = We could not establish who is applying.
reason-identity-not-shown-remedy = Come to any centre with an identity paper, or with two witnesses who have one. You may appeal within { $days } days; a different officer will decide.
reason-no-authority = The papers do not show that you may receive this certificate.
reason-no-authority-remedy = Bring a power of attorney from a notary or an order of the personal status court, and apply again. You may appeal within { $days } days; a different officer will decide.
reason-entry-closed = A court or the directorate has closed this entry to copies.
reason-entry-closed-remedy = Ask the court that closed it for permission. You may appeal within { $days } days; a different officer will decide.
reason-no-entry-anywhere = Neither we nor the place of registration found an entry of this birth.
reason-no-entry-anywhere-remedy = The birth can still be registered: the personal status court decides on it, and any centre helps you to apply. You may appeal within { $days } days; a different officer will decide.
reason-paper-not-genuine = A paper you gave us is not genuine.
reason-paper-not-genuine-remedy = If you did not know this, tell us how you came by it. You may appeal within { $days } days; a different officer will decide.

## The paper

document-title = Birth certificate
document-authority =
    Kurdistan Region of Iraq
    Ministry of Interior
    General Directorate of Civil Status
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
