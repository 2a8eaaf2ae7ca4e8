package io.gantry.apiserver.endpoint;

import io.gantry.api.schema.ResourceSchema;
import io.gantry.apiserver.admission.AdmissionAttributes;
import io.gantry.apiserver.authn.UserInfo;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/// Objects that are posted and answered, and not kept: reviews and token requests.
public final class Posts {
    private Posts() {}

    /// How one kind is answered.
    ///
    /// @param schema of the body
    public record Post(ResourceSchema schema, Answering answering) {}

    /// Answers a body; may block.
    public interface Answering {
        /// @param namespace and `name`: of the request path, empty without
        /// @param warnings takes what the client is to be warned of
        /// @throws io.gantry.api.StatusException refuses
        ObjectNode answer(UserInfo user, String namespace, String name, ObjectNode body, Consumer<String> warnings);
    }

    /// The posts as the endpoints take them, by the same keys.
    public static Map<String, Verbs.Subresource> of(Map<String, Post> posts, WriteSteps steps) {
        Map<String, Verbs.Subresource> all = new HashMap<>();
        posts.forEach((key, post) -> all.put(
                key,
                call -> Subresources.post(call, () -> {
                    WriteOptions options = WriteOptions.of(call.request());
                    ObjectNode body = steps.bodies().other(call, post.schema(), Set.of());
                    AdmissionAttributes attributes = call.admission(
                            AdmissionAttributes.Operation.CREATE,
                            call.info().name(),
                            options.dryRun(),
                            options.tree("CreateOptions"));
                    steps.admission().mutate(attributes, body, Optional.empty());
                    steps.admission().validate(attributes, body, Optional.empty());
                    ObjectNode answer = post.answering()
                            .answer(
                                    call.user(),
                                    call.info().namespace(),
                                    call.info().name(),
                                    body,
                                    call.warnings()::add);
                    answer.put("apiVersion", post.schema().apiVersion())
                            .put("kind", post.schema().kind());
                    return Answers.tree(call, 201, answer);
                })));
        return all;
    }
}
