package io.gantry.apiserver.endpoint;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.apiserver.admission.AdmissionAttributes;
import io.gantry.apiserver.http.Response;
import io.gantry.apiserver.negotiation.Form;
import io.gantry.apiserver.registry.Stored;
import io.gantry.apiserver.registry.TreeText;
import io.gantry.apiserver.watch.Selection;
import io.gantry.component.VirtualThreads;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.node.ObjectNode;

/// `delete` and `deletecollection`.
final class Deletes {
    private static final int ATTEMPTS = 10;
    private static final int COLLECTION_WORKERS = 64;
    /// What an answer lists of what was deleted: their old versions are kept until then.
    private static final long LISTED_BYTES = 32L << 20;

    private final Writes writes;
    private final Answers answers;
    private final Bodies bodies;

    Deletes(Writes writes, Answers answers, Bodies bodies) {
        this.writes = writes;
        this.answers = answers;
        this.bodies = bodies;
    }

    /// The same without admission, for an eviction, which was admitted itself.
    Deletes unadmitted() {
        return new Deletes(writes.unadmitted(), answers, bodies);
    }

    /// What a deletion did.
    ///
    /// @param gone whether the object is away
    record Outcome(ObjectNode object, boolean gone) {}

    private static final String JOBS_KEEP_PODS =
            "child pods are preserved by default when jobs are deleted; set propagationPolicy=Background to remove them "
                    + "or set propagationPolicy=Orphan to suppress this warning";

    private DeleteOptions options(Call call) {
        DeleteOptions options = DeleteOptions.of(call, bodies);
        if (options.propagation().isEmpty() && call.resource().is("batch", "jobs")) {
            call.warnings().add(JOBS_KEEP_PODS);
        }
        return options;
    }

    Response delete(Call call) {
        DeleteOptions options = options(call);
        Outcome outcome = delete(call, call.key(), options);
        int status = !outcome.gone() && options.cascadeAsked() ? 202 : 200;
        if (!outcome.gone() || call.resource().traits().returnsDeleted()) {
            ObjectNode served = call.resource().conversion().toServed(outcome.object());
            return answers.object(call, status, Json.MAPPER.writeValueAsBytes(served));
        }
        return Answers.respond(
                call,
                status,
                new Form(Form.Shape.OBJECT, "", call.form(true).encoding()),
                Unpooled.wrappedBuffer(TreeText.of(success(call, outcome.object()))));
    }

    private static ObjectNode success(Call call, ObjectNode object) {
        ObjectNode status = Json.MAPPER.createObjectNode();
        status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
        status.put("status", "Success");
        ObjectNode details = status.putObject("details");
        details.put("name", Metadata.text(object, "name"));
        if (!call.resource().group().isEmpty()) {
            details.put("group", call.resource().group());
        }
        details.put("kind", call.resource().plural());
        details.put("uid", Metadata.text(object, "uid"));
        return status;
    }

