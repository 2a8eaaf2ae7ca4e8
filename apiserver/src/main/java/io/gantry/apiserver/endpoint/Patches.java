package io.gantry.apiserver.endpoint;

import io.gantry.api.StatusException;
import io.gantry.api.decode.Body;
import io.gantry.api.managedfields.FieldWriter;
import io.gantry.api.managedfields.ServerSideApply;
import io.gantry.api.negotiation.MediaType;
import io.gantry.api.schema.ResourceSchema;
import io.gantry.apiserver.http.Response;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `patch`: JSON patch, merge patch, strategic merge patch and apply.
final class Patches {
    static final String JSON = "application/json-patch+json";
    static final String MERGE = "application/merge-patch+json";
    static final String STRATEGIC = "application/strategic-merge-patch+json";
    static final String APPLY = "application/apply-patch+yaml";
    static final String APPLY_CBOR = "application/apply-patch+cbor";

    private final Writes writes;
    private final Answers answers;

    Patches(Writes writes, Answers answers) {
        this.writes = writes;
        this.answers = answers;
    }

    Response patch(Call call, Writes.Part part) {
        WriteOptions options = WriteOptions.of(call.request());
        if (type(call).equals(APPLY)) {
            return apply(call, part, options);
        }
        Writes.Change patch = change(call, options);
        Writes.Written written = writes.update(call, call.key(), part, patch, options, true);
        return answers.stored(call, 200, written.bytes());
    }

    static String type(Call call) {
        return MediaType.parse(call.request().head().header("content-type").orElse(""))
                .type();
    }

    /// A patch as a change that conforms to the schema.
    ///
    /// @throws StatusException 415 for a type of patch that the resource does not take
    Writes.Change change(Call call, WriteOptions options) {
        PatchResult patch = PatchResult.of(call, call.resource().schema());
        return current -> {
            ObjectNode object = patch.of(call, current, () -> now(call), options);
            if (!call.resource().traits().unconditionalUpdate()
                    && Metadata.expectedVersion(object).isEmpty()) {
                throw Puts.unversioned(call);
            }
            return object;
        };
    }

    /// The object as it is now, as it is served.
    static ObjectNode now(Call call) {
        return call.resource()
                .conversion()
                .toServed(call.storage()
                        .readCached(call.key())
                        .orElseThrow(call::notFound)
                        .object()
                        .deepCopy());
    }

    private Response apply(Call call, Writes.Part part, WriteOptions options) {
        var body = io.gantry.api.decode.Bodies.yaml(call.request().body());
        ObjectNode configuration = body.tree();
        boolean named = !Metadata.text(configuration, "name").isEmpty();
        checkConfiguration(call, call.resource().schema(), configuration);
        decodeApplied(call, call.resource().schema(), body, options);
        FieldWriter writer = writes.writer(call, options);
        if (part == Writes.Part.MAIN && call.storage().readCached(call.key()).isEmpty()) {
            String uid = Metadata.text(configuration, "uid");
            if (!uid.isEmpty()) {
                throw StatusException.conflict(
                        call.resource().group(),
                        call.resource().plural(),
                        call.info().name(),
                        "uid mismatch: the provided object specified uid " + uid
                                + ", and no existing object was found");
            }
            if (!named) {
                throw Metadata.nameless(call);
            }
            call.creation().run();
            ObjectNode object =
                    ServerSideApply.apply(call.resource().schema(), null, configuration, options.force(), writer);
            Metadata.of(object).put("name", call.info().name());
            try {
                Writes.Written written = writes.create(call, object, options, Writes.Creation.APPLY);
                return answers.stored(call, 201, written.bytes());
            } catch (StatusException e) {
                if (!e.isAlreadyExists()) {
                    throw e;
                }
            }
        }
        Writes.Change change = current ->
                ServerSideApply.apply(call.resource().schema(), current, configuration, options.force(), writer);
        Writes.Written written = writes.update(call, call.key(), part, change, options, false);
        return answers.stored(call, 200, written.bytes());
    }

    static void decodeApplied(Call call, ResourceSchema schema, Body body, WriteOptions options) {
        call.warnings()
                .addAll(ServerSideApply.decode(
                        schema,
                        body,
                        () -> io.gantry.api.decode.Bodies.yaml(call.request().body())
                                .tree(),
                        options.fieldValidation()));
    }

    static void checkConfiguration(Call call, ResourceSchema schema, ObjectNode configuration) {
        if (configuration.path("metadata").has("managedFields")) {
            throw StatusException.badRequest("metadata.managedFields must be nil");
        }
        String apiVersion = configuration.path("apiVersion").asString("");
        String kind = configuration.path("kind").asString("");
        if (!schema.isNamed(apiVersion) || !kind.equals(schema.kind())) {
            throw StatusException.badRequest("invalid object type: " + ResourceSchema.shown(apiVersion, kind));
        }
        configuration.put("apiVersion", schema.apiVersion());
        String name = Metadata.text(configuration, "name");
        if (!name.isEmpty() && !name.equals(call.info().name())) {
            throw StatusException.badRequest("the name of the object (" + name
                    + ") does not match the name on the URL (" + call.info().name() + ")");
        }
        JsonNode metadata = configuration.path("metadata");
        if (metadata.isObject() || metadata.isNull() || metadata.isMissingNode()) {
            // All else does not fit, and is told so.
            Metadata.of(configuration).put("name", call.info().name());
            Metadata.checkNamespace(call, configuration);
        }
    }
}
