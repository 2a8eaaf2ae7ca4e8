package io.gantry.api.resource.v1.deviceclass;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.resource.v1.DeviceNames;
import io.gantry.api.validation.Limited;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What classes and claims say of devices alike: selectors and configurations (upstream
/// `pkg/apis/resource/validation`).
public final class DeviceSelection {
    private static final int MAX_SELECTORS = 32;
    private static final int MAX_EXPRESSION = 10 * 1024;
    private static final int MAX_PARAMETERS = 10 * 1024;
    private static final String OMITTED = "<value omitted>";

    private DeviceSelection() {}

    /// Selectors, save that their expressions compile.
    public static void selectors(List<DeviceSelector> selectors, String path, FieldErrors errors) {
        Limited.list(selectors, MAX_SELECTORS, DeviceSelection::selector, path, errors);
    }

    /// Whether an expression is short enough to be compiled at all.
    public static boolean isTooLong(String expression) {
        return bytes(expression) > MAX_EXPRESSION;
    }

    private static void selector(DeviceSelector selector, String path, FieldErrors errors) {
        CELDeviceSelector cel = selector.cel();
        if (cel == null) {
            errors.required(path + ".cel", "");
        } else if (cel.expression() != null && isTooLong(cel.expression())) {
            errors.tooLong(path + ".cel.expression", MAX_EXPRESSION);
        }
    }

    /// What a driver is told of the devices.
    ///
    /// @param stored whether it was there before: it may be larger
    public static void configuration(
            @Nullable OpaqueDeviceConfiguration opaque, boolean stored, String path, FieldErrors errors) {
        if (opaque == null) {
            errors.required(path + ".opaque", "");
            return;
        }
        DeviceNames.driver(opaque.driver(), path + ".opaque.driver", errors);
        raw(opaque.parameters(), stored, MAX_PARAMETERS, path + ".opaque.parameters", errors);
    }

    /// An object of a form that only its reader knows.
    ///
    /// @param stored whether it was there before: it may be larger
    public static void raw(@Nullable JsonNode value, boolean stored, int max, String path, FieldErrors errors) {
        if (value == null || value.isNull() || value.isMissingNode()) {
            errors.required(path, "");
        } else if (!stored && bytes(value.toString()) > max) {
            errors.tooLong(path, max);
        } else if (!value.isObject()) {
            errors.invalid(path, OMITTED, "must be a valid JSON object");
        }
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
