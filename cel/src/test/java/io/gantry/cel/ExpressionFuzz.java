package io.gantry.cel;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.params.provider.MethodSource;

/// [ExpressionFuzzTest] with Jazzer, for a few seconds of CI, which leaves what it finds in a file `crash-…` in the
/// module.
class ExpressionFuzz {
    @MethodSource("io.gantry.cel.ExpressionFuzzTest#expressions")
    @FuzzTest(maxDuration = "20s", maxExecutions = 30_000)
    void expressions(byte[] bytes) {
        ExpressionFuzzTest.check(bytes);
    }
}
