package io.gantry.api.managedfields;

import io.gantry.api.schema.ResourceSchema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Who writes an object, for its managed fields.
///
/// @param manager the field manager: query parameter `fieldManager`, else the first part of the user agent
/// @param subresource e.g. `status` or `scale`; empty for the object itself
/// @param time now
/// @param resetFields fields that this endpoint does not write (`status` at the object itself when it has a status
/// subresource; `spec` at the status subresource, perhaps `metadata.labels`): they are never owned through it
/// @param versions every `apiVersion` that the object can be converted to; empty where that is not asked
/// @param alike the schema of a version whose objects differ in nothing but their `apiVersion`
public record FieldWriter(
        String manager,
        String subresource,
        Instant time,
        Set<String> resetFields,
        Set<String> versions,
        Function<String, Optional<ResourceSchema>> alike) {
    /// Upstream's limit.
    public static final int MAX_MANAGER_LENGTH = 128;

    public FieldWriter {
        manager = manager.isEmpty() ? "unknown" : manager;
        resetFields = Set.copyOf(resetFields);
        versions = Set.copyOf(versions);
    }

    /// For objects whose managers may name any version.
    public FieldWriter(String manager, String subresource, Instant time, Set<String> resetFields) {
        this(manager, subresource, time, resetFields, Set.of(), version -> Optional.empty());
    }

    /// Whether fields of this version can be compared.
    boolean knows(String apiVersion) {
        return versions.isEmpty() || versions.contains(apiVersion);
    }

    /// The manager of a request: the parameter where given, else the user agent up to its first `/`.
    public static String managerOf(String fieldManager, String userAgent) {
        if (!fieldManager.isEmpty()) {
            return fieldManager;
        }
        int slash = userAgent.indexOf('/');
        String name = slash < 0 ? userAgent : userAgent.substring(0, slash);
        return name.length() > MAX_MANAGER_LENGTH ? name.substring(0, MAX_MANAGER_LENGTH) : name;
    }

    List<String> resetFieldList() {
        return List.copyOf(resetFields);
    }
}
