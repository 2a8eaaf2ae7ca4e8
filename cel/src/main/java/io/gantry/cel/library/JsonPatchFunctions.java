package io.gantry.cel.library;

import static io.gantry.cel.library.Overloads.STRING;
import static io.gantry.cel.library.Overloads.global;

/// What helps to write JSON patches.
final class JsonPatchFunctions {
    private JsonPatchFunctions() {}

    static void add(FunctionTable table) {
        table.declare(
                "jsonpatch.escapeKey",
                String.class,
                args -> Arguments.text(args[0]).replace("~", "~0").replace("/", "~1"),
                global("string_jsonpatch_escapeKey_string", STRING, STRING));
    }
}
