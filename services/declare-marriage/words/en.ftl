### Declaring a marriage: words in English.

title = Declare a marriage
summary = Have the register record the marriage that the court’s contract made. The marriage certificate comes out of it.
issuer = General Directorate of Civil Status
before-you-start = Have the contract of the personal status court at hand. Of yourself we ask nothing: your own entry says it. You can stop at any time and go on later.
done = Your declaration has arrived at the register. An officer completes it from the contract, another checks and registers it. Then the certificate is ready here.
not-entitled = A marriage is declared by the husband or the wife. The court and missions abroad give notice themselves. If you act for one of them, they can come with you to any centre.

## Sections

group-couple = The couple
group-contract = The contract
group-papers = Papers
group-delivery = How we reach you

## Questions

question-who-option-someone-else = Someone else
question-who = Who are you?
question-who-short = Declared by
question-who-missing = Choose who you are.
question-who-option-husband = The husband
question-who-option-wife = The wife

question-wife-name = What is the wife’s name?
question-wife-name-short = Wife
question-wife-name-hint = As it stands in her papers, in any script.
question-wife-name-missing = Write her own name and her father’s name.

question-wife-number = What is her identity number?
question-wife-number-short = Identity number
question-wife-number-hint = If you do not know it, leave it empty: nobody is turned away for that.

question-wife-born = When was the wife born?
question-wife-born-short = Wife born
question-wife-born-hint = The year is enough. If you do not know it, leave it empty.

question-husband-name = What is the husband’s name?
question-husband-name-short = Husband
question-husband-name-hint = As it stands in their papers, in any script.
question-husband-name-missing = Write his own name and his father’s name.

question-husband-number = What is his identity number?
question-husband-number-short = Identity number
question-husband-number-hint = If you do not know it, leave it empty: nobody is turned away for that.

question-husband-born = When was the husband born?
question-husband-born-short = Husband born
question-husband-born-hint = The year is enough. If you do not know it, leave it empty.

question-married-on = On which day did you marry?
question-married-on-short = Married
question-married-on-missing = Write the day, the month and the year.

question-contract-court = Which court made the contract?
question-contract-court-short = Court of the contract
question-contract-court-missing = Write the name of the court, as it stands on the contract.

question-contract-number = What is the number of the contract?
question-contract-number-short = Number of the contract
question-contract-number-missing = Write the number that stands on the contract.

question-place = Where was the marriage?
question-place-short = Place
question-place-hint = The governorate is enough.
question-place-missing = Write the governorate or the country.

question-outside-region = Was the marriage contracted outside the Kurdistan Region?
question-outside-region-short = Outside the Region
question-outside-region-missing = Choose yes or no.

question-outside-court = Did you marry outside a court and have it proved later?
question-outside-court-short = Proved later
question-outside-court-missing = Choose yes or no.

question-court = Which court decided?
question-court-short = Court
question-court-missing = Write the name of the court, as it stands in its decision.

question-judgment = What is the number of its decision?
question-judgment-short = Number of the decision
question-judgment-missing = Write the number that stands on the decision.

question-judgment-date = Of which day is the decision?
question-judgment-date-short = Date of the decision
question-judgment-date-missing = Write the day of the decision.

question-contract-paper = Send us the contract of the court
question-contract-paper-short = Contract
question-contract-paper-hint = A clear photo of every page is enough. If you have only the paper, leave this empty and show it at a centre.

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

relation-husband = the husband
relation-wife = the wife

open-relation-husband = Is the applicant the husband? His identity is not proven yet.
open-relation-wife = Is the applicant the wife? Her identity is not proven yet.

## Papers

evidence-contract-paper = The marriage contract of the court
open-evidence-contract-paper = Is the contract of the court genuine, and does it name this couple?
evidence-judgment-paper = The decision of the court
open-evidence-judgment-paper = Is the decision of the court genuine and final, and is it about this event?

## Questions for an officer

open-outside-court = The marriage was made outside a court. Does the judgment prove it, and from which day?
open-outside-region = The marriage was contracted outside the Region. Does another marriage of one of them stand?
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

document-title = Marriage certificate
document-authority =
    Kurdistan Region of Iraq
    Ministry of Interior
    General Directorate of Civil Status
document-statement = Extracted from the register of marriages and protected by an electronic signature.

print-husband = Husband
print-husband-born-on = Husband born
print-wife = Wife
print-wife-born-on = Wife born
print-date = Date of marriage
print-place = Place of marriage
print-court = Court
print-register = Register entry
print-office = Office
print-book = Book
print-page = Page
