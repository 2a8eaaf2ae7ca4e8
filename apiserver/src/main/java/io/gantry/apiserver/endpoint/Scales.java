package io.gantry.apiserver.endpoint;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.autoscaling.v1.scale.ScaleKind;
import io.gantry.api.decode.Body;
import io.gantry.api.kind.FieldError;
import io.gantry.api.managedfields.FieldWriter;
import io.gantry.api.managedfields.ManagedFields;
import io.gantry.api.managedfields.ScaleFields;
import io.gantry.api.managedfields.ServerSideApply;
import io.gantry.api.meta.v1.LabelSelector;
import io.gantry.api.schema.ResourceSchema;
import io.gantry.api.schema.Schemas;
import io.gantry.api.selector.LabelSelectors;
import io.gantry.apiserver.admission.AdmissionAttributes;
import io.gantry.apiserver.http.Answer;
import io.gantry.apiserver.http.Response;
import io.gantry.apiserver.negotiation.Form;
import io.gantry.apiserver.objects.Trees;
import io.gantry.apiserver.registry.ScalePaths;
import io.gantry.apiserver.table.TableWriter;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The `scale` subresource of kinds with `spec.replicas`.
final class Scales {
    private static final String API_VERSION = "autoscaling/v1";
    private static final ResourceSchema SCHEMA = Schemas.of(ScaleKind.KIND);

    /// Upstream's sign of a custom resource without replicas.
    private static final int UNSET = Integer.MIN_VALUE;

    private final Writes writes;
    private final Bodies bodies;

    Scales(Writes writes, Bodies bodies) {
        this.writes = writes;
        this.bodies = bodies;
    }

    Answer answer(Call call) {
        return switch (call.info().verb()) {
            case "get" ->
                Answer.later(() -> answered(
                        call,
                        existing(
                                call,
                                call.storage()
                                        .read(call.key())
                                        .map(stored ->
                                                call.resource().conversion().toServed(stored.object()))
                                        .orElseThrow(call::notFound))));
            case "update" -> Answer.later(() -> update(call));
            case "patch" -> Answer.later(() -> patch(call));
            default -> throw Call.notAllowed();
        };
    }

    /// A Scale, which has a Table of its own.
    private Response answered(Call call, ObjectNode scale) {
        Form form = call.form(true).checked(false);
        if (form.shape() != Form.Shape.TABLE) {
            return Answers.tree(call, 200, scale);
        }
        TableWriter table = new TableWriter(new ScaleKind().columns());
        TableWriter.Options options = Answers.options(call, form, true);
        byte[] bytes = table.one(scale, options, writes.clock().instant());
        return Answers.respond(call, 200, form, Unpooled.wrappedBuffer(bytes));
    }

    private static ObjectNode existing(Call call, JsonNode object) {
        if (call.resource().schema().custom() && !hasReplicas(call, object)) {
            throw StatusException.internal("the spec replicas field " + shownPath(call) + " does not exist");
        }
        return scale(call, object);
    }

    private static boolean hasReplicas(Call call, JsonNode object) {
        return Trees.at(object, paths(call).specReplicas().toArray(String[]::new))
                .isNumber();
    }

    private static String shownPath(Call call) {
        return "\"." + String.join(".", paths(call).specReplicas()) + "\"";
    }

    private static ScalePaths paths(Call call) {
        return call.resource().rules().scale();
    }

