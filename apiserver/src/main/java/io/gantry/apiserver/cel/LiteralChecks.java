package io.gantry.apiserver.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import io.gantry.apiserver.cel.library.RegexFunctions;
import io.gantry.apiserver.cel.value.CelError;
import io.gantry.apiserver.cel.value.GoDuration;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/// Finds constants that cannot be what their function makes of them: durations, timestamps, patterns.
final class LiteralChecks {
    private final CelAbstractSyntaxTree tree;
    private final List<CelIssue> found = new ArrayList<>();

    private LiteralChecks(CelAbstractSyntaxTree tree) {
        this.tree = tree;
    }

    static List<CelIssue> check(CelAbstractSyntaxTree tree) {
        LiteralChecks checks = new LiteralChecks(tree);
        checks.visit(tree.getExpr());
        return checks.found;
    }

    private void visit(CelExpr expr) {
        switch (expr.getKind()) {
            case SELECT -> visit(expr.select().operand());
            case CALL -> {
                call(expr.call());
                expr.call().target().ifPresent(this::visit);
                expr.call().args().forEach(this::visit);
            }
            case LIST -> expr.list().elements().forEach(this::visit);
            case MAP -> expr.map().entries().forEach(entry -> {
                visit(entry.key());
                visit(entry.value());
            });
            case STRUCT -> expr.struct().entries().forEach(entry -> visit(entry.value()));
            case COMPREHENSION -> {
                visit(expr.comprehension().iterRange());
                visit(expr.comprehension().accuInit());
                visit(expr.comprehension().loopCondition());
                visit(expr.comprehension().loopStep());
                visit(expr.comprehension().result());
            }
            case CONSTANT, IDENT, NOT_SET -> {}
        }
    }

    private void call(CelExpr.CelCall call) {
        if (call.args().isEmpty()) {
            return;
        }
        CelExpr argument = call.args().getLast();
        if (argument.getKind() != CelExpr.ExprKind.Kind.CONSTANT
                || argument.constant().getKind() != CelConstant.Kind.STRING_VALUE) {
            return;
        }
        String text = argument.constant().stringValue();
        try {
            switch (call.function()) {
                case "duration" -> GoDuration.parse(text);
                case "timestamp" -> OffsetDateTime.parse(text);
                case "matches" -> RegexFunctions.compile(text);
                default -> {}
            }
        } catch (CelError | DateTimeException malformed) {
            CelSourceLocation where = tree.getSource()
                    .getOffsetLocation(tree.getSource().getPositionsMap().getOrDefault(argument.id(), 0))
                    .orElse(CelSourceLocation.NONE);
            found.add(CelIssue.formatError(where, "invalid " + call.function() + " argument"));
        }
    }
}
