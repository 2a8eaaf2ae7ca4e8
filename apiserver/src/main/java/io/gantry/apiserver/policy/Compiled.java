package io.gantry.apiserver.policy;

import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypes;
import dev.cel.common.types.SimpleType;
import io.gantry.cel.CompileException;
import io.gantry.cel.Environment;
import io.gantry.cel.Expression;
import java.util.List;
import java.util.Optional;

/// An expression that was compiled, or why it could not be.
///
/// @param name of a condition, variable or annotation; empty where it has none
/// @param error empty when it compiled
record Compiled(String name, String source, Optional<Expression> expression, String error) {
    static final List<String> BOOL = List.of("bool");
    static final List<String> STRING = List.of("string");
    static final List<String> STRING_OR_NULL = List.of("string", "null");
    static final List<String> ANY = List.of();

    /// @param results the types it may give; empty for any
    static Compiled of(Environment environment, String name, String source, List<String> results) {
        try {
            Expression expression = environment.compile(source);
            String type = typeName(expression.resultType());
            if (!results.isEmpty() && !results.contains(type)) {
                return failed(name, source, mismatch(results, expression.resultType()));
            }
            return new Compiled(name, source, Optional.of(expression), "");
        } catch (CompileException failed) {
            return failed(name, source, "compilation failed: " + failed.issues());
        }
    }

    private static Compiled failed(String name, String source, String why) {
        return new Compiled(name, source, Optional.empty(), why);
    }

    private static String typeName(CelType type) {
        return type.equals(SimpleType.NULL_TYPE) ? "null" : CelTypes.format(type);
    }

    private static String mismatch(List<String> results, CelType got) {
        String shown = typeName(got).equals("null") ? "null_type" : typeName(got);
        return results.size() == 1
                ? "must evaluate to " + results.getFirst() + " but got " + shown
                : "must evaluate to one of "
                        + results.toString().replace(",", "").replace("null", "null_type") + " but got " + shown;
    }
}
