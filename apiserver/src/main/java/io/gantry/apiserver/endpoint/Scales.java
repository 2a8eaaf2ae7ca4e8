package io.gantry.apiserver.endpoint;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.autoscaling.v1.scale.ScaleKind;
import io.gantry.api.decode.Body;
import io.gantry.api.kind.FieldError;
import io.gantry.api.meta.v1.LabelSelector;
import io.gantry.api.patch.JsonPatch;
import io.gantry.api.patch.MergePatch;
import io.gantry.api.selector.LabelSelectors;
import io.gantry.apiserver.admission.AdmissionAttributes;
import io.gantry.apiserver.http.Answer;
import io.gantry.apiserver.http.Response;
import io.gantry.apiserver.negotiation.Form;
import io.gantry.apiserver.objects.Trees;
import io.gantry.apiserver.registry.ScalePaths;
import io.gantry.apiserver.registry.Stored;
import io.gantry.apiserver.table.TableWriter;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The `scale` subresource of kinds with `spec.replicas`.
final class Scales {
    private static final String API_VERSION = "autoscaling/v1";

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
                        scale(
                                call,
                                call.storage()
                                        .read(call.key())
                                        .map(Stored::object)
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
        if (call.resource().schema().custom() && !replicas.isNumber()) {
            throw StatusException.internal(
                    "the spec replicas field \"." + String.join(".", paths.specReplicas()) + "\" does not exist");
        }
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
        String kind = wanted.path("kind").asString("Scale");
        if (!kind.equals("Scale")) {
            throw StatusException.badRequest("expected input object type to be Scale, but " + kind);
        }
        return written(call, options, current -> wanted);
    }

    private Response patch(Call call) {
        WriteOptions options = WriteOptions.of(call.request());
        byte[] body = call.request().body();
        return switch (Patches.type(call)) {
            case Patches.JSON -> {
                JsonPatch patch = JsonPatch.parse(body);
                yield written(call, options, scale -> object(patch.apply(scale)));
            }
            case Patches.MERGE, Patches.STRATEGIC, Patches.APPLY -> {
                ObjectNode patch = io.gantry.api.decode.Bodies.yaml(body).tree();
                yield written(call, options, scale -> object(MergePatch.apply(scale, patch)));
            }
            default -> throw StatusException.unsupportedMediaType("the body of the request was in an unknown format");
        };
    }

    private static ObjectNode object(JsonNode tree) {
        if (tree instanceof ObjectNode object) {
            return object;
        }
        throw StatusException.badRequest("the patch does not leave an object");
    }

    private Response written(Call call, WriteOptions options, Writes.Change toScale) {
        Writes.Written written = writes.unadmitted()
                .update(
                        call,
                        call.key(),
                        Writes.Part.MAIN,
                        current -> {
                            ObjectNode wanted = toScale.apply(scale(call, current));
                            checkReplicas(wanted);
                            admit(call, wanted, scale(call, current), options);
                            String version = Metadata.text(wanted, "resourceVersion");
                            if (!version.isEmpty()) {
                                Metadata.of(current).put("resourceVersion", version);
                            }
                            List<String> path = call.resource().rules().scale().specReplicas();
                            Trees.object(
                                            current,
                                            path.subList(0, path.size() - 1).toArray(String[]::new))
                                    .put(
                                            path.getLast(),
                                            wanted.path("spec").path("replicas").asInt(0));
                            return current;
                        },
                        options,
                        true);
        ObjectNode object = call.resource().conversion().toServed(written.object());
        return answered(call, scale(call, object));
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

    private static void checkReplicas(JsonNode scale) {
        int replicas = scale.path("spec").path("replicas").asInt(0);
        if (replicas < 0) {
            throw StatusException.invalid(
                    "autoscaling",
                    "Scale",
                    Metadata.text(scale, "name"),
                    List.of(new FieldError(
                            FieldError.Type.INVALID,
                            "spec.replicas",
                            "Invalid value: " + replicas + ": must be greater than or equal to 0")));
        }
    }
}