    /// The object's `Scale`.
    private static ObjectNode scale(Call call, JsonNode object) {
        ObjectNode scale = Json.MAPPER.createObjectNode();
        scale.put("kind", "Scale").put("apiVersion", API_VERSION);
        ObjectNode metadata = scale.putObject("metadata");
        for (String field : List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp")) {
            JsonNode value = object.path("metadata").get(field);
            if (value != null) {
                metadata.set(field, value);
            }
        }
        ScalePaths paths = call.resource().rules().scale();
        JsonNode replicas = Trees.at(object, paths.specReplicas().toArray(String[]::new));
        scale.putObject("spec").put("replicas", replicas.asInt(0));
        ObjectNode status = scale.putObject("status");
        status.put(
                "replicas",
                Trees.at(object, paths.statusReplicas().toArray(String[]::new)).asInt(0));
        String selector = call.resource().schema().custom()
                ? paths.selector()
                        .map(path -> Trees.text(object, path.toArray(String[]::new)))
                        .orElse("")
                : selector(call, object.path("spec").path("selector"));
        if (!selector.isEmpty()) {
            status.put("selector", selector);
        }
        return scale;
    }

    private static String selector(Call call, JsonNode selector) {
        if (!selector.isObject()) {
            return "";
        }
        ObjectNode form = Json.MAPPER.createObjectNode();
        if (call.resource().is("", "replicationcontrollers")) {
            form.set("matchLabels", selector);
        } else {
            form.setAll((ObjectNode) selector);
        }
        return LabelSelectors.of(Json.MAPPER.treeToValue(form, LabelSelector.class))
                .toString();
    }

    private Response update(Call call) {
        WriteOptions options = WriteOptions.of(call.request());
        Body body = bodies.read(call.request(), API_VERSION, "Scale");
        ObjectNode wanted = body.tree();
        checkType(wanted);
        wanted.put("apiVersion", API_VERSION).put("kind", "Scale");
        call.warnings().addAll(SCHEMA.decode(wanted, body, options.fieldValidation()));
        call.audit().body().accept(wanted, SCHEMA::applyDefaults);
        Metadata.checkName(call, wanted);
        return written(call, options, true, (current, again) -> {
            // A retry decides about what was sent, not about what the last try made of it.
            ObjectNode sent = wanted.deepCopy();
            SCHEMA.applyDefaults(sent);
            return sent;
        });
    }

    private static void checkType(ObjectNode wanted) {
        String kind = wanted.path("kind").asString("Scale");
        String version = wanted.path("apiVersion").asString(API_VERSION);
        if (!kind.equals("Scale")) {
            String last = version.substring(version.indexOf('/') + 1);
            throw StatusException.badRequest(kind + " in version \"" + last + "\" cannot be handled as a Scale: "
                    + "converting (" + last + "." + kind + ") to (autoscaling.Scale): unknown conversion");
        }
        if (!version.equals(API_VERSION)) {
            throw StatusException.badRequest("the API version in the data (" + version
                    + ") does not match the expected API version (" + API_VERSION + ")");
        }
    }

    private Response patch(Call call) {
        WriteOptions options = WriteOptions.of(call.request());
        if (Patches.type(call).equals(Patches.APPLY)) {
            return apply(call, options);
        }
        if (call.resource().schema().custom() && Patches.type(call).equals(Patches.STRATEGIC)) {
            throw PatchResult.unsupported(true);
        }
        PatchResult patch = PatchResult.of(call, SCHEMA);
        return written(call, options, true, (current, again) -> {
            ObjectNode patched = patch.of(call, current, again, options);
            Metadata.checkName(call, patched);
            SCHEMA.applyDefaults(patched);
            return patched;
        });
    }

    private Response apply(Call call, WriteOptions options) {
        Body body = io.gantry.api.decode.Bodies.yaml(call.request().body());
        ObjectNode configuration = body.tree();
        Patches.checkConfiguration(call, SCHEMA, configuration);
        Patches.decodeApplied(call, SCHEMA, body, options);
        FieldWriter writer = writes.writer(call, options);
        return written(
                call,
                options,
                false,
                (current, again) -> ServerSideApply.apply(SCHEMA, current, configuration, options.force(), writer));
    }

    /// Makes the wanted Scale.
    private interface Change {
        /// @param current may be changed
        /// @param again gives the current one once more
        ObjectNode apply(ObjectNode current, Supplier<ObjectNode> again);
    }

