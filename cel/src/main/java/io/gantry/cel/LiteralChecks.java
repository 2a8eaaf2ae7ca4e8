package io.gantry.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypes;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import io.gantry.api.schema.GoDurations;
import io.gantry.cel.library.RegexFunctions;
import io.gantry.cel.value.CelError;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// Finds constants that cannot be what their function makes of them (durations, timestamps, patterns), and lists and
/// maps whose elements are of several types.
final class LiteralChecks {
    private final CelAbstractSyntaxTree tree;
    private final List<CelIssue> found = new ArrayList<>();
    private int formats;

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
                boolean format = expr.call().function().equals("format");
                formats += format ? 1 : 0;
                expr.call().args().forEach(this::visit);
                formats -= format ? 1 : 0;
            }
            case LIST -> {
                List<CelExpr> elements = expr.list().elements();
                elements.forEach(this::visit);
                alike(elements, at -> expr.list().optionalIndices().contains(at));
            }
            case MAP -> {
                List<CelExpr.CelMap.Entry> entries = expr.map().entries();
                entries.forEach(entry -> {
                    visit(entry.key());
                    visit(entry.value());
                });
                alike(entries.stream().map(CelExpr.CelMap.Entry::key).toList(), at -> false);
                alike(
                        entries.stream().map(CelExpr.CelMap.Entry::value).toList(),
                        at -> entries.get(at).optionalEntry());
            }
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

    /// Literals hold values of one type, save what is formatted.
    private void alike(List<CelExpr> elements, IntPredicate optional) {
        if (formats > 0) {
            return;
        }
        for (int i = 1; i < elements.size(); i++) {
            CelType first = type(elements.getFirst(), optional.test(0));
            CelType other = type(elements.get(i), optional.test(i));
            if (!alike(first, other)) {
                found.add(CelIssue.formatError(
                        location(elements.get(i)),
                        "expected type '" + CelTypes.format(first) + "' but found '" + CelTypes.format(other) + "'"));
                return;
            }
        }
    }

    /// What is only known at run time fits everything.
    private static boolean alike(CelType a, CelType b) {
        if (a.kind() == CelKind.DYN || b.kind() == CelKind.DYN || a.kind() == CelKind.TYPE_PARAM) {
            return true;
        }
        boolean containers = a.kind() == b.kind() && (a.kind() == CelKind.LIST || a.kind() == CelKind.MAP);
        return containers
                ? IntStream.range(0, a.parameters().size())
                        .allMatch(
                                i -> alike(a.parameters().get(i), b.parameters().get(i)))
                : a.equals(b) || b.kind() == CelKind.TYPE_PARAM;
    }

    private CelType type(CelExpr expr, boolean optional) {
        CelType type = tree.getType(expr.id()).orElse(SimpleType.DYN);
        return optional && type instanceof OptionalType ? type.parameters().getFirst() : type;
    }

    private CelSourceLocation location(CelExpr expr) {
        return tree.getSource()
                .getOffsetLocation(tree.getSource().getPositionsMap().getOrDefault(expr.id(), 0))
                .orElse(CelSourceLocation.NONE);
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
                case "duration" -> GoDurations.parse(text);
                case "timestamp" -> OffsetDateTime.parse(text);
                case "matches" -> RegexFunctions.compile(text);
                default -> {}
            }
        } catch (CelError | DateTimeException | IllegalArgumentException malformed) {
            found.add(CelIssue.formatError(location(argument), "invalid " + call.function() + " argument"));
        }
    }
}
