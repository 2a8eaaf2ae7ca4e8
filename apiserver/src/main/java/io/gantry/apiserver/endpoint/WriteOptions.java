package io.gantry.apiserver.endpoint;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.kind.FieldError;
import io.gantry.api.managedfields.FieldWriter;
import io.gantry.api.negotiation.MediaType;
import io.gantry.api.schema.FieldValidation;
import io.gantry.apiserver.http.Request;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// The query parameters of writes.
///
/// @param fieldManager never empty: the user agent's first word where none was sent
/// @param managerGiven whether the client named a field manager
/// @param force whether an apply takes fields over
public record WriteOptions(
        boolean dryRun, String fieldManager, boolean managerGiven, FieldValidation fieldValidation, boolean force) {
    private static final Set<String> VALIDATIONS = Set.of("", "Ignore", "Strict", "Warn");

    /// Reads and checks them.
    ///
    /// @throws StatusException 422 for values that are not supported
    static WriteOptions of(Request request) {
        var query = request.query();
        String manager = query.text("fieldManager");
        List<FieldError> errors = new ArrayList<>();
        if (request.head().method().equals("PATCH")) {
            checkPatch(request, manager, errors);
        }
        checkManager(manager, errors);
        List<String> dryRun = query.all("dryRun");
        if (!dryRun.stream().allMatch("All"::equals)) {
            errors.add(unsupported("dryRun", Json.MAPPER.writeValueAsString(dryRun), "\"All\""));
        }
        String validation = query.text("fieldValidation");
        if (!VALIDATIONS.contains(validation)) {
            errors.add(unsupported(
                    "fieldValidation",
                    Json.MAPPER.writeValueAsString(validation),
                    "\"\", \"Ignore\", \"Strict\", \"Warn\""));
        }
        if (!errors.isEmpty()) {
            throw StatusException.invalid("meta.k8s.io", kind(request), "", errors);
        }
        return new WriteOptions(
                !dryRun.isEmpty(),
                FieldWriter.managerOf(
                        manager, request.head().header("user-agent").orElse("unknown")),
                !manager.isEmpty(),
                FieldValidation.parse(validation),
                query.flag("force"));
    }

    private static String kind(Request request) {
        return switch (request.head().method()) {
            case "PATCH" -> "PatchOptions";
            case "PUT" -> "UpdateOptions";
            default -> "CreateOptions";
        };
    }

    private static void checkPatch(Request request, String manager, List<FieldError> errors) {
        String type = MediaType.parse(request.head().header("content-type").orElse(""))
                .type();
        if (type.equals(Patches.APPLY) || type.equals(Patches.APPLY_CBOR)) {
            if (manager.isEmpty()) {
                errors.add(new FieldError(
                        FieldError.Type.REQUIRED, "fieldManager", "Required value: is required for apply patch"));
            }
        } else if (request.query().get("force") != null) {
            errors.add(new FieldError(
                    FieldError.Type.FORBIDDEN, "force", "Forbidden: may not be specified for non-apply patch"));
        }
    }

    /// Whether every character is ASCII and printable, and there are not too many.
    private static boolean isOrdinary(String manager) {
        for (int i = 0; i < manager.length(); i++) {
            if (manager.charAt(i) < ' ' || manager.charAt(i) > '~') {
                return false;
            }
        }
        return manager.length() <= FieldWriter.MAX_MANAGER_LENGTH;
    }

    private static void checkManager(String manager, List<FieldError> errors) {
        if (isOrdinary(manager)) {
            return;
        }
        int bytes = 0;
        boolean tooLong = manager.getBytes(StandardCharsets.UTF_8).length > FieldWriter.MAX_MANAGER_LENGTH;
        if (tooLong) {
            errors.add(new FieldError(
                    FieldError.Type.TOO_LONG,
                    "fieldManager",
                    "Too long: may not be more than " + FieldWriter.MAX_MANAGER_LENGTH + " bytes"));
        }
        for (int point : manager.codePoints().toArray()) {
            if (!isPrintable(point)) {
                errors.add(new FieldError(
                        FieldError.Type.INVALID,
                        "fieldManager",
                        "Invalid value: " + Json.MAPPER.writeValueAsString(manager)
                                + String.format(
                                        Locale.ROOT, ": invalid character U+%04X (at position %d)", point, bytes)));
            }
            bytes += Character.toString(point).getBytes(StandardCharsets.UTF_8).length;
        }
    }

    /// As Go's `unicode.IsPrint`: letters, marks, numbers, punctuation, symbols and the ASCII space.
    private static boolean isPrintable(int point) {
        return switch (Character.getType(point)) {
            case Character.SPACE_SEPARATOR -> point == ' ';
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private static FieldError unsupported(String field, String value, String supported) {
        return new FieldError(
                FieldError.Type.NOT_SUPPORTED,
                field,
                "Unsupported value: " + value + ": supported values: " + supported);
    }

    /// As `CreateOptions` and the like, for admission.
    ObjectNode tree(String kind) {
        ObjectNode options = Json.MAPPER.createObjectNode();
        options.put("kind", kind);
        options.put("apiVersion", "meta.k8s.io/v1");
        if (dryRun) {
            options.putArray("dryRun").add("All");
        }
        if (managerGiven) {
            options.put("fieldManager", fieldManager);
        }
        return options;
    }
}
