package io.gantry.api.printer;

import io.gantry.api.kind.Column;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;

/// The columns of RoleBindings and ClusterRoleBindings (upstream `printRoleBinding`).
public final class BindingColumns {
    private BindingColumns() {}

    /// Role, Age, and the subjects by kind.
    public static List<Column> all() {
        return List.of(
                Column.text("Role", "Kind and name of the role.", (binding, now) -> role(binding)),
                Column.age(),
                Column.text("Users", "Users that have the role.", subjects("User"))
                        .wide(),
                Column.text("Groups", "Groups that have the role.", subjects("Group"))
                        .wide(),
                Column.text("ServiceAccounts", "Service accounts that have the role.", subjects("ServiceAccount"))
                        .wide());
    }

    private static String role(JsonNode binding) {
        return Cells.textAt(binding, "roleRef.kind", "") + "/" + Cells.textAt(binding, "roleRef.name", "");
    }

    private static BiFunction<JsonNode, Instant, Object> subjects(String kind) {
        return (binding, now) -> {
            List<String> names = new ArrayList<>();
            for (JsonNode subject : binding.path("subjects")) {
                if (subject.path("kind").asString("").equals(kind)) {
                    String name = subject.path("name").asString("");
                    names.add(
                            kind.equals("ServiceAccount")
                                    ? subject.path("namespace").asString("") + "/" + name
                                    : name);
                }
            }
            return String.join(", ", names);
        };
    }
}
