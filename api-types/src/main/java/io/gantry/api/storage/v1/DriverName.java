package io.gantry.api.storage.v1;

import static io.gantry.api.validation.References.text;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.Names;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The name of a CSI driver where something refers to it (upstream `ValidateCSIDriverName`).
public final class DriverName {
    private static final int MAX_LENGTH = 63;

    private DriverName() {}

    public static void check(@Nullable String name, String path, FieldErrors errors) {
        if (text(name).isEmpty()) {
            errors.required(path, "");
            return;
        }
        if (text(name).length() > MAX_LENGTH) {
            errors.tooLong(path, MAX_LENGTH);
        }
        Names.subdomain(text(name).toLowerCase(Locale.ROOT)).forEach(m -> errors.invalid(path, name, m));
    }
}
