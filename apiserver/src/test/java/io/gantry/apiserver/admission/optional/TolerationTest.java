package io.gantry.apiserver.admission.optional;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How tolerations are merged and allowed; `key operator value effect seconds` each, `-` for an empty one.
class TolerationTest {
    private static List<Toleration> parse(@Nullable String text) {
        return text == null
                ? List.of()
                : Arrays.stream(text.split(";")).map(TolerationTest::one).toList();
    }

    private static Toleration one(String text) {
        String[] words = text.strip().replace("-", "").split(" ", -1);
        return new Toleration(
                words[0],
                words[1],
                words[2],
                words[3],
                words[4].isEmpty() ? Optional.empty() : Optional.of(Long.valueOf(words[4])));
    }

    @ParameterizedTest
    @CsvSource({
        "a Exists - NoSchedule -, b Exists - NoSchedule -, a Exists - NoSchedule -;b Exists - NoSchedule -",
        "a Equal x NoSchedule -, a Exists - NoSchedule -, a Exists - NoSchedule -",
        "a Exists - NoSchedule -, a Exists - NoSchedule -, a Exists - NoSchedule -",
        "a Exists - NoExecute 10, a Exists - NoExecute 300, a Exists - NoExecute 300",
        "a Exists - NoExecute -, a Exists - NoExecute 300, a Exists - NoExecute -",
        "a Equal x - -, - Exists - - -, - Exists - - -",
        "a Equal x - -, a Equal y - -, a Equal x - -;a Equal y - -",
        "a - x - -, a Equal x - -, a - x - -"
    })
    void theWiderOfTwoStays(String first, String second, String expected) {
        assertEquals(parse(expected), Toleration.merged(parse(first), parse(second)));
    }

    @ParameterizedTest
    @CsvSource({
        "a Exists - NoSchedule -, , true",
        ", a Exists - NoSchedule -, true",
        "a Equal x NoSchedule -, a Exists - - -, true",
        "a Exists - NoSchedule -, a Equal x NoSchedule -, false",
        "b Exists - NoSchedule -, a Exists - NoSchedule -, false"
    })
    void eachMustBeCoveredByOneThatIsAllowed(@Nullable String tolerations, @Nullable String allowed, boolean expected) {
        assertEquals(expected, Toleration.allAllowed(parse(tolerations), parse(allowed)));
    }
}
