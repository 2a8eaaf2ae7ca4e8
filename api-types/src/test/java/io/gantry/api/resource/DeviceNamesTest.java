package io.gantry.api.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.resource.v1.DeviceNames;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Names of drivers, pools and attributes, with upstream's words.
final class DeviceNamesTest {
    private interface Check {
        void run(String name, String path, FieldErrors errors);
    }

    private record Case(Check check, String name, String expected) {}

    private static final String SUBDOMAIN = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric"
            + " characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com',"
            + " regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
    private static final String IDENTIFIER = "a valid C identifier must start with alphabetic character or '_',"
            + " followed by a string of alphanumeric characters or '_' (e.g. 'my_name',  or 'MY_NAME',  or 'MyName',"
            + " regex used for validation is '[A-Za-z_][A-Za-z0-9_]*')";

    static List<Case> cases() {
        return List.of(
                new Case(DeviceNames::driver, "Gpu.Example.com", ""),
                new Case(DeviceNames::driver, "", "p: Required value"),
                new Case(DeviceNames::driver, "d".repeat(64), "p: Too long: may not be more than 63 bytes"),
                new Case(DeviceNames::driver, "a_b", "p: Invalid value: \"a_b\": " + SUBDOMAIN),
                new Case(DeviceNames::pool, "racks.example/one", ""),
                new Case(DeviceNames::pool, "", "p: Required value"),
                new Case(DeviceNames::pool, "one/", "p: Invalid value: \"\": " + SUBDOMAIN),
                new Case(DeviceNames::qualified, "memory", ""),
                new Case(DeviceNames::qualified, "gpu.example.com/memory", ""),
                new Case(DeviceNames::qualified, "a/b/c", ""),
                new Case(DeviceNames::qualified, "/memory", "p: Invalid value: \"\": the domain must not be empty"),
                new Case(DeviceNames::qualified, "a/", "p: Invalid value: \"\": the name must not be empty"),
                new Case(DeviceNames::qualified, "a-b", "p: Invalid value: \"a-b\": " + IDENTIFIER),
                new Case(DeviceNames::qualified, "i".repeat(33), "p: Too long: may not be more than 32 bytes"),
                new Case(
                        DeviceNames::fullyQualified,
                        "memory",
                        "p: Invalid value: \"memory\": a fully qualified name must be a domain and a name separated by"
                                + " a slash"),
                new Case(DeviceNames::uid, "a1b2c3d4-0000-4000-8000-0123456789ab", ""),
                new Case(
                        DeviceNames::uid,
                        "short",
                        "p: Invalid value: \"short\": error validating uid: invalid UUID length: 5"),
                new Case(
                        DeviceNames::uid,
                        "A1B2C3D4-0000-4000-8000-0123456789AB",
                        "p: Invalid value: \"A1B2C3D4-0000-4000-8000-0123456789AB\": uid must be in RFC 4122"
                                + " normalized form, `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx` with lowercase"
                                + " hexadecimal characters"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void tellsWhatIsWrong(Case one) {
        FieldErrors errors = new FieldErrors();
        one.check().run(one.name(), "p", errors);
        assertEquals(
                one.expected(),
                String.join("\n", errors.all().stream().map(Object::toString).toList()));
    }
}
