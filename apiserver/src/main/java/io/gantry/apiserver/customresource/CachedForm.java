package io.gantry.apiserver.customresource;

import io.gantry.api.StatusException;
import io.gantry.api.schema.ResourceSchema;
import io.gantry.apiserver.registry.StoredForm;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// Stored objects as the schema of today wants them: what it does not know is pruned, what it defaults is filled in.
/// Objects that were stored in another version get the present one, unless a webhook must convert them.
///
/// @param schemas by `apiVersion`
/// @param stored the present storage version
/// @param webhook whether versions differ in more than their name
record CachedForm(Map<String, Supplier<ResourceSchema>> schemas, String stored, boolean webhook) implements StoredForm {
    private static final Logger LOG = LoggerFactory.getLogger(CachedForm.class);

    @Override
    public boolean toCached(ObjectNode object) {
        String apiVersion = object.path("apiVersion").asString("");
        boolean changed = false;
        if (!apiVersion.equals(stored) && !(webhook && schemas.containsKey(apiVersion))) {
            object.put("apiVersion", stored);
            apiVersion = stored;
            changed = true;
        }
        Supplier<ResourceSchema> source = schemas.get(apiVersion);
        if (source == null || source.get().isCanonical(object)) {
            return changed;
        }
        try {
            source.get().conform(object);
            source.get().applyDefaults(object);
        } catch (StatusException e) {
            LOG.warn("a stored object has metadata that cannot be read: {}", e.getMessage());
        }
        return true;
    }

    @Override
    public boolean leaves(ObjectNode object) {
        Supplier<ResourceSchema> source = schemas.get(stored);
        return object.path("apiVersion").asString("").equals(stored)
                && source != null
                && source.get().isCanonical(object);
    }
}
