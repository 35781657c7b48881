### Declare a guardianship: words in English.

title = Declare a guardianship
summary = Have the register record the judgment that makes you someone’s guardian.
issuer = General Directorate of Civil Status
before-you-start = Have the judgment of the court at hand: guardians are appointed by judgment only. Of yourself we ask nothing: your own entry says it.
done = Your declaration has arrived at the register. An officer completes it from the judgment, another checks and registers it.
not-entitled = A guardianship is declared by the guardian, with the judgment. Courts give notice themselves.

## Sections

group-person = The person you answer for
group-judgment = The judgment
group-papers = Papers
group-delivery = How we reach you

## Questions

question-who-option-someone-else = Someone else
question-who = Who are you?
question-who-short = Declared by
question-who-missing = Choose who you are.
question-who-option-guardian = The guardian

question-ward-name = Whose guardian are you?
question-ward-name-short = Ward
question-ward-name-hint = As it stands in their papers, in any script.
question-ward-name-missing = Write the own name and the father’s name.

question-ward-number = What is their identity number?
question-ward-number-short = Identity number
question-ward-number-hint = If you do not know it, leave it empty: nobody is turned away for that.

question-extent = For what do you answer, by the judgment?
question-extent-short = Extent
question-extent-missing = Choose for what you answer.
question-extent-option-person = For the person
question-extent-option-property = For their property
question-extent-option-both = For both

question-court = Which court decided?
question-court-short = Court
question-court-missing = Write the name of the court, as it stands in its decision.

question-judgment = What is the number of its decision?
question-judgment-short = Number of the decision
question-judgment-missing = Write the number that stands on the decision.

question-judgment-date = Of which day is the decision?
question-judgment-date-short = Date of the decision
question-judgment-date-missing = Write the day of the decision.

question-until = Until when, by the judgment?
question-until-short = Until
question-until-hint = Leave it empty where the judgment names no end.

question-judgment-paper = Send us the decision of the court
question-judgment-paper-short = Decision of the court
question-judgment-paper-hint = A clear photo of every page is enough. If you have only the paper, leave this empty and show it at a centre.

question-phone = Which number can we write to?
question-phone-short = Telephone
question-phone-hint = For example 0750 123 4567. Our messages name neither you nor the certificate, so it may be a phone you share.
question-phone-missing = Write a mobile number.
question-email = Do you have an e-mail address?
question-email-short = E-mail
question-email-hint = You may leave it empty.

## Who may declare

relation-guardian = the guardian appointed by a court

open-relation-guardian = Does the judgment name the applicant as the guardian?

## Papers

evidence-judgment-paper = The decision of the court
open-evidence-judgment-paper = Is the decision of the court genuine and final, and is it about this event?

## Questions for an officer

open-decision = May this be registered?

## Fee

fee-late-declaration = Late declaration

## Steps

step-prove-identity = Show who you are
step-prove-identity-hint = With the national wallet, or with any identity paper at a centre. Until then we prepare everything; we only hand it over afterwards.
step-pay = Pay the fee
step-register = The register checks and registers it
step-register-hint = One officer completes the declaration, another checks it.

## Reasons for refusal

reason-not-registrable = The register cannot enter this as it was declared.
reason-not-registrable-remedy = Read the officer’s words above and bring what is missing to any centre, or declare again. You may appeal within { $days } days; a different officer will decide.
reason-declared-already = This was declared before.
reason-declared-already-remedy = Nothing is lost: ask for a certificate of the entry. If it is another event, tell us what differs. You may appeal within { $days } days; a different officer will decide.
