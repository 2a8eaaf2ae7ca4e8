package io.gantry.apiserver.customresource;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.kind.FieldError;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Gateway API's test of a wrong address in a status (`tests/cel`) reads these words.
class StatusErrorsTest {
    private record Case(String path, String message, List<String> told) {}

    private static final List<Case> CASES = List.of(
            new Case(
                    "status.addresses[0].value",
                    "Invalid value: \"x\": status.addresses[0].value in body must be of type ipv4: \"x\"",
                    List.of(
                            "status.addresses[0].value: Invalid value: \"x\": addresses[0].value in body must be of type"
                                    + " ipv4: \"x\"")),
            new Case(
                    "<nil>",
                    "Invalid value: \"\": \"status.addresses[0]\" must validate one and only one schema (oneOf)",
                    List.of(
                            "status: Invalid value: \"\": \"addresses[0]\" must validate one and only one schema (oneOf)")),
            new Case(
                    "<nil>",
                    "Invalid value: \"\": \"spec.a\" must validate one and only one schema (oneOf)",
                    List.of()),
            new Case("spec", "Required value", List.of()),
            new Case("statuses", "Required value", List.of()),
            new Case("status.a", "Required value", List.of("status.a: Required value")));

    @Test
    void onlyTheStatusIsToldOf() {
        for (Case example : CASES) {
            FieldError fault = new FieldError(FieldError.Type.INVALID, example.path(), example.message());
            assertEquals(
                    example.told(),
                    StatusErrors.of(List.of(fault)).stream()
                            .map(error -> error.path() + ": " + error.message())
                            .toList(),
                    example.toString());
        }
    }
}
