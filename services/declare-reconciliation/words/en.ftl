### Declare a reconciliation: words in English.

title = Declare a reconciliation
summary = Have the register record that a divorce was taken back within the waiting period.
issuer = General Directorate of Civil Status
before-you-start = Have the judgment of the court at hand: the register records judgments only. Of yourself we ask nothing: your own entry says it.
done = Your declaration has arrived at the register. An officer completes it from the judgment, another checks and registers it. Then you are married again in the register, from the day of your wedding on.
not-entitled = A reconciliation is declared by the husband or the wife, with the judgment. Courts give notice themselves.

## Sections

group-couple = The couple
group-judgment = The judgment
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

question-husband-name = What is the husband’s name?
question-husband-name-short = Husband
question-husband-name-hint = As it stands in their papers, in any script.
question-husband-name-missing = Write his own name and his father’s name.

question-husband-number = What is his identity number?
question-husband-number-short = Identity number
question-husband-number-hint = If you do not know it, leave it empty: nobody is turned away for that.

question-court = Which court decided?
question-court-short = Court
question-court-missing = Write the name of the court, as it stands in its decision.

question-judgment = What is the number of its decision?
question-judgment-short = Number of the decision
question-judgment-missing = Write the number that stands on the decision.

question-judgment-date = Of which day is the decision?
question-judgment-date-short = Date of the decision
question-judgment-date-missing = Write the day of the decision.

question-reconciled-on = On which day did you come together again, by the judgment?
question-reconciled-on-short = Reconciled
question-reconciled-on-hint = The judgment names it. It lies within the waiting period.
question-reconciled-on-missing = Write the day, the month and the year.

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

relation-husband = the husband
relation-wife = the wife

open-relation-husband = Is the applicant the husband? His identity is not proven yet.
open-relation-wife = Is the applicant the wife? Her identity is not proven yet.

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