    /// Deletes one object, or begins to.
    ///
    /// @param key below the resource's prefix
    Outcome delete(Call call, String key, DeleteOptions options) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Stored read = (attempt == 1
                            ? call.storage().readCached(key)
                            : call.storage().read(key))
                    .orElseThrow(call::notFound);
            try {
                Optional<Outcome> outcome = attempt(call, read, options);
                if (outcome.isPresent()) {
                    return outcome.get();
                }
            } catch (StatusException e) {
                if (attempt > 1 || call.storage().isNewest(read)) {
                    throw e;
                }
            }
        }
        throw Writes.conflict(call, Writes.MODIFIED);
    }

    private Optional<Outcome> attempt(Call call, Stored read, DeleteOptions options) {
        Preconditions.check(call, read.object(), options);
        ObjectNode object = copied(read.object());
        Deletions.Step step =
                Deletions.begin(call.resource(), object, options, writes.clock().instant());
        if (step == Deletions.Step.PENDING) {
            return call.storage().isNewest(read) ? Optional.of(new Outcome(read.object(), false)) : Optional.empty();
        }
        admit(call, read, options);
        if (options.dryRun()) {
            boolean gone = step != Deletions.Step.MARK;
            return Optional.of(new Outcome(step == Deletions.Step.REMOVE ? read.object() : object, gone));
        }
        return write(call, read, step, object);
    }

    private void admit(Call call, Stored read, DeleteOptions options) {
        ObjectNode old = call.resource().conversion().identity()
                ? read.object()
                : call.resource().conversion().toServed(read.object().deepCopy());
        AdmissionAttributes attributes = call.admission(
                AdmissionAttributes.Operation.DELETE, Metadata.text(old, "name"), options.dryRun(), options.tree());
        ObjectNode none = Json.MAPPER.createObjectNode();
        writes.admission().mutate(attributes, none, Optional.of(old));
        writes.admission().validate(attributes, none, Optional.of(old));
    }

    /// Empty when somebody else wrote in between.
    private Optional<Outcome> write(Call call, Stored read, Deletions.Step step, ObjectNode object) {
        return switch (step) {
            case REMOVE -> call.storage().delete(read) ? gone(call, read.object()) : Optional.empty();
            case MARK_AND_REMOVE ->
                call.storage().replaceAndDelete(read, object) ? gone(call, object) : Optional.empty();
            case MARK, PENDING ->
                Metadata.isDeleting(read.object()) && object.equals(read.object())
                        ? Optional.of(new Outcome(object, false))
                        : call.storage()
                                .update(read, object, call.resource().traits().ttlSeconds())
                                .map(bytes -> new Outcome(object, false));
        };
    }

    private Optional<Outcome> gone(Call call, ObjectNode last) {
        writes.hook(call.resource()).deleted(last);
        return Optional.of(new Outcome(last, true));
    }

    /// What a deletion may change without changing the original: metadata, and of an object that does something the
    /// rest.
    private static ObjectNode copied(ObjectNode object) {
        if (object.has("spec") || object.has("status") || !(object.get("metadata") instanceof ObjectNode metadata)) {
            return object.deepCopy();
        }
        ObjectNode light = object.objectNode();
        light.setAll(metadata);
        ObjectNode shallow = object.objectNode();
        shallow.setAll(object);
        shallow.set("metadata", light);
        return shallow;
    }

    /// Deletes what the selectors select, or as much of it as a limit allows.
    ///
    /// @param reads what chooses it, as for a list
    Response deleteCollection(Call call, Reads reads) throws InterruptedException {
        ListQuery query = ListQuery.of(call);
        Selection selection = Selections.of(call);
        DeleteOptions options = options(call);
        call.storage().cache().load();
        // Lets go of the objects there were before anything is deleted.
        Chosen chosen = Chosen.of(reads.chosen(call, query, selection), LISTED_BYTES);
        deleteAll(call, chosen.keys(), options);
        return Answers.respond(
                call,
                200,
                new Form(Form.Shape.OBJECT, "", call.form(true).encoding()),
                Reads.listBytes(
                        call, call.form(true), Answers.served(call.resource(), chosen.listed()), chosen.answered()));
    }

    /// Deletes them, several at a time, so that their writes become durable together.
    ///
    /// @throws StatusException the first refusal, after which none is begun
    private void deleteAll(Call call, List<String> chosen, DeleteOptions options) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        AtomicReference<RuntimeException> refusal = new AtomicReference<>();
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < Math.min(COLLECTION_WORKERS, chosen.size()); i++) {
            workers.add(VirtualThreads.background().name("delete-collection").start(() -> {
                for (int at = next.getAndIncrement();
                        at < chosen.size() && refusal.get() == null;
                        at = next.getAndIncrement()) {
                    deleteIfThere(call, chosen.get(at), options, refusal);
                }
            }));
        }
        for (Thread worker : workers) {
            worker.join();
        }
        if (refusal.get() != null) {
            throw refusal.get();
        }
    }

    private void deleteIfThere(
            Call call, String key, DeleteOptions options, AtomicReference<RuntimeException> refusal) {
        try {
            delete(call, key, options);
        } catch (StatusException e) {
            if (!e.isNotFound()) {
                refusal.compareAndSet(null, e);
            }
        } catch (RuntimeException e) {
            refusal.compareAndSet(null, e);
        }
    }
}
