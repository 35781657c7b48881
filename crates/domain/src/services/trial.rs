//! One condition or amount, tried in a service that was compiled before: for
//! whoever tries many, and does not want to compile the folder each time.

use super::conditions::Conditions;
use super::definition::{Amount, Effect, Rule, Service};
use super::diagnostic::{Diagnostic, Findings};
use super::expression::Expression;
use super::toml_reader::At;
use super::types::{Parts, Site};

impl Service {
    /// The same service with another condition in a rule.
    ///
    /// # Errors
    /// What is wrong with the condition; lines and columns are its own.
    pub fn with_condition(&self, rule: &str, source: &str) -> Result<Self, Vec<Diagnostic>> {
        let condition = self.tried(source, |with, text, out| with.truth(Some(text), out))?;
        let mut service = self.clone();
        for Rule { effect: Effect::Object(old) | Effect::Approve(old), .. } in
            service.rules.iter_mut().filter(|known| known.key == rule)
        {
            *old = condition.clone();
        }
        Ok(service)
    }

    /// The same service with another amount for a fee.
    ///
    /// # Errors
    /// What is wrong with the amount; lines and columns are its own.
    pub fn with_amount(&self, fee: &str, source: &str) -> Result<Self, Vec<Diagnostic>> {
        let amount = self.tried(source, |with, text, out| with.number(Some(text), out))?;
        let mut service = self.clone();
        for fee in service.fees.iter_mut().filter(|known| known.key == fee) {
            fee.amount = Amount::Computed(amount.clone(), fee.amount.currency());
        }
        Ok(service)
    }

    fn tried(
        &self,
        source: &str,
        compile: impl Fn(&Conditions<'_>, At<String>, &mut Findings) -> Option<Expression>,
    ) -> Result<Expression, Vec<Diagnostic>> {
        let evidence: Vec<String> = self.evidence.iter().map(|evidence| evidence.key.clone()).collect();
        let parts = Parts { register: self.register.is_some(), declares: self.declares.is_some() };
        let with = Conditions::after(Site::Rule, &self.questions, &evidence, parts);
        let mut findings = Findings::new(&self.key, "service.toml", source);
        let text = At { value: source.to_owned(), span: 0..source.len() };
        compile(&with, text, &mut findings).ok_or_else(|| findings.into_found())
    }
}
