### Declare an affiliation: words in English.

title = Declare an affiliation
summary = Have the register record that a juvenile court gave you a child.
issuer = General Directorate of Civil Status
before-you-start = Have the judgment of the juvenile court at hand. Of yourself we ask nothing: your own entry says it. What you tell us is seen by very few officers.
done = Your declaration has arrived at the register. An officer completes it from the judgment, another checks and registers it. The entry is closed: your papers do not tell where the child came from.
not-entitled = An affiliation is declared by the couple to whom the court gave the child, with the judgment. Courts give notice themselves.

## Sections

group-couple = The couple
group-child = The child
group-judgment = The judgment
group-papers = Papers
group-delivery = How we reach you

## Questions

question-who-option-someone-else = Someone else
question-who = Who are you?
question-who-short = Declared by
question-who-missing = Choose who you are.
question-who-option-father = The man of the couple
question-who-option-mother = The woman of the couple

question-mother-name = What is the woman’s name?
question-mother-name-short = Woman
question-mother-name-hint = As it stands in her papers, in any script.
question-mother-name-missing = Write her own name and her father’s name.

question-mother-number = What is her identity number?
question-mother-number-short = Identity number
question-mother-number-hint = If you do not know it, leave it empty: nobody is turned away for that.

question-father-name = What is the man’s name?
question-father-name-short = Man
question-father-name-hint = As it stands in their papers, in any script.
question-father-name-missing = Write his own name and his father’s name.

question-father-number = What is his identity number?
question-father-number-short = Identity number
question-father-number-hint = If you do not know it, leave it empty: nobody is turned away for that.

question-child-name = What is the child’s name, by the judgment?
question-child-name-short = Child
question-child-name-missing = Write the child’s own name.

question-child-number = What is the child’s identity number?
question-child-number-short = Identity number
question-child-number-hint = If you do not know it, leave it empty: nobody is turned away for that.

question-child-sex = Is it a girl or a boy?
question-child-sex-short = Sex
question-child-sex-missing = Choose girl or boy.
question-child-sex-option-female = A girl
question-child-sex-option-male = A boy

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

question-phone = Which number can we write to?
question-phone-short = Telephone
question-phone-hint = For example 0750 123 4567. Our messages name neither you nor the certificate, so it may be a phone you share.
question-phone-missing = Write a mobile number.
question-email = Do you have an e-mail address?
question-email-short = E-mail
question-email-hint = You may leave it empty.

## Who may declare

relation-father = the man of the couple
relation-mother = the woman of the couple

open-relation-father = Is the applicant the man to whom the court gave the child? His identity is not proven yet.
open-relation-mother = Is the applicant the woman to whom the court gave the child? Her identity is not proven yet.

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