    /// @param tracked whether managed fields are noted from the difference
    private Response written(Call call, WriteOptions options, boolean tracked, Change change) {
        Writes.Written written = writes.unadmitted()
                .update(
                        call,
                        call.key(),
                        Writes.Part.MAIN,
                        current -> scaled(call, options, tracked, current, change),
                        options,
                        false);
        ObjectNode object = call.resource().conversion().toServed(written.object());
        return answered(call, scale(call, object));
    }

    private ObjectNode scaled(Call call, WriteOptions options, boolean tracked, ObjectNode object, Change change) {
        ScaleFields fields =
                new ScaleFields(call.resource().apiVersion(), paths(call).specReplicas());
        ObjectNode owned = owned(call, fields, object);
        ObjectNode wanted = change.apply(owned.deepCopy(), () -> owned(call, fields, object));
        ObjectNode old = scale(call, object);
        admit(call, wanted, old, options);
        if (tracked) {
            ManagedFields.trackUpdate(SCHEMA, owned, wanted, writes.writer(call, options));
        }
        check(call, wanted, object);
        String version = Metadata.text(wanted, "resourceVersion");
        if (!version.isEmpty()) {
            Metadata.of(object).put("resourceVersion", version);
        }
        List<String> path = paths(call).specReplicas();
        Trees.object(object, path.subList(0, path.size() - 1).toArray(String[]::new))
                .put(path.getLast(), wanted.path("spec").path("replicas").asInt(0));
        Metadata.of(object)
                .set(
                        "managedFields",
                        fields.toParent(
                                object.path("metadata").path("managedFields"),
                                wanted.path("metadata").path("managedFields")));
        return object;
    }

    /// The Scale with the owners of its replicas, and without replicas where the custom resource has none.
    private static ObjectNode owned(Call call, ScaleFields fields, ObjectNode object) {
        ObjectNode scale = scale(call, object);
        ArrayNode owners = fields.toScale(object.path("metadata").path("managedFields"));
        if (!owners.isEmpty()) {
            Metadata.of(scale).set("managedFields", owners);
        }
        if (call.resource().schema().custom() && !hasReplicas(call, object)) {
            scale.withObject("/spec").put("replicas", UNSET);
        }
        return scale;
    }

    private void admit(Call call, ObjectNode scale, ObjectNode old, WriteOptions options) {
        scale.put("apiVersion", API_VERSION).put("kind", "Scale");
        AdmissionAttributes attributes = call.admission(
                AdmissionAttributes.Operation.UPDATE,
                call.info().name(),
                options.dryRun(),
                options.tree("UpdateOptions"));
        writes.admission().mutate(attributes, scale, Optional.of(old));
        writes.admission().validate(attributes, scale, Optional.of(old));
    }

    private static void check(Call call, ObjectNode scale, ObjectNode object) {
        int replicas = scale.path("spec").path("replicas").asInt(0);
        if (call.resource().schema().custom()) {
            if (replicas == UNSET) {
                throw StatusException.badRequest("the spec replicas field " + shownPath(call) + " cannot be empty");
            }
            return;
        }
        String name = Metadata.text(object, "name");
        if (replicas < 0) {
            throw StatusException.invalid(
                    "autoscaling",
                    "Scale",
                    name,
                    List.of(new FieldError(
                            FieldError.Type.INVALID,
                            "spec.replicas",
                            "Invalid value: " + replicas + ": must be greater than or equal to 0")));
        }
        String uid = Metadata.text(scale, "uid");
        String now = Metadata.text(object, "uid");
        if (!uid.isEmpty() && !uid.equals(now)) {
            throw StatusException.conflict(
                    call.resource().group(),
                    call.resource().plural() + "/scale",
                    name,
                    "Precondition failed: UID in precondition: " + uid + ", UID in object meta: " + now);
        }
    }
}
