package io.gantry.cel.cost;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.OptionalType;
import java.util.Optional;

/// Sizes that an expression shows by itself.
final class LiteralSizes {
    private LiteralSizes() {}

    static Optional<Range> of(CelExpr expr) {
        return switch (expr.getKind()) {
            case CONSTANT -> Optional.of(Range.exactly(constant(expr.constant())));
            case LIST -> Optional.of(Range.exactly(expr.list().elements().size()));
            case MAP -> Optional.of(Range.exactly(expr.map().entries().size()));
            default -> Optional.empty();
        };
    }

    private static long constant(CelConstant constant) {
        return switch (constant.getKind()) {
            case STRING_VALUE ->
                constant.stringValue().codePointCount(0, constant.stringValue().length());
            case BYTES_VALUE -> constant.bytesValue().size();
            default -> 1;
        };
    }

    static boolean isScalar(CelType type) {
        return switch (type.kind()) {
            case BOOL, DOUBLE, DURATION, INT, TIMESTAMP, UINT -> true;
            default ->
                type instanceof OptionalType && isScalar(type.parameters().getFirst());
        };
    }
}
