package io.gantry.cel.library;

import static io.gantry.cel.library.Overloads.BOOL;
import static io.gantry.cel.library.Overloads.STRING;
import static io.gantry.cel.library.Overloads.member;

import dev.cel.common.types.CelType;
import io.gantry.cel.library.AuthorizerValues.Asking;
import io.gantry.cel.library.AuthorizerValues.Decided;
import io.gantry.cel.library.AuthorizerValues.GroupCheck;
import io.gantry.cel.library.AuthorizerValues.PathCheck;
import io.gantry.cel.library.AuthorizerValues.ResourceCheck;
import io.gantry.cel.value.CelError;
import java.util.List;
import java.util.regex.Pattern;

/// Who may do what (upstream `k8s.io/apiserver/pkg/cel/library/authz.go`).
public final class AuthorizerFunctions {
    /// The type of the variable `authorizer`.
    public static final CelType AUTHORIZER = OpaqueTypes.of(AuthorizerValues.AUTHORIZER);

    /// The type of `authorizer.requestResource`.
    public static final CelType RESOURCE_CHECK = OpaqueTypes.of(AuthorizerValues.RESOURCE_CHECK);

    private static final CelType PATH_CHECK = OpaqueTypes.of(AuthorizerValues.PATH_CHECK);
    private static final CelType GROUP_CHECK = OpaqueTypes.of(AuthorizerValues.GROUP_CHECK);
    private static final CelType DECISION = OpaqueTypes.of(AuthorizerValues.DECISION);
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern SUBDOMAIN =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

    private AuthorizerFunctions() {}

    static void add(FunctionTable table) {
        List.of(AUTHORIZER, PATH_CHECK, GROUP_CHECK, RESOURCE_CHECK, DECISION).forEach(table::type);
        questions(table);
        resource(table);
        answers(table);
    }

    private static void questions(FunctionTable table) {
        table.declare(
                "path",
                Asking.class,
                args -> new PathCheck(asking(args[0]), filled("path", Arguments.text(args[1]))),
                member("authorizer_path", PATH_CHECK, AUTHORIZER, STRING));
        table.declare(
                "group",
                Asking.class,
                args -> new GroupCheck(asking(args[0]), Arguments.text(args[1])),
                member("authorizer_group", GROUP_CHECK, AUTHORIZER, STRING));
        table.declare(
                "serviceAccount",
                Asking.class,
                args -> serviceAccount(asking(args[0]), Arguments.text(args[1]), Arguments.text(args[2])),
                member("authorizer_serviceaccount", AUTHORIZER, AUTHORIZER, STRING, STRING));
        table.declare(
                "resource",
                GroupCheck.class,
                args -> {
                    GroupCheck check = Arguments.as(GroupCheck.class, args[0]);
                    String name = filled("resource", Arguments.text(args[1]));
                    return new ResourceCheck(check.asking(), check.group(), name, "", "", "", "", "");
                },
                member("groupcheck_resource", RESOURCE_CHECK, GROUP_CHECK, STRING));
    }

    private static Asking asking(Object value) {
        return Arguments.as(Asking.class, value);
    }

    private static String filled(String what, String text) {
        if (text.isBlank()) {
            throw new CelError(what + " must not be empty");
        }
        return text;
    }

    private static Object serviceAccount(Asking asking, String namespace, String name) {
        if (!SUBDOMAIN.matcher(name).matches()) {
            throw new CelError("Invalid service account name");
        }
        if (!LABEL.matcher(namespace).matches()) {
            throw new CelError("Invalid service account namespace");
        }
        return new Asking(asking.access().ofServiceAccount(namespace, name));
    }

    private interface Change {
        ResourceCheck apply(ResourceCheck check, String text);
    }

    private static void refine(FunctionTable table, String name, String id, Change change) {
        table.declare(
                name,
                ResourceCheck.class,
                args -> change.apply(Arguments.as(ResourceCheck.class, args[0]), Arguments.text(args[1])),
                member(id, RESOURCE_CHECK, RESOURCE_CHECK, STRING));
    }

    private static void resource(FunctionTable table) {
        refine(table, "subresource", "resourcecheck_subresource", ResourceCheck::withSubresource);
        refine(table, "namespace", "resourcecheck_namespace", ResourceCheck::withNamespace);
        refine(table, "name", "resourcecheck_name", ResourceCheck::withName);
        refine(table, "fieldSelector", "authorizer_fieldselector", ResourceCheck::withFieldSelector);
        refine(table, "labelSelector", "authorizer_labelselector", ResourceCheck::withLabelSelector);
        table.declare(
                "check",
                ResourceCheck.class,
                args -> check(Arguments.as(ResourceCheck.class, args[0]), Arguments.text(args[1])),
                member("resourcecheck_check", DECISION, RESOURCE_CHECK, STRING));
        table.declare(
                "check",
                PathCheck.class,
                args -> check(Arguments.as(PathCheck.class, args[0]), Arguments.text(args[1])),
                member("pathcheck_check", DECISION, PATH_CHECK, STRING));
    }

    private static Object check(ResourceCheck check, String verb) {
        return new Decided(check.asking().access().decide(check, verb));
    }

    private static Object check(PathCheck check, String verb) {
        return new Decided(check.asking().access().decide(check.path(), verb));
    }

    private static void answers(FunctionTable table) {
        table.declare(
                "allowed",
                Decided.class,
                args -> decided(args[0]).answer().allowed(),
                member("decision_allowed", BOOL, DECISION));
        table.declare(
                "reason",
                Decided.class,
                args -> decided(args[0]).answer().reason(),
                member("decision_reason", STRING, DECISION));
        table.declare("errored", Decided.class, args -> false, member("decision_errored", BOOL, DECISION));
        table.declare("error", Decided.class, args -> "", member("decision_error", STRING, DECISION));
    }

    private static Decided decided(Object value) {
        return Arguments.as(Decided.class, value);
    }
}
