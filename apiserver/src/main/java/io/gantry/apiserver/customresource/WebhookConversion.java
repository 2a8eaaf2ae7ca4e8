package io.gantry.apiserver.customresource;

import io.gantry.api.StatusException;
import io.gantry.api.schema.ResourceSchema;
import io.gantry.apiserver.registry.Conversion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/// The conversion strategy `Webhook` toward one served version. Objects keep the version in which they were stored, and
/// are converted when they are read; so a broken webhook breaks requests and never the cache. Blocks.
final class WebhookConversion implements Conversion {
    private final ConversionWebhook webhook;
    private final Map<String, Supplier<ResourceSchema>> schemas;
    private final String served;
    private final String stored;
    private final byte[] head;

    /// @param schemas of every version, by `apiVersion`
    /// @param served the `apiVersion` that is served
    /// @param stored the `apiVersion` in which new objects are stored
    WebhookConversion(
            ConversionWebhook webhook,
            Map<String, Supplier<ResourceSchema>> schemas,
            String kind,
            String served,
            String stored) {
        this.webhook = webhook;
        this.schemas = schemas;
        this.served = served;
        this.stored = stored;
        this.head = ("{\"kind\":\"" + kind + "\",\"apiVersion\":\"" + served + "\",").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean serves(byte[] bytes) {
        return bytes.length > head.length && Arrays.equals(bytes, 0, head.length, head, 0, head.length);
    }

    @Override
    public boolean remote() {
        return true;
    }

    @Override
    public ObjectNode toStored(ObjectNode object) {
        if (is(object, stored)) {
            return object;
        }
        ObjectNode converted = webhook.convert(List.of(object), stored).getFirst();
        schema(stored).conform(converted);
        schema(stored).applyDefaults(converted);
        return converted;
    }

    @Override
    public ObjectNode toServed(ObjectNode object) {
        return allToServed(List.of(object)).getFirst();
    }

    @Override
    public List<ObjectNode> allToServed(List<ObjectNode> objects) {
        List<ObjectNode> others =
                objects.stream().filter(object -> !is(object, served)).toList();
        if (others.isEmpty()) {
            return objects;
        }
        List<ObjectNode> converted = webhook.convert(others, served);
        List<ObjectNode> all = new ArrayList<>(objects.size());
        int next = 0;
        for (ObjectNode object : objects) {
            all.add(is(object, served) ? object : finished(converted.get(next++)));
        }
        return all;
    }

    private ObjectNode finished(ObjectNode converted) {
        schema(served).conform(converted);
        return converted;
    }

    private static boolean is(ObjectNode object, String apiVersion) {
        return object.path("apiVersion").asString("").equals(apiVersion);
    }

    private ResourceSchema schema(String apiVersion) {
        return Objects.requireNonNull(schemas.get(apiVersion)).get();
    }

    /// Asks the webhook of one definition.
    interface ConversionWebhook {
        /// @return as many objects as were given, in their order, in the version that was asked for
        /// @throws StatusException 500 when the webhook fails or answers nonsense
        List<ObjectNode> convert(List<ObjectNode> objects, String apiVersion);
    }
}
