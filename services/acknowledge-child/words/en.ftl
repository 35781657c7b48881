### Acknowledge a child: words in English.

title = Acknowledge a child
summary = Tell the register that a child is yours.
issuer = General Directorate of Civil Status
before-you-start = Have the record of the court or of the registrar at hand before whom you acknowledged the child. Of yourself we ask nothing: your own entry says it.
done = Your declaration has arrived at the register. An officer finds the child’s entry and completes the declaration, another checks and registers it. Then the child stands with you in the register.
not-entitled = Only the father himself acknowledges a child. A court that finds who the father is gives notice itself.

## Sections

group-child = The child
group-acknowledgement = The acknowledgement
group-papers = Papers
group-delivery = How we reach you

## Questions

question-who-option-someone-else = Someone else
question-who = Who are you to the child?
question-who-short = Declared by
question-who-missing = Choose who you are to the child.
question-who-option-father = The father

question-child-name = What is the child’s name?
question-child-name-short = Child
question-child-name-missing = Write the child’s own name.

question-child-number = What is the child’s identity number?
question-child-number-short = Identity number
question-child-number-hint = If you do not know it, leave it empty: nobody is turned away for that.

question-born-on = On which day was the child born?
question-born-on-short = Born
question-born-on-missing = Write the day, the month and the year.

question-before = Before whom did you acknowledge the child?
question-before-short = Before
question-before-hint = A court, or a registrar.
question-before-missing = Write the court or the office, as it stands in its record.

question-acknowledged-on = On which day?
question-acknowledged-on-short = Acknowledged
question-acknowledged-on-missing = Write the day, the month and the year.

question-acknowledgement-paper = Send us the record of it
question-acknowledgement-paper-short = Record of the acknowledgement
question-acknowledgement-paper-hint = A clear photo of every page is enough. If you have only the paper, leave this empty and show it at a centre.

question-phone = Which number can we write to?
question-phone-short = Telephone
question-phone-hint = For example 0750 123 4567. Our messages name neither you nor the certificate, so it may be a phone you share.
question-phone-missing = Write a mobile number.
question-email = Do you have an e-mail address?
question-email-short = E-mail
question-email-hint = You may leave it empty.

## Who may declare

relation-father = the father

open-relation-father = Is the applicant the father who acknowledges the child? His identity is not proven yet.

## Papers

evidence-acknowledgement-paper = The record of the acknowledgement
open-evidence-acknowledgement-paper = Is the record genuine, and does it name this father and this child?

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
