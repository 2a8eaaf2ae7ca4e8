package io.gantry.api.admissionregistration.v1;

import static io.gantry.api.validation.References.text;

import io.gantry.api.admissionregistration.v1.validatingadmissionpolicy.ParamKind;
import io.gantry.api.admissionregistration.v1.validatingadmissionpolicybinding.ParamRef;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.Names;
import io.gantry.api.validation.LabelValidation;
import io.gantry.api.validation.References;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What parameters a policy takes, and which a binding gives it (upstream `validateParamKind`, `validateParamRef`).
public final class ParamValidation {
    private static final String EXCLUSIVE = "name and selector are mutually exclusive";

    private ParamValidation() {}

    /// Faults of a policy's parameters; it may have none.
    public static void kind(@Nullable ParamKind kind, String path, FieldErrors errors) {
        if (kind == null) {
            return;
        }
        version(text(kind.apiVersion()), path + ".apiVersion", errors);
        String name = text(kind.kind());
        List<String> faults = Names.label1035(name.toLowerCase(Locale.ROOT));
        if (name.isEmpty()) {
            errors.required(path + ".kind", "");
        } else if (!faults.isEmpty()) {
            errors.invalid(
                    path + ".kind",
                    name,
                    "may have mixed case, but should otherwise match: " + String.join(",", faults));
        }
    }

    private static void version(String apiVersion, String path, FieldErrors errors) {
        int slash = apiVersion.indexOf('/');
        if (apiVersion.isEmpty()) {
            errors.required(path, "");
        } else if (slash >= 0 && slash != apiVersion.lastIndexOf('/')) {
            errors.invalid(path, apiVersion, "unexpected GroupVersion string: " + apiVersion);
        } else {
            String group = slash < 0 ? "" : apiVersion.substring(0, slash);
            joined(group.isEmpty() ? List.of() : Names.subdomain(group), group, path, errors);
            String version = apiVersion.substring(slash + 1);
            if (version.isEmpty()) {
                errors.invalid(path, apiVersion, "version must be specified");
            } else {
                joined(Names.label1035(version), version, path, errors);
            }
        }
    }

    private static void joined(List<String> faults, String value, String path, FieldErrors errors) {
        if (!faults.isEmpty()) {
            errors.invalid(path, value, String.join(",", faults));
        }
    }

    /// Faults of a binding's parameters; it may have none.
    public static void reference(@Nullable ParamRef reference, String path, FieldErrors errors) {
        if (reference == null) {
            return;
        }
        boolean named = !text(reference.name()).isEmpty();
        References.optional(reference.name(), Names::pathSegment, path + ".name", errors);
        LabelValidation.selector(reference.selector(), path + ".selector", errors);
        if (named && reference.selector() != null) {
            errors.forbidden(path + ".name", EXCLUSIVE);
            errors.forbidden(path + ".selector", EXCLUSIVE);
        } else if (!named && reference.selector() == null) {
            errors.required(path, "one of name or selector must be specified");
        }
        if (text(reference.parameterNotFoundAction()).isEmpty()) {
            errors.required(path + ".parameterNotFoundAction", "");
        } else {
            References.oneOf(
                    reference.parameterNotFoundAction(),
                    List.of("Allow", "Deny"),
                    path + ".parameterNotFoundAction",
                    errors);
        }
    }
}
