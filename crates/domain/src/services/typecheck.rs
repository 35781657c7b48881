//! The type checker of conditions and amounts. The `cel` crate has none: there
//! `1 == 'a'` is silently false and a missing key fails only when it is met.
//!
//! Walks the syntax tree once, from left to right, carrying what the guards
//! on the way have shown (`has(answers.x) && …`).

use super::diagnostic::did_you_mean;
use super::guards::{not_zero, path_of, shown_if_false, shown_if_true};
use super::types::{Field, Presence, Scope, Ty, join, mend};
use cel::common::ast::{
    CallExpr, ComprehensionExpr, Expr, IdedExpr, LiteralValue, SelectExpr, SourceInfo, operators as op,
};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// How deep comprehensions may stand in one another.
const DEEPEST: usize = 2;

/// One thing wrong with an expression, at an offset inside it.
#[derive(Debug)]
pub(crate) struct TypeFault {
    pub(crate) at: Range<usize>,
    pub(crate) message: String,
    pub(crate) help: String,
}

/// What the checker found out about an expression.
#[derive(Debug)]
pub(crate) struct Checked {
    pub(crate) ty: Ty,
    pub(crate) faults: Vec<TypeFault>,
    /// Questions read without a guard, under their names in conditions.
    pub(crate) needs: BTreeSet<String>,
}

/// Checks a parsed expression in a scope.
pub(crate) fn check(expression: &IdedExpr, source: &SourceInfo, scope: &Scope) -> Checked {
    let mut checker = Checker {
        source,
        scope,
        locals: BTreeMap::new(),
        shown: BTreeSet::new(),
        faults: Vec::new(),
        needs: BTreeSet::new(),
        depth: 0,
    };
    let ty = checker.walk(expression);
    Checked { ty, faults: checker.faults, needs: checker.needs }
}

struct Checker<'a> {
    source: &'a SourceInfo,
    scope: &'a Scope,
    locals: BTreeMap<String, Ty>,
    /// Paths that a guard has shown to be there; `path != 0` for divisors.
    shown: BTreeSet<String>,
    faults: Vec<TypeFault>,
    needs: BTreeSet<String>,
    depth: usize,
}

