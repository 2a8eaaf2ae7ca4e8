package io.gantry.apiserver.cel.rules;

import dev.cel.common.types.CelType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import io.gantry.cel.CompileException;
import io.gantry.cel.Environment;
import io.gantry.cel.Expression;
import io.gantry.cel.type.DeclType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A rule with its programs.
///
/// @param program empty when it did not compile
/// @param error why it did not compile, else empty
/// @param messageError why the expression of the message did not compile, else empty
/// @param path of the field that errors point to, relative; empty for the value itself
record CompiledRule(
        ValidationRule rule,
        Optional<Expression> program,
        String error,
        Optional<Expression> message,
        String messageError,
        String path) {
    static final String SELF = "self";
    static final String OLD_SELF = "oldSelf";
    private static final String SELF_TYPE = "selfType";

    boolean usesOldSelf() {
        return program.filter(p -> p.uses(OLD_SELF)).isPresent();
    }

    /// Compiles the rules of one schema.
    ///
    /// @param type of the values of the schema
    static List<CompiledRule> compile(List<ValidationRule> rules, JsonNode schema, DeclType type) {
        Compilation compilation = new Compilation(type.named(SELF_TYPE));
        List<CompiledRule> compiled = new ArrayList<>();
        for (ValidationRule rule : rules) {
            compiled.add(compilation.compile(rule, schema));
        }
        return compiled;
    }

    /// Makes an environment where a rule needs it.
    private static final class Compilation {
        private final DeclType type;
        private @Nullable Environment plain;
        private @Nullable Environment optional;

        Compilation(DeclType type) {
            this.type = type;
        }

        private Environment environment(boolean optionalOld) {
            if (optionalOld) {
                if (optional == null) {
                    optional = with(OptionalType.create(type.celType()));
                }
                return optional;
            }
            if (plain == null) {
                plain = with(type.celType());
            }
            return plain;
        }

        private Environment with(CelType oldSelf) {
            return Environment.of(Map.of(SELF, type.celType(), OLD_SELF, oldSelf), List.of(type));
        }

        CompiledRule compile(ValidationRule rule, JsonNode schema) {
            String path = FieldPaths.normalize(rule.fieldPath(), schema).orElse("");
            if (rule.rule().isBlank()) {
                return new CompiledRule(rule, Optional.empty(), "", Optional.empty(), "", path);
            }
            Environment environment = environment(rule.takesOptionalOld());
            Expression program;
            try {
                program = environment.compile(rule.rule());
            } catch (CompileException failed) {
                return failed(rule, "compilation failed: " + failed.issues(), path);
            }
            if (!program.resultType().equals(SimpleType.BOOL)) {
                return failed(rule, "cel expression must evaluate to a bool", path);
            }
            if (rule.messageExpression().isBlank()) {
                return new CompiledRule(rule, Optional.of(program), "", Optional.empty(), "", path);
            }
            try {
                Expression message = environment.compile(rule.messageExpression());
                if (message.resultType().equals(SimpleType.STRING)) {
                    return new CompiledRule(rule, Optional.of(program), "", Optional.of(message), "", path);
                }
                String wrong = "messageExpression must evaluate to a string";
                return new CompiledRule(rule, Optional.of(program), "", Optional.empty(), wrong, path);
            } catch (CompileException failed) {
                String wrong = "messageExpression compilation failed: " + failed.issues();
                return new CompiledRule(rule, Optional.of(program), "", Optional.empty(), wrong, path);
            }
        }

        private static CompiledRule failed(ValidationRule rule, String why, String path) {
            return new CompiledRule(rule, Optional.empty(), why, Optional.empty(), "", path);
        }
    }
}
