package io.gantry.apiserver.oidc;

import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import io.gantry.apiserver.authn.RefusedToken;
import io.gantry.cel.CompileException;
import io.gantry.cel.Environment;
import io.gantry.cel.Expression;
import io.gantry.cel.eval.Activation;
import io.gantry.cel.eval.Evaluation;
import io.gantry.cel.value.CelError;
import io.gantry.cel.value.JsonValues;
import io.gantry.cel.value.JsonWriter;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// An expression of an `AuthenticationConfiguration`, over the `claims` of a token or the `user` made of them.
record ClaimExpression(Expression compiled) {
    /// Made with the first expression.
    private static final class Environments {
        static final Environment CLAIMS = environment("claims");
        static final Environment USER = environment("user");

        private static Environment environment(String variable) {
            return Environment.of(Map.<String, CelType>of(variable, SimpleType.DYN), List.of());
        }
    }

    /// @param where names it in the refusal
    /// @throws IllegalArgumentException when it cannot be compiled
    static ClaimExpression ofClaims(String where, String source) {
        return compile(where, source, Environments.CLAIMS);
    }

    static ClaimExpression ofUser(String where, String source) {
        return compile(where, source, Environments.USER);
    }

    private static ClaimExpression compile(String where, String source, Environment environment) {
        try {
            return new ClaimExpression(environment.compile(source));
        } catch (CompileException e) {
            throw new IllegalArgumentException(where + ": compilation failed: " + e.issues(), e);
        }
    }

    String source() {
        return compiled.source();
    }

    /// Its value as JSON.
    ///
    /// @throws RefusedToken when it has none
    JsonNode value(String variable, ObjectNode tree) {
        Evaluation result = compiled.evaluate(Activation.of(Map.of(variable, JsonValues.of(tree))));
        if (result.failed()) {
            throw new RefusedToken("oidc: error evaluating expression '" + compiled.source() + "': " + result.error());
        }
        try {
            return JsonWriter.write(result.value().orElseThrow());
        } catch (CelError noJson) {
            throw new RefusedToken("oidc: expression '" + compiled.source() + "': " + noJson.text());
        }
    }

    boolean holds(String variable, ObjectNode tree) {
        JsonNode value = value(variable, tree);
        if (!value.isBoolean()) {
            throw new RefusedToken("oidc: expression '" + compiled.source() + "' is no bool");
        }
        return value.booleanValue();
    }
}
