package io.gantry.apiserver.endpoint;

import io.gantry.api.StatusException;
import io.gantry.api.kind.FieldError;
import io.gantry.apiserver.http.Response;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/// `create` and `update` of objects, and `update` of their status.
final class Puts {
    private final Writes writes;
    private final Answers answers;
    private final Bodies bodies;

    Puts(Writes writes, Answers answers, Bodies bodies) {
        this.writes = writes;
        this.answers = answers;
        this.bodies = bodies;
    }

    /// The object of a PUT. A try changes it, so a further one decodes the body anew. Used by one thread.
    private static final class Replacement implements Writes.Change {
        private final Supplier<ObjectNode> decode;
        private Optional<ObjectNode> decoded;

        Replacement(ObjectNode decoded, Supplier<ObjectNode> decode) {
            this.decoded = Optional.of(decoded);
            this.decode = decode;
        }

        @Override
        public ObjectNode apply(ObjectNode current) {
            ObjectNode object = decoded.orElseGet(decode);
            decoded = Optional.empty();
            return object;
        }

        @Override
        public boolean replaces() {
            return true;
        }
    }

    Response create(Call call) {
        WriteOptions options = WriteOptions.of(call.request());
        Writes.Written written = writes.create(call, bodies.object(call, options), options, Writes.Creation.CREATE);
        return answers.stored(call, 201, written.bytes());
    }

    Response update(Call call, Writes.Part part) {
        WriteOptions options = WriteOptions.of(call.request());
        ObjectNode body = named(call, options);
        boolean unconditional = Metadata.expectedVersion(body).isEmpty();
        boolean mayCreate = part == Writes.Part.MAIN && call.resource().traits().createOnUpdate();
        if (mayCreate && call.storage().readCached(call.key()).isEmpty()) {
            String uid = Metadata.text(body, "uid");
            if (!uid.isEmpty()) {
                throw Preconditions.failed(call, "UID", uid, "");
            }
            call.creation().run();
            Writes.Written written = writes.create(call, body, options, Writes.Creation.REPLACE);
            return answers.stored(call, 201, written.bytes());
        }
        if (unconditional && !call.resource().traits().unconditionalUpdate()) {
            if (call.storage().readCached(call.key()).isEmpty()) {
                throw call.notFound();
            }
            throw unversioned(call);
        }
        Writes.Written written =
                writes.update(call, call.key(), part, new Replacement(body, () -> named(call, options)), options, true);
        return answers.stored(call, 200, written.bytes());
    }

    /// What is refused where an update must name a version. Upstream names the resource here, not the kind.
    static StatusException unversioned(Call call) {
        return StatusException.invalid(
                call.resource().group(),
                call.resource().plural(),
                call.info().name(),
                List.of(new FieldError(
                        FieldError.Type.INVALID,
                        "metadata.resourceVersion",
                        "Invalid value: 0: must be specified for an update")));
    }

    /// The body, which must have the name of the URL.
    private ObjectNode named(Call call, WriteOptions options) {
        ObjectNode body = bodies.object(call, options);
        Metadata.checkName(call, body);
        return body;
    }
}
