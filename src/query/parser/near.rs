//! Parts near each other: which may be joined, and how a chain of them is read.

use super::Parser;
use crate::error::Result;
use crate::query::expression::{Expression, Near, Node};
use crate::query::scanner::Token;
use crate::text::ByteSpan;

/// The most parts that one chain of NEAR, or one string with gaps, may have: the ways to order them multiply.
pub(super) const MOST_NEAR: usize = 6;

impl Parser<'_> {
    /// Parts near each other; a part joined with another distance is near the whole that stands before it.
    pub(super) fn near(&mut self) -> Result<Node> {
        let mut left = self.primary()?;
        let mut part_count = 1;
        while let Some((Token::Near(distance), operator)) = self.peek().map(|next| (&next.token, next.span)) {
            self.next += 1;
            let right = self.primary()?;
            if part_count == 1 {
                self.check_operand(&left)?;
            }
            self.check_operand(&right)?;
            part_count += 1;
            if part_count > MOST_NEAR {
                let hint = "put some of the parts in parentheses, or join them with AND";
                return Err(self.error(format!("NEAR joins at most {MOST_NEAR} parts"), operator, hint));
            }
            let span = ByteSpan::new(left.span.start, right.span.end);
            let operands = match left.expression {
                Expression::Near(mut near) if part_count > 2 && near.distance == *distance => {
                    near.operands.push(right);
                    near.operands
                }
                _ => vec![left, right],
            };
            let near = Near {
                operands,
                distance: *distance,
            };
            left = Node {
                expression: Expression::Near(near),
                span,
            };
        }
        Ok(left)
    }

    /// Refuses what has no place of its own in the text, and so cannot be near something.
    fn check_operand(&self, node: &Node) -> Result<()> {
        let hint = match &node.expression {
            Expression::Keyword(keyword) => return self.check_text(&keyword.text, node.span),
            Expression::Phrase(_) | Expression::Gapped(_) | Expression::Wildcard(_) | Expression::Fuzzy(_) => {
                return Ok(());
            }
            Expression::Near(near) => return near.operands.iter().try_for_each(|part| self.check_operand(part)),
            Expression::Or(parts) => return parts.iter().try_for_each(|part| self.check_operand(part)),
            Expression::Weighted(_) => "put the whole in parentheses and the weight behind it: (a NEAR/10 b)^2",
            Expression::Clauses(_) => "write OR between the words, or put them in quotation marks",
            Expression::Field(_) => "join the field with AND: speaker:NAME AND (a NEAR/10 b)",
            Expression::Regex(_) => "write the distance into the expression: /a.{0,10}b/",
            Expression::And(_) | Expression::Not(_) => "join it with AND: (a NEAR/10 b) AND c",
        };
        Err(self.error("NEAR cannot join this", node.span, hint))
    }
}
