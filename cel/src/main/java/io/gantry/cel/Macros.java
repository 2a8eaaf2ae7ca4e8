package io.gantry.cel;

import com.google.common.collect.ImmutableList;
import dev.cel.common.Operator;
import dev.cel.common.ast.CelExpr;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelMacroExprFactory;
import java.util.List;
import java.util.Optional;

/// Macros beside CEL's own.
final class Macros {
    private Macros() {}

    static List<CelMacro> all() {
        return List.of(CelMacro.newReceiverMacro("sortBy", 2, Macros::sortBy));
    }

    /// `list.sortBy(x, key)` is `list.@sortByAssociatedKeys(list.map(x, key))`.
    private static Optional<CelExpr> sortBy(
            CelMacroExprFactory make, CelExpr target, ImmutableList<CelExpr> arguments) {
        CelExpr variable = arguments.get(0);
        if (variable.getKind() != CelExpr.ExprKind.Kind.IDENT) {
            return Optional.of(make.reportError("sortBy(var, expr): first argument must be an identifier"));
        }
        CelExpr accumulated = make.newIdentifier(make.getAccumulatorVarName());
        CelExpr keys = make.fold(
                variable.ident().name(),
                make.copy(target),
                make.getAccumulatorVarName(),
                make.newList(),
                make.newBoolLiteral(true),
                make.newGlobalCall(Operator.ADD.getFunction(), accumulated, make.newList(arguments.get(1))),
                make.newIdentifier(make.getAccumulatorVarName()));
        return Optional.of(make.newReceiverCall("@sortByAssociatedKeys", target, keys));
    }
}
