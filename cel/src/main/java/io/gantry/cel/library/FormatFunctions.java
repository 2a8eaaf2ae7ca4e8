package io.gantry.cel.library;

import static io.gantry.cel.library.Overloads.STRING;
import static io.gantry.cel.library.Overloads.STRINGS;
import static io.gantry.cel.library.Overloads.global;
import static io.gantry.cel.library.Overloads.member;

import dev.cel.common.types.CelType;
import dev.cel.common.types.OptionalType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Formats by name (upstream `k8s.io/apiserver/pkg/cel/library/format.go`).
final class FormatFunctions {
    private static final CelType FORMAT = OpaqueTypes.of(NamedFormat.TYPE);

    private FormatFunctions() {}

    static void add(FunctionTable table) {
        table.type(FORMAT);
        Map<String, NamedFormat> formats = NamedFormats.all();
        formats.forEach((name, format) ->
                table.declare("format." + name, Object.class, args -> format, global("format." + name, FORMAT)));
        table.declare(
                "format.named",
                String.class,
                args -> Optional.ofNullable(formats.get(Arguments.text(args[0]))),
                global("format-named", OptionalType.create(FORMAT), STRING));
        table.declare(
                "validate",
                NamedFormat.class,
                args -> validate(Arguments.as(NamedFormat.class, args[0]), Arguments.text(args[1])),
                member("format-validate", OptionalType.create(STRINGS), FORMAT, STRING));
    }

    private static Object validate(NamedFormat format, String text) {
        List<Object> wrong = format.check().apply(text);
        return wrong.isEmpty() ? Optional.empty() : Optional.of(wrong);
    }
}
