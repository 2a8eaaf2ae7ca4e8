package io.gantry.apiserver.admission.podsecurity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.kind.FieldError;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a namespace's labels and the defaults come to: what is refused, noted and warned of.
class PolicyTest {
    private static Policy policy(String enforce, String warn) {
        return new Policy(
                new Policy.Rule(Level.parse(enforce), PolicyVersion.LATEST),
                new Policy.Rule(Level.BASELINE, PolicyVersion.LATEST),
                new Policy.Rule(Level.parse(warn), PolicyVersion.LATEST));
    }

    private static Map<String, String> labels(String text) {
        return text.isEmpty()
                ? Map.of()
                : Arrays.stream(text.split(" "))
                        .map(label -> label.split("="))
                        .collect(
                                Collectors.toMap(parts -> "pod-security.kubernetes.io/" + parts[0], parts -> parts[1]));
    }

    @ParameterizedTest
    @CsvSource({
        "'', privileged, privileged, privileged:latest privileged:latest",
        "'', baseline, restricted, baseline:latest restricted:latest",
        "enforce=privileged, baseline, restricted, privileged:latest restricted:latest",
        "enforce-version=v1.20, baseline, baseline, baseline:v1.20 baseline:latest",
        "enforce=baseline enforce-version=v1.20, privileged, privileged, baseline:v1.20 baseline:v1.20",
        "enforce=baseline warn-version=v1.9, privileged, privileged, baseline:latest baseline:v1.9",
        "enforce=baseline warn=privileged, privileged, privileged, baseline:latest privileged:latest",
        "enforce=baseline, privileged, restricted, baseline:latest restricted:latest",
        "enforce=bassline, privileged, privileged, restricted:latest privileged:latest",
        "warn=bassline, privileged, restricted, privileged:latest privileged:latest",
        "enforce-version=1.20, baseline, baseline, baseline:latest baseline:latest"
    })
    void labelsGoBeforeDefaults(String labels, String enforce, String warn, String expected) {
        Policy policy = policy(enforce, warn).by(labels(labels));
        assertEquals(expected, policy.enforce() + " " + policy.warn());
    }

    @ParameterizedTest
    @CsvSource({
        "'', baseline:latest, ''",
        "enforce=restricted, baseline:latest, ''",
        "audit=restricted audit-version=v1.9, restricted:v1.9, ''",
        "audit=strict, privileged:latest, metadata.labels[pod-security.kubernetes.io/audit]",
        "audit-version=9 warn=x, baseline:latest, metadata.labels[pod-security.kubernetes.io/audit-version]"
                + " metadata.labels[pod-security.kubernetes.io/warn]"
    })
    void theAuditLogHasALevelOfItsOwn(String labels, String audit, String errors) {
        assertEquals(
                audit,
                policy("privileged", "privileged").by(labels(labels)).audit().toString());
        assertEquals(
                errors,
                Policy.errors(labels(labels)).stream().map(FieldError::path).collect(Collectors.joining(" ")));
    }
}
