### Divorce certificate: words in English.

title = Divorce certificate
summary = A certified extract of a divorce that a court decided and that is final.
issuer = General Directorate of Civil Status
before-you-start = You need the name and the year of birth. Everything else helps us to find the entry sooner. You can stop at any time and go on later, here or at any centre.
done = Your application has arrived. If nothing is open, the certificate is ready within minutes. Otherwise an officer answers the open question, and you can follow it here.
not-entitled = A divorce certificate is given to the two who were married, and to nobody else without their power of attorney. If you act for someone else, ask them for a power of attorney at a notary. Any centre will help you with this.

## Sections

group-person = Whose divorce
group-purpose = What you need it for
group-delivery = How you receive it

## Questions

question-for-whom = Whose divorce is it?
question-for-whom-short = For
question-for-whom-hint = Our messages never say what the paper is.
question-for-whom-missing = Choose whose divorce it is.
question-for-whom-option-myself = Mine
question-for-whom-option-represented = Of someone who gave me a power of attorney
question-for-whom-option-someone-else = Someone else's

question-holder-name = What is the name of the one who asks?
question-holder-name-short = Name
question-holder-name-hint = Write it as it stands in the register, in any script. If there is no grandfather's or family name, leave the field empty.
question-holder-name-missing = Write the person's own name and the father's name.

question-birth-date = When was this person born?
question-birth-date-short = Born
question-birth-date-hint = For example 14 3 1978. If you know only the year, write only the year.
question-birth-date-missing = Write at least the year of birth.

question-spouse-name = From whom was this person divorced?
question-spouse-name-short = The other's name
question-spouse-name-hint = It tells one divorce from another. You may leave it empty.

question-place = In which governorate did the court decide?
question-place-short = Place of the court
question-place-hint = The governorate is enough. Add the district or the town if you know it.
question-place-missing = Write the governorate or the country.

question-identity-number = Is there an identity number?
question-identity-number-short = Identity number
question-identity-number-hint = From any paper of this person. If there is none, leave it empty: nobody is turned away for that.

question-power-of-attorney = Send us the power of attorney
question-power-of-attorney-short = Power of attorney
question-power-of-attorney-hint = A clear photo of every page is enough. If you have only the paper, leave this empty and show it at a centre.

question-purpose = What do you need it for?
question-purpose-short = Purpose
question-purpose-hint = So that we can tell you what else that office will ask for. Your answer changes neither the fee nor the decision.
question-purpose-missing = Choose what you need it for.
question-purpose-option-marriage = A marriage
question-purpose-option-identity = An identity card
question-purpose-option-custody = Children, alimony or dowry
question-purpose-option-pension = A pension or benefit
question-purpose-option-court = A court
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

relation-self = one of the two who were married
relation-represented = someone with a power of attorney
open-relation-represented = Does the applicant act for the holder? No power of attorney is in hand yet.
open-relation-self = Is the applicant one of the two named in the entry?

## Evidence

evidence-trace = Anything that helps us to find the entry
open-evidence-trace = Do these papers show where the entry stands?
evidence-power-of-attorney = The power of attorney from a notary
evidence-power-of-attorney-hint = As a photo, a PDF, or on paper at any centre.
open-evidence-power-of-attorney = Is this power of attorney genuine, in force, and does it cover this paper?
evidence-trace-hint = The judgment with the note that it is final, or its number and year.

## Questions for an officer

open-identity = Has the applicant shown who they are?
open-unverified = Does the entry agree with the book?
open-protected = The entry is closed to ordinary copies. May this applicant have one?
open-decision = May this certificate be issued?
open-not-final = The entry is of a divorce that is not final. Has the waiting period ended, and is the judgment final?

## Approved by rule

rule-own-divorce = Your identity is proven, the entry is verified, and your divorce is final.

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
reason-not-final = The divorce is not final yet.
reason-not-final-remedy = Apply again when the waiting period has ended and the court has noted that its judgment is final. You may appeal within { $days } days; a different officer will decide.
reason-no-entry-anywhere-remedy = The register records only what a court decided. Ask the court for a copy of the judgment and bring it to any centre. You may appeal within { $days } days; a different officer will decide.

## The paper

document-authority =
    Kurdistan Region of Iraq
    Ministry of Interior
    General Directorate of Civil Status
print-register = Register entry
document-title = Divorce certificate
print-husband = Husband
print-wife = Wife
print-court = Court
document-statement = Extracted from the register of divorces, on a final judgment, and protected by an electronic signature.
print-date = Date of divorce
print-judgment = Judgment
print-divorce-kind = Kind
print-judgment-date = Date of judgment
print-office = Office
print-book = Book
print-page = Page