impl Checker<'_> {
    fn at(&self, expression: &IdedExpr) -> Range<usize> {
        let mut range = self.own_range(expression);
        if let Expr::Select(select) = &expression.expr {
            let operand = self.at(&select.operand);
            range.start = range.start.min(operand.start);
        }
        range
    }

    fn own_range(&self, expression: &IdedExpr) -> Range<usize> {
        let (start, stop) = self.source.offset_for(expression.id).unwrap_or((0, 0));
        let start = usize::try_from(start).unwrap_or(0);
        let stop = usize::try_from(stop).unwrap_or(0);
        start..stop.max(start) + 1
    }

    fn fault(&mut self, at: &IdedExpr, message: impl Into<String>, help: impl Into<String>) -> Ty {
        let at = self.at(at);
        self.faults.push(TypeFault { at, message: message.into(), help: help.into() });
        Ty::Unknown
    }

    fn walk(&mut self, expression: &IdedExpr) -> Ty {
        match &expression.expr {
            Expr::Literal(literal) => self.literal(expression, literal),
            Expr::Ident(name) => self.name(expression, name),
            Expr::Select(select) => self.select(expression, select),
            Expr::Call(call) => self.call(expression, call),
            Expr::List(list) => {
                let mut element = Ty::Unknown;
                for item in &list.elements {
                    let ty = self.walk(item);
                    element = match join(&element, &ty) {
                        Some(joined) => joined,
                        None => self.fault(
                            item,
                            format!("this list mixes {} and {}", element.name(), ty.name()),
                            "give all its items one type",
                        ),
                    };
                }
                Ty::List(Box::new(element))
            }
            Expr::Comprehension(comprehension) => self.comprehension(expression, comprehension),
            Expr::Map(_) | Expr::Struct(_) => {
                self.fault(expression, "maps cannot be written here", "compare the fields one by one")
            }
            Expr::Unspecified => self.fault(expression, "this expression is empty", "write a condition"),
        }
    }

    fn literal(&mut self, at: &IdedExpr, literal: &LiteralValue) -> Ty {
        match literal {
            LiteralValue::Boolean(_) => Ty::Bool,
            LiteralValue::Int(_) => Ty::Int,
            LiteralValue::String(text) => Ty::one_of([text.inner().to_owned()]),
            LiteralValue::Double(_) => {
                self.fault(at, "fractions cannot be used", "money, counts and ages are whole numbers")
            }
            LiteralValue::Null => self.fault(at, "`null` cannot be used", "ask `has(answers.…)` instead"),
            LiteralValue::Bytes(_) | LiteralValue::UInt(_) => {
                self.fault(at, "this kind of value cannot be used", "write a whole number or text in quotes")
            }
        }
    }

    fn name(&mut self, at: &IdedExpr, name: &str) -> Ty {
        if let Some(ty) = self.locals.get(name) {
            return ty.clone();
        }
        let Some(field) = self.scope.names.get(name).cloned() else {
            let known: Vec<&str> = self.scope.names.keys().copied().collect();
            let inside = self.inside_record(name);
            let help = match (inside, did_you_mean(name, known.iter().copied())) {
                (Some(path), _) => format!("did you mean `{path}`?"),
                (None, Some(close)) => format!("did you mean `{close}`?"),
                (None, None) => format!("these are known: {}", known.join(", ")),
            };
            return self.fault(at, format!("`{name}` is not known"), help);
        };
        self.present(at, name, &field)
    }

    /// `for_whom` alone is surely `answers.for_whom`.
    fn inside_record(&self, name: &str) -> Option<String> {
        self.scope.names.iter().find_map(|(outer, field)| match &field.ty {
            Ty::Record(record) if record.fields.contains_key(name) => Some(format!("{outer}.{name}")),
            _ => None,
        })
    }

    fn present(&mut self, at: &IdedExpr, path: &str, field: &Field) -> Ty {
        match field.presence {
            Presence::Always => {}
            Presence::Guarded(_) if self.shown.contains(path) => {}
            Presence::Guarded(why) => {
                self.fault(at, format!("`{path}` {why}"), format!("guard it: `has({path}) && …`"));
            }
            Presence::NotHere(why) => {
                self.fault(at, format!("`{path}` {why}"), "use something that is known by then");
            }
        }
        let question = path.strip_prefix("answers.").filter(|rest| !rest.contains('.'));
        if let Some(question) = question.filter(|_| field.presence == Presence::Always) {
            self.needs.insert(question.to_owned());
        }
        field.ty.clone()
    }

    fn select(&mut self, at: &IdedExpr, select: &SelectExpr) -> Ty {
        let operand = self.walk(&select.operand);
        let record = match operand {
            Ty::Record(record) => record,
            Ty::Unknown => return if select.test { Ty::Bool } else { Ty::Unknown },
            other => {
                let message = format!("{} has no field `{}`", other.name(), select.field);
                return self.fault(at, message, "only records such as `answers` or `entry` have fields");
            }
        };
        let Some(field) = record.fields.get(&select.field).cloned() else {
            let path = path_of(at).unwrap_or_else(|| select.field.clone());
            return self.unknown_field(at, &path, &select.field, record.fields.keys());
        };
        let path = path_of(at).unwrap_or_default();
        if select.test {
            if let Presence::NotHere(why) = field.presence {
                self.fault(at, format!("`{path}` {why}"), "use something that is known by then");
            }
            return Ty::Bool;
        }
        self.present(at, &path, &field)
    }

    fn unknown_field<'k>(
        &mut self,
        at: &IdedExpr,
        path: &str,
        field: &str,
        known: impl Iterator<Item = &'k String>,
    ) -> Ty {
        let known: Vec<&str> = known.map(String::as_str).collect();
        let hyphenated =
            known.iter().find(|name| name.split('_').next() == Some(field) && name.contains('_'));
        let help = match (did_you_mean(field, known.iter().copied()), hyphenated) {
            (Some(close), _) => format!("did you mean `{close}`?"),
            (None, Some(whole)) => format!("did you mean `{whole}`? In conditions `-` is written `_`"),
            (None, None) if known.is_empty() => "nothing is declared there".to_owned(),
            (None, None) => format!("these are known: {}", known.join(", ")),
        };
        let message = match path.strip_prefix("answers.") {
            Some(question) if !question.contains('.') => format!("no question `{field}`"),
            _ => format!("`{path}` is not known"),
        };
        self.fault(at, message, help)
    }

    fn call(&mut self, at: &IdedExpr, call: &CallExpr) -> Ty {
        let args = &call.args;
        match (call.func_name.as_str(), args.as_slice()) {
            (op::LOGICAL_AND, [left, right]) => self.both(left, right, true),
            (op::LOGICAL_OR, [left, right]) => self.both(left, right, false),
            (op::LOGICAL_NOT | op::NOT_STRICTLY_FALSE, [inner]) => {
                self.expect(inner, &Ty::Bool);
                Ty::Bool
            }
            (op::CONDITIONAL, [condition, yes, no]) => self.conditional(condition, yes, no),
            (op::EQUALS | op::NOT_EQUALS, [left, right]) => self.equality(at, left, right),
            (op::LESS | op::LESS_EQUALS | op::GREATER | op::GREATER_EQUALS, [left, right]) => {
                self.order(at, left, right)
            }
            (op::ADD, [left, right]) => self.addition(at, left, right),
            (op::SUBSTRACT | op::MULTIPLY, [left, right]) => {
                self.expect(left, &Ty::Int);
                self.expect(right, &Ty::Int);
                Ty::Int
            }
            (op::DIVIDE | op::MODULO, [left, right]) => self.division(left, right),
            (op::NEGATE, [inner]) => {
                self.expect(inner, &Ty::Int);
                Ty::Int
            }
            (op::IN, [item, list]) => self.membership(at, item, list),
            (op::INDEX | op::OPT_INDEX, [list, _]) => {
                self.walk(list);
                self.fault(
                    at,
                    "items cannot be taken by number: there may be fewer",
                    "write `list.exists(item, …)`",
                )
            }
            (name, args) => self.function(at, name, call.target.as_deref(), args),
        }
    }

    fn function(&mut self, at: &IdedExpr, name: &str, target: Option<&IdedExpr>, args: &[IdedExpr]) -> Ty {
        match (name, target, args) {
            ("size", Some(inner), []) | ("size", None, [inner]) => match self.walk(inner) {
                Ty::List(_) | Ty::Text(_) | Ty::Unknown => Ty::Int,
                other => self.fault(
                    inner,
                    format!("{} has no size", other.name()),
                    "ask the size of a list or text",
                ),
            },
            ("startsWith" | "endsWith" | "contains", Some(target), [argument]) => {
                self.expect(target, &Ty::text());
                self.expect(argument, &Ty::text());
                Ty::Bool
            }
            ("matches", Some(target), [pattern]) => {
                self.expect(target, &Ty::text());
                self.pattern(pattern);
                Ty::Bool
            }
            ("string", None, [inner]) => match self.walk(inner) {
                Ty::Int | Ty::Text(_) | Ty::Unknown => Ty::text(),
                other => {
                    self.fault(inner, format!("{} cannot become text", other.name()), "use a whole number")
                }
            },
            _ => {
                for inner in target.into_iter().chain(args) {
                    self.walk(inner);
                }
                const KNOWN: [&str; 11] = [
                    "has",
                    "size",
                    "startsWith",
                    "endsWith",
                    "contains",
                    "matches",
                    "string",
                    "all",
                    "exists",
                    "filter",
                    "map",
                ];
                let help = match did_you_mean(name, KNOWN) {
                    Some(close) => format!("did you mean `{close}`?"),
                    None => format!("these can be used: {}", KNOWN.join(", ")),
                };
                self.fault(at, format!("there is no function `{name}` here"), help)
            }
        }
    }

    /// A pattern must be written out, so that it can be tried now.
    fn pattern(&mut self, pattern: &IdedExpr) {
        let Expr::Literal(LiteralValue::String(text)) = &pattern.expr else {
            self.fault(pattern, "a pattern must be written out", "write the pattern as text in quotes");
            return;
        };
        let trial = format!("''.matches({:?})", text.inner());
        let works = super::expression::ENV.compile(&trial).ok().is_some_and(|program| {
            program.execute(&cel::Context::with_env(std::sync::Arc::clone(&super::expression::ENV))).is_ok()
        });
        if !works {
            self.fault(pattern, "this pattern is not a regular expression", "mend the pattern");
        }
    }

    /// `&&` and `||`: the right side may rely on what the left side has shown.
    fn both(&mut self, left: &IdedExpr, right: &IdedExpr, and: bool) -> Ty {
        self.expect(left, &Ty::Bool);
        let shown = if and { shown_if_true(left) } else { shown_if_false(left) };
        self.knowing(shown, |checker| checker.expect(right, &Ty::Bool));
        Ty::Bool
    }

    fn conditional(&mut self, condition: &IdedExpr, yes: &IdedExpr, no: &IdedExpr) -> Ty {
        self.expect(condition, &Ty::Bool);
        let first = self.knowing(shown_if_true(condition), |checker| checker.walk(yes));
        let second = self.knowing(shown_if_false(condition), |checker| checker.walk(no));
        match join(&first, &second) {
            Some(ty) => ty,
            None => self.fault(
                no,
                format!("one side gives {}, the other {}", first.name(), second.name()),
                "give both sides one type",
            ),
        }
    }

    fn knowing<T>(&mut self, shown: BTreeSet<String>, then: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.shown.clone();
        self.shown.extend(shown);
        let out = then(self);
        self.shown = before;
        out
    }

    fn expect(&mut self, expression: &IdedExpr, wanted: &Ty) -> Ty {
        let found = self.walk(expression);
        if join(&found, wanted).is_none() {
            let message = format!("this is {}, but {} is needed here", found.name(), wanted.name());
            return self.fault(expression, message, mend(&found, wanted));
        }
        found
    }

    fn equality(&mut self, at: &IdedExpr, left: &IdedExpr, right: &IdedExpr) -> Ty {
        let (one, other) = (self.walk(left), self.walk(right));
        if matches!(one, Ty::Record(_)) || matches!(other, Ty::Record(_)) {
            self.fault(at, "records cannot be compared as a whole", "compare one of their fields");
        } else if join(&one, &other).is_none() {
            let message = format!("{} never equals {}", one.name(), other.name());
            self.fault(at, message, mend(&one, &other));
        } else {
            self.values_meet(left, &one, right, &other);
        }
        Ty::Bool
    }

    /// A comparison with a value that can never occur is a spelling mistake.
    fn values_meet(&mut self, left: &IdedExpr, one: &Ty, right: &IdedExpr, other: &Ty) {
        let (Ty::Text(Some(first)), Ty::Text(Some(second))) = (one, other) else { return };
        if first.iter().any(|value| second.contains(value)) {
            return;
        }
        let is_literal = |expression: &IdedExpr| matches!(expression.expr, Expr::Literal(_));
        let (at, wrong, known) = if is_literal(left) && !is_literal(right) {
            (left, first, second)
        } else {
            (right, second, first)
        };
        let wrong = wrong.first().cloned().unwrap_or_default();
        let help = match did_you_mean(&wrong, known.iter().map(String::as_str)) {
            Some(close) => format!("did you mean `{close}`?"),
            None => format!("these can occur: {}", known.join(", ")),
        };
        self.fault(at, format!("`{wrong}` can never occur here"), help);
    }

    fn order(&mut self, at: &IdedExpr, left: &IdedExpr, right: &IdedExpr) -> Ty {
        let (one, other) = (self.walk(left), self.walk(right));
        let fit = |ty: &Ty| matches!(ty, Ty::Int | Ty::Unknown);
        let texts = matches!((&one, &other), (Ty::Text(None), Ty::Text(_)) | (Ty::Text(_), Ty::Text(None)));
        let numbers = fit(&one) && fit(&other);
        if !(texts || numbers) {
            let message = format!("{} and {} cannot be put in order", one.name(), other.name());
            self.fault(at, message, "compare two whole numbers");
        }
        Ty::Bool
    }

    fn addition(&mut self, at: &IdedExpr, left: &IdedExpr, right: &IdedExpr) -> Ty {
        match (self.walk(left), self.walk(right)) {
            (Ty::Int, Ty::Int | Ty::Unknown) | (Ty::Unknown, Ty::Int) => Ty::Int,
            (Ty::Text(_), Ty::Text(_)) => Ty::text(),
            (Ty::List(one), Ty::List(other)) => match join(&one, &other) {
                Some(element) => Ty::List(Box::new(element)),
                None => self.fault(at, "two lists of different types cannot be joined", ""),
            },
            (Ty::Unknown, other) | (other, Ty::Unknown) => other,
            (one, other) => {
                let message = format!("{} and {} cannot be added", one.name(), other.name());
                self.fault(at, message, mend(&one, &other))
            }
        }
    }

    fn division(&mut self, left: &IdedExpr, right: &IdedExpr) -> Ty {
        self.expect(left, &Ty::Int);
        self.expect(right, &Ty::Int);
        let safe = match &right.expr {
            Expr::Literal(LiteralValue::Int(number)) => *number.inner() != 0,
            _ => path_of(right).is_some_and(|path| self.shown.contains(&not_zero(&path))),
        };
        if !safe {
            let path = path_of(right).unwrap_or_else(|| "…".to_owned());
            self.fault(
                right,
                "this may be zero, and nothing can be divided by zero",
                format!("guard it: `{path} > 0 && …`"),
            );
        }
        Ty::Int
    }

    fn membership(&mut self, at: &IdedExpr, item: &IdedExpr, list: &IdedExpr) -> Ty {
        let needle = self.walk(item);
        match self.walk(list) {
            Ty::List(element) => {
                if join(&needle, &element).is_none() {
                    let message = format!("{} is never in a list of {}", needle.name(), element.name());
                    self.fault(at, message, mend(&needle, &element));
                } else if let (Expr::List(written), Ty::Text(Some(_))) = (&list.expr, &needle) {
                    // Every value in a written list must be able to occur.
                    for value in &written.elements {
                        let ty = self.walk(value);
                        self.values_meet(item, &needle, value, &ty);
                    }
                } else {
                    self.values_meet(item, &needle, list, &element);
                }
            }
            Ty::Unknown => {}
            other => {
                self.fault(list, format!("{} is not a list", other.name()), "write `in ['…', '…']` or `==`");
            }
        }
        Ty::Bool
    }

    fn comprehension(&mut self, at: &IdedExpr, parts: &ComprehensionExpr) -> Ty {
        let element = match self.walk(&parts.iter_range) {
            Ty::List(element) => *element,
            Ty::Unknown => Ty::Unknown,
            other => {
                self.fault(&parts.iter_range, format!("{} is not a list", other.name()), "go through a list")
            }
        };
        if self.depth == DEEPEST {
            return self.fault(
                at,
                "lists may be gone through at most twice inside one another",
                "split the rule in two",
            );
        }
        self.depth += 1;
        let start = self.walk(&parts.accu_init);
        let kept = [
            (parts.iter_var.clone(), self.locals.insert(parts.iter_var.clone(), element)),
            (parts.accu_var.clone(), self.locals.insert(parts.accu_var.clone(), start)),
        ];
        self.expect(&parts.loop_cond, &Ty::Bool);
        let step = self.walk(&parts.loop_step);
        self.locals.insert(parts.accu_var.clone(), step);
        let result = self.walk(&parts.result);
        for (name, before) in kept.into_iter().rev() {
            match before {
                Some(ty) => self.locals.insert(name, ty),
                None => self.locals.remove(&name),
            };
        }
        self.depth -= 1;
        result
    }
}
