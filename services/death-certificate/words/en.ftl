### Death certificate: words in English.

title = Death certificate
summary = A certified extract of a death entry. It never says what someone died of.
issuer = General Directorate of Civil Status
before-you-start = You need the name and the year of birth. Everything else helps us to find the entry sooner. You can stop at any time and go on later, here or at any centre.
done = Your application has arrived. If nothing is open, the certificate is ready within minutes. Otherwise an officer answers the open question, and you can follow it here.
not-entitled = A death certificate is given to the children, the parents, the husband or wife, and to other heirs named in an inheritance deed. Ask the personal status court for that deed; any centre will help you.

## Sections

group-person = Who has died
group-purpose = What you need it for
group-delivery = How you receive it

## Questions

question-for-whom = Who has died?
question-for-whom-short = Has died
question-for-whom-hint = We are sorry for your loss. We ask how you were related, so that you receive the certificate without detours.
question-for-whom-missing = Choose who has died.
question-for-whom-option-my-parent = My mother or father
question-for-whom-option-my-spouse = My husband or wife
question-for-whom-option-my-child = My child
question-for-whom-option-other-heir = Someone whose heir I am
question-for-whom-option-other-heir-hint = You have an inheritance deed of a court.
question-for-whom-option-someone-else = Someone else

question-holder-name = What was their name?
question-holder-name-short = Name
question-holder-name-hint = Write it as it stands in the register, in any script. If there is no grandfather's or family name, leave the field empty.
question-holder-name-missing = Write the person's own name and the father's name.

question-birth-date = When was this person born?
question-birth-date-short = Born
question-birth-date-hint = For example 14 3 1978. If you know only the year, write only the year.
question-birth-date-missing = Write at least the year of birth.

question-death-date = When did they die?
question-death-date-short = Died
question-death-date-hint = As far as you know it. You may leave it empty.

question-place = Where did they die?
question-place-short = Place of death
question-place-hint = The governorate is enough. Add the district or the town if you know it.
question-place-missing = Write the governorate or the country.

question-identity-number = Is there an identity number?
question-identity-number-short = Identity number
question-identity-number-hint = From any paper of this person. If there is none, leave it empty: nobody is turned away for that.

question-heirs-deed = Send us the inheritance deed
question-heirs-deed-short = Inheritance deed
question-heirs-deed-hint = A clear photo of every page is enough. If you have only the paper, leave this empty and show it at a centre.

question-purpose = What do you need it for?
question-purpose-short = Purpose
question-purpose-hint = So that we can tell you what else that office will ask for. Your answer changes neither the fee nor the decision.
question-purpose-missing = Choose what you need it for.
question-purpose-option-estate = An inheritance
question-purpose-option-pension = A pension or benefit
question-purpose-option-court = A court
question-purpose-option-identity = An identity card
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

relation-child = a child of the deceased
relation-spouse = the husband or wife
relation-parent = the mother or father
relation-heir = another heir
open-relation-child = Is the applicant a child of the deceased?
open-relation-spouse = Was the applicant married to the deceased?
open-relation-parent = Is the applicant the mother or father of the deceased?
open-relation-heir = Is the applicant an heir of the deceased? No deed is in hand yet.

## Evidence

evidence-trace = Anything that helps us to find the entry
open-evidence-trace = Do these papers show where the entry stands?
evidence-heirs-deed = The inheritance deed that names you
evidence-heirs-deed-hint = As a photo, a PDF, or on paper at any centre.
open-evidence-heirs-deed = Is this deed genuine, and does it name the applicant as an heir of the deceased?
evidence-trace-hint = A hospital's note, a burial permit, an old certificate, a UNHCR certificate, or the names of witnesses.

## Questions for an officer

open-identity = Has the applicant shown who they are?
open-unverified = Does the entry agree with the book?
open-protected = The entry is closed to ordinary copies. May this applicant have one?
open-decision = May this certificate be issued?
open-widowed = Did the marriage still stand when the holder died?

## Approved by rule

rule-close-family = Your identity is proven, the entry is verified, and it is that of your parent or child.

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
reason-paper-not-genuine = A paper you gave us is not genuine.
reason-paper-not-genuine-remedy = If you did not know this, tell us how you came by it. You may appeal within { $days } days; a different officer will decide.
reason-no-entry-anywhere = Neither we nor the place of registration found such an entry.
reason-no-entry-anywhere-remedy = The death can still be registered: a hospital's note or two witnesses are enough to begin, and any centre helps you. You may appeal within { $days } days; a different officer will decide.

## The paper

document-authority =
    Kurdistan Region of Iraq
    Ministry of Interior
    General Directorate of Civil Status
print-name = Name
print-name-latin = Name in Latin letters
print-sex = Sex
print-born-on = Date of birth
print-father = Father
print-mother = Mother
print-register = Register entry
document-title = Death certificate
document-statement = Extracted from the register of deaths and protected by an electronic signature.
print-died-on = Date of death
print-death-place = Place of death
print-office = Office
print-book = Book
print-page = Page
