package io.gantry.cel;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.cel.common.types.SimpleType;
import io.gantry.api.Json;
import io.gantry.cel.cost.Range;
import io.gantry.cel.eval.Activation;
import io.gantry.cel.eval.Evaluation;
import io.gantry.cel.value.JsonValues;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever somebody writes as an expression: it is refused with a message, or evaluated within its budget. Without
/// `JAZZER_FUZZ` only the seeds run, and without Jazzer's agent, which would slow down every test beside it.
class ExpressionFuzzTest {
    private static final int LONGEST = 10_000;
    private static final Environment ENVIRONMENT = Environment.of(Map.of("x", SimpleType.DYN), List.of());
    private static final Activation VARIABLES = Activation.of(Map.of(
            "x", JsonValues.of(Json.MAPPER.readTree("{\"a\":[1,2,3],\"b\":{\"c\":\"d\"},\"n\":null,\"t\":\"text\"}"))));

    static Stream<byte[]> expressions() {
        return Stream.of(
                        "x.a.all(e, e > 0) && has(x.b.c) || x.?q.orValue(1) == 2",
                        "x.a.map(i, x.a.map(j, x.a.map(k, i * j * k)))",
                        "'%s %d %.3f %x'.format([x.t, 1, 1.5, 255])",
                        "'" + "a".repeat(1000) + "'.matches('(a*)*b')",
                        "quantity('1e999999999').add(1) == quantity('1')",
                        "lists.range(9223372036854775807).size()",
                        "timestamp('9999-12-31T23:59:59Z') + duration('9999999h')",
                        "duration('99999999999999999999999h')",
                        "x.t.substring(-1, 9223372036854775807)",
                        "'a'.replace('', 'b', 9223372036854775807)",
                        "x.a.slice(0, 9223372036854775807)",
                        "[1, 2].flatten(9223372036854775807)",
                        "x.a[9223372036854775807u] + x.a[-1]",
                        "x.a.sortBy(e, x.a.sortBy(f, f * e).first().value())",
                        "semver('99999999999999999999.0.0') == semver('1.0.0')",
                        "url('http://[::1%25eth0]:80/%zz?q=%') == url('/')",
                        "ip('1.2.3.4') == ip('::ffff:1.2.3.4') || cidr('0.0.0.0/0').containsIP('255.255.255.255')",
                        "9223372036854775807 + 1 > -9223372036854775808 / -1",
                        "(".repeat(200) + "1" + ")".repeat(200),
                        "[".repeat(200) + "]".repeat(200),
                        "!".repeat(300) + "true",
                        "x" + ".b".repeat(300),
                        "true" + " && true".repeat(500),
                        "{'a': {'b': [1, {'c': x}]}}.a.b[1].c.t == 'text'",
                        "x.a.transformMap(i, v, {i: v}).transformMapEntry(k, v, {string(k): v})",
                        "\u0000\uD800",
                        "b'\\xff\\x00' == bytes(x.t) && string(b'\\xff') == ''",
                        "type(type(x)) == type && type(null) == null_type",
                        "1 / 0 == 0 || 1 % 0 == 0 || 1u - 2u == 0u || -(-9223372036854775808) == 0")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("expressions")
    void seedsAreRefusedOrEvaluated(Object seed) {
        check((byte[]) seed);
    }

    @MethodSource("expressions")
    @FuzzTest(maxDuration = "30s")
    @EnabledIfEnvironmentVariable(named = "JAZZER_FUZZ", matches = ".+")
    void isRefusedOrEvaluated(byte[] bytes) {
        check(bytes);
    }

    static void check(byte[] bytes) {
        String source = new String(bytes, 0, Math.min(bytes.length, LONGEST), StandardCharsets.UTF_8);
        Expression expression;
        try {
            expression = ENVIRONMENT.compile(source);
        } catch (CompileException refused) {
            assertFalse(refused.issues().isBlank());
            return;
        }
        Range estimate = expression.estimateCost(path -> Optional.of(new Range(0, 1000)));
        assertTrue(estimate.min() >= 0 && estimate.max() >= estimate.min(), estimate::toString);

        Evaluation result = expression.evaluate(VARIABLES);

        assertTrue(result.failed() || result.error().isEmpty(), result::toString);
        assertTrue(result.costExceeded() || result.cost() <= Expression.CALL_COST_LIMIT, result::toString);
    }
}
