package io.gantry.apiserver.openapi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/// One version of a custom resource, for the documents.
///
/// @param selectableFields paths without their leading dot
/// @param schema the structural schema (`openAPIV3Schema`), an empty object where the resource has none
public record CustomDefinition(
        String group,
        String version,
        String plural,
        String kind,
        String listKind,
        List<String> selectableFields,
        SchemaText schema) {
    public CustomDefinition {
        selectableFields = List.copyOf(selectableFields);
    }

    /// The definition's name: the group reversed, version and kind, as `com.example.v1.Foo`.
    String definitionName() {
        return prefix() + kind;
    }

    String listName() {
        return prefix() + listKind;
    }

    private String prefix() {
        List<String> labels = new ArrayList<>(Arrays.asList(group.split("\\.")));
        Collections.reverse(labels);
        return String.join(".", labels) + "." + version + ".";
    }
}
