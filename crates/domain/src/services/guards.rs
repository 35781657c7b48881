//! What a guard shows: which paths are surely there, and which numbers are
//! surely not zero, when a condition is true or false.

use cel::common::ast::{Expr, IdedExpr, LiteralValue, operators as op};
use std::collections::BTreeSet;

/// The dotted path an expression spells.
pub(crate) fn path_of(expression: &IdedExpr) -> Option<String> {
    match &expression.expr {
        Expr::Ident(name) => Some(name.clone()),
        Expr::Select(select) => Some(format!("{}.{}", path_of(&select.operand)?, select.field)),
        _ => None,
    }
}

/// The mark for a number that is surely not zero.
pub(crate) fn not_zero(path: &str) -> String {
    format!("{path} != 0")
}

/// Paths that are surely there when the expression is true.
pub(crate) fn shown_if_true(expression: &IdedExpr) -> BTreeSet<String> {
    match &expression.expr {
        Expr::Select(select) if select.test => path_of(expression).into_iter().collect(),
        Expr::Call(call) => match (call.func_name.as_str(), call.args.as_slice()) {
            (op::LOGICAL_AND, [left, right]) => &shown_if_true(left) | &shown_if_true(right),
            (op::LOGICAL_OR, [left, right]) => &shown_if_true(left) & &shown_if_true(right),
            (op::LOGICAL_NOT, [inner]) => shown_if_false(inner),
            (name, [left, right]) => shown_not_zero(name, left, right),
            _ => BTreeSet::new(),
        },
        _ => BTreeSet::new(),
    }
}

/// Paths that are surely there when the expression is false.
pub(crate) fn shown_if_false(expression: &IdedExpr) -> BTreeSet<String> {
    let Expr::Call(call) = &expression.expr else { return BTreeSet::new() };
    match (call.func_name.as_str(), call.args.as_slice()) {
        (op::LOGICAL_OR, [left, right]) => &shown_if_false(left) | &shown_if_false(right),
        (op::LOGICAL_AND, [left, right]) => &shown_if_false(left) & &shown_if_false(right),
        (op::LOGICAL_NOT, [inner]) => shown_if_true(inner),
        (op::EQUALS, [left, right]) => shown_not_zero(op::NOT_EQUALS, left, right),
        _ => BTreeSet::new(),
    }
}

/// `x != 0`, `x > 0` and `x >= 1` show that x can be divided by.
fn shown_not_zero(operator: &str, left: &IdedExpr, right: &IdedExpr) -> BTreeSet<String> {
    let Expr::Literal(LiteralValue::Int(number)) = &right.expr else { return BTreeSet::new() };
    let number = *number.inner();
    let safe = match operator {
        op::NOT_EQUALS => number == 0,
        op::GREATER => number >= 0,
        op::GREATER_EQUALS => number >= 1,
        op::EQUALS => number != 0,
        _ => false,
    };
    if safe { path_of(left).map(|path| not_zero(&path)).into_iter().collect() } else { BTreeSet::new() }
}
