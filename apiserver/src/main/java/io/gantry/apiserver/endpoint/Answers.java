package io.gantry.apiserver.endpoint;

import io.gantry.api.Json;
import io.gantry.api.kind.Column;
import io.gantry.api.kind.KindDefinition;
import io.gantry.apiserver.http.Headers;
import io.gantry.apiserver.http.Response;
import io.gantry.apiserver.http.Warnings;
import io.gantry.apiserver.negotiation.Form;
import io.gantry.apiserver.projection.ManagedFieldsSpan;
import io.gantry.apiserver.registry.Resources;
import io.gantry.apiserver.registry.ServedResource;
import io.gantry.apiserver.table.IncludeObject;
import io.gantry.apiserver.table.PartialObjects;
import io.gantry.apiserver.table.TableWriter;
import io.gantry.apiserver.watch.CachedObject;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.ObjectNode;

/// Puts objects into the form that a client asked for. Thread-safe.
final class Answers {
    private final Resources resources;
    private final InstantSource clock;
    private final Map<ServedResource, TableWriter> tables = new ConcurrentHashMap<>();

    Answers(Resources resources, InstantSource clock) {
        this.resources = resources;
        this.clock = clock;
    }

    /// The served version of stored bytes.
    static byte[] served(ServedResource resource, byte[] stored) {
        if (resource.conversion().serves(stored)) {
            return stored;
        }
        ObjectNode tree = io.gantry.api.decode.Bodies.stored(stored);
        return Json.MAPPER.writeValueAsBytes(resource.conversion().toServed(tree));
    }

    /// The served version of a cached object; converted once while the same version is asked for.
    static byte[] served(ServedResource resource, CachedObject object) {
        return resource.conversion().serves(object.json())
                ? object.json()
                : object.converted(resource.conversion(), json -> served(resource, json));
    }

    /// The served versions of cached objects, converted together.
    static List<byte[]> served(ServedResource resource, List<CachedObject> objects) {
        if (!resource.conversion().remote()) {
            List<byte[]> served = new ArrayList<>(objects.size());
            objects.forEach(object -> served.add(served(resource, object)));
            return served;
        }
        List<CachedObject> others = objects.stream()
                .filter(object ->
                        !resource.conversion().serves(object.json()) && !object.isConverted(resource.conversion()))
                .toList();
        List<ObjectNode> trees = others.stream()
                .map(object -> io.gantry.api.decode.Bodies.stored(object.json()))
                .toList();
        List<ObjectNode> converted =
                trees.isEmpty() ? trees : resource.conversion().allToServed(trees);
        for (int i = 0; i < others.size(); i++) {
            byte[] json = Json.MAPPER.writeValueAsBytes(converted.get(i));
            others.get(i).converted(resource.conversion(), same -> json);
        }
        return objects.stream().map(object -> served(resource, object)).toList();
    }

    TableWriter table(ServedResource resource) {
        Optional<List<Column>> own = resource.rules().columns();
        if (own.isPresent()) {
            return new TableWriter(own.get());
        }
        return tables.computeIfAbsent(
                resource,
                r -> new TableWriter(
                        columns(r),
                        resources.definition(r).map(KindDefinition::columnPaths).orElse(List.of())));
    }

    private List<Column> columns(ServedResource resource) {
        return resources.definition(resource).map(KindDefinition::columns).orElse(List.of(Column.age()));
    }

    /// The bytes of one object, which is in its served version.
    byte[] one(Call call, Form form, byte[] object, boolean headers) {
        return switch (form.checked(false).shape()) {
            case OBJECT ->
                form.managedFields() ? object : ManagedFieldsSpan.of(object).cutFrom(object);
            case TABLE -> table(call.resource()).one(object, options(call, form, headers), clock.instant());
            case PARTIAL_OBJECT, PARTIAL_LIST ->
                PartialObjects.one(
                        form.managedFields()
                                ? object
                                : ManagedFieldsSpan.of(object).cutFrom(object),
                        form.version());
        };
    }

    static TableWriter.Options options(Call call, Form form, boolean headers) {
        return new TableWriter.Options(
                form.version(), IncludeObject.parse(call.request().query().text("includeObject")), headers);
    }

    /// An answer with one object in its stored version.
    Response stored(Call call, int status, byte[] stored) {
        return object(call, status, served(call.resource(), stored));
    }

    /// An answer with one object in its served version.
    Response object(Call call, int status, byte[] object) {
        Form form = call.form(true);
        return respond(call, status, form, Unpooled.wrappedBuffer(one(call, form, object, true)));
    }

    /// An answer with any tree, which has no Table.
    static Response tree(Call call, int status, ObjectNode tree) {
        Form form = call.form(false);
        return respond(call, status, form, Unpooled.wrappedBuffer(Json.MAPPER.writeValueAsBytes(tree)));
    }

    private static final Headers JSON_HEADERS =
            Headers.of("cache-control", "no-cache, private", "content-type", Form.Encoding.JSON.contentType());

    static Response respond(Call call, int status, Form form, ByteBuf body) {
        if (call.warnings().isEmpty() && form.encoding() == Form.Encoding.JSON) {
            return new Response.Whole(status, JSON_HEADERS, body);
        }
        Headers.Builder headers = new Headers.Builder()
                .add("cache-control", "no-cache, private")
                .add("content-type", form.encoding().contentType());
        Warnings.add(headers, call.warnings());
        return new Response.Whole(status, headers.build(), body);
    }
}
