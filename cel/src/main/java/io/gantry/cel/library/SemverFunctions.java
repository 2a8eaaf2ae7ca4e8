package io.gantry.cel.library;

import static io.gantry.cel.library.Overloads.BOOL;
import static io.gantry.cel.library.Overloads.INT;
import static io.gantry.cel.library.Overloads.STRING;
import static io.gantry.cel.library.Overloads.global;
import static io.gantry.cel.library.Overloads.member;

import dev.cel.common.types.CelType;
import io.gantry.cel.value.CelError;

/// Semantic versions (upstream `k8s.io/apiserver/pkg/cel/library/semverlib.go`).
final class SemverFunctions {
    private static final CelType SEMVER = OpaqueTypes.of(CelSemver.TYPE);

    private SemverFunctions() {}

    static void add(FunctionTable table) {
        table.type(SEMVER);
        table.declare(
                "semver",
                String.class,
                args -> CelSemver.parse(Arguments.text(args[0]), normalizes(args)),
                global("string_to_semver", SEMVER, STRING),
                global("string_bool_to_semver", SEMVER, STRING, BOOL));
        table.declare(
                "isSemver",
                String.class,
                SemverFunctions::isSemver,
                global("is_semver_string", BOOL, STRING),
                global("is_semver_string_bool", BOOL, STRING, BOOL));
        table.declare("major", CelSemver.class, args -> of(args[0]).major(), member("semver_major", INT, SEMVER));
        table.declare("minor", CelSemver.class, args -> of(args[0]).minor(), member("semver_minor", INT, SEMVER));
        table.declare("patch", CelSemver.class, args -> of(args[0]).patch(), member("semver_patch", INT, SEMVER));
        table.declare(
                "isGreaterThan",
                CelSemver.class,
                args -> compare(args) > 0,
                member("semver_is_greater_than", BOOL, SEMVER, SEMVER));
        table.declare(
                "isLessThan",
                CelSemver.class,
                args -> compare(args) < 0,
                member("semver_is_less_than", BOOL, SEMVER, SEMVER));
        table.declare(
                "compareTo",
                CelSemver.class,
                args -> (long) Integer.signum(compare(args)),
                member("semver_compare_to", INT, SEMVER, SEMVER));
    }

    private static boolean normalizes(Object... args) {
        return args.length > 1 && Arguments.flag(args[1]);
    }

    private static CelSemver of(Object value) {
        return Arguments.as(CelSemver.class, value);
    }

    private static int compare(Object... args) {
        return of(args[0]).compareTo(of(args[1]));
    }

    private static Object isSemver(Object... args) {
        try {
            CelSemver.parse(Arguments.text(args[0]), normalizes(args));
            return true;
        } catch (CelError malformed) {
            return false;
        }
    }
}
