package io.gantry.apiserver.endpoint;

import io.gantry.api.StatusException;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.ObjectMetaRules;
import io.gantry.api.managedfields.FieldWriter;
import io.gantry.api.managedfields.ManagedFields;
import io.gantry.apiserver.admission.AdmissionAttributes;
import io.gantry.apiserver.registry.ResourceRules;
import io.gantry.apiserver.registry.ResourceStorage;
import io.gantry.apiserver.registry.ServedResource;
import io.gantry.apiserver.registry.Stored;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// The way of a write: default → admit → validate → admit → conditional write. Blocks; runs on the request's thread.
final class Writes {
    private static final int NAME_ATTEMPTS = 8;

    /// How long a change that names no version is tried again when others write the same object: as upstream's store,
    /// until the request's time is up (`apiserver/pkg/storage/etcd3`, `GuaranteedUpdate`; a request has a minute).
    private static final Duration CONFLICT_PATIENCE = Duration.ofSeconds(50);

    static final String MODIFIED =
            "the object has been modified; please apply your changes to the latest version and try again";

    /// What of an object a write concerns.
    enum Part {
        /// All but the status of a kind that has a status subresource.
        MAIN,
        /// The status.
        STATUS,
        /// Everything that the change sets, as subresources with their own rules do.
        ANY,
        /// The same, and the generation stays: a pod that gets its node is as its owner wanted it.
        UNCOUNTED
    }

    /// How an object comes to be.
    enum Creation {
        /// Somebody creates it: it must not name a version.
        CREATE,
        /// Somebody replaces what is not there. Whatever version is named, as upstream, where only its store's `Create`
        /// refuses one.
        REPLACE,
        /// Somebody applies what is not there. As [#REPLACE]: clients name a version so that the apply creates and does
        /// not change. The managed fields are the apply's own.
        APPLY
    }

    /// Makes the desired object from the current one; called again after a conflict.
    interface Change {
        /// @param current a copy that may be changed and returned, in the served version
        ObjectNode apply(ObjectNode current);

        /// Whether the current object is not looked at: then it is no copy and must not be changed.
        default boolean replaces() {
            return false;
        }
    }

    /// What came of a write.
    ///
    /// @param bytes the object in its stored version
    /// @param object the object in its stored version
    @SuppressWarnings("ArrayRecordComponent")
    record Written(byte[] bytes, ObjectNode object, boolean created) {}

    private final AdmissionChain admission;
    private final Map<String, WriteHook> hooks;
    private final InstantSource clock;
    private final Budgets budgets;

    Writes(AdmissionChain admission, Map<String, WriteHook> hooks, InstantSource clock, Budgets budgets) {
        this.budgets = budgets;
        this.admission = admission;
        this.hooks = Map.copyOf(hooks);
        this.clock = clock;
    }

    AdmissionChain admission() {
        return admission;
    }

    /// The same without admission, for subresources that admit an object of their own.
    Writes unadmitted() {
        return new Writes(AdmissionChain.NONE, hooks, clock, budgets);
    }

    InstantSource clock() {
        return clock;
    }

    Budgets budgets() {
        return budgets;
    }

    WriteHook hook(ServedResource resource) {
        return hooks.getOrDefault(resource.groupResource(), WriteHook.NONE);
    }

    /// Creates.
    ///
    /// @param object decoded and conforming; is changed
    /// @throws StatusException for whatever is wrong with the object, and where one of its name exists
    Written create(Call call, ObjectNode object, WriteOptions options, Creation creation) {
        ServedResource resource = call.resource();
        resource.rules().checkCreatable();
        Metadata.checkNamespace(call, object);
        Metadata.wipe(object);
        resource.rules().defaults(object);
        OwnerReferences.sent(call, object);
        if (creation != Creation.APPLY) {
            // What admission adds belongs to nobody (upstream `createHandler`).
            ManagedFields.trackCreate(resource.schema(), object, writer(call, options));
        }
        AdmissionAttributes attributes = call.admission(
                AdmissionAttributes.Operation.CREATE,
                Metadata.text(object, "name"),
                options.dryRun(),
                options.tree("CreateOptions"));
        prepare(call, object, attributes);
        for (int attempt = 1; ; attempt++) {
            // Only a made-up name can be tried again.
            ObjectNode candidate = Metadata.text(object, "name").isEmpty() ? object.deepCopy() : object;
            boolean generated = Metadata.generateName(candidate);
            resource.rules().prepareForCreate(candidate);
            try {
                return createNamed(call, candidate, attributes, options, creation);
            } catch (StatusException e) {
                if (!generated || !e.isAlreadyExists() || attempt == NAME_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /// Makes of what was sent what is to be stored, but for its name.
    private void prepare(Call call, ObjectNode object, AdmissionAttributes attributes) {
        ServedResource resource = call.resource();
        admission.mutate(attributes, object, Optional.empty());
        OwnerReferences.mutated(call, object);
        if (resource.hasSubresource("status") && !resource.traits().keepsStatusOnCreate()) {
            // Neither the client's nor what a webhook makes of it (upstream `PrepareForCreate`).
            object.remove("status");
        }
        resource.rules().defaults(object);
        Metadata.created(
                object, resource.traits().generation() || resource.schema().custom(), clock.instant());
        call.warnings().addAll(resource.rules().preparationWarnings(object));
    }

    private Written createNamed(
            Call call, ObjectNode object, AdmissionAttributes attributes, WriteOptions options, Creation creation) {
        ServedResource resource = call.resource();
        WriteHook.Completion completion = hook(resource).before(call, object, Optional.empty(), options.dryRun());
        boolean done = false;
        try {
            validateNew(call, object);
            admission.validate(attributes, object, Optional.empty());
            if (!options.dryRun()) {
                unversioned(object, creation);
            }
            ObjectNode stored = resource.conversion().toStored(object);
            byte[] bytes = store(call, stored, options);
            done = !options.dryRun();
            return new Written(bytes, stored, true);
        } finally {
            completion.done(done);
        }
    }

    /// As late as the store's own refusal upstream: admission has its say first, and a dry run, which never comes to
    /// the store, is not refused. Zero is no version, nor is what is no number.
    private static void unversioned(ObjectNode object, Creation creation) {
        if (creation == Creation.CREATE && Metadata.isVersion(Metadata.text(object, "resourceVersion"))) {
            throw StatusException.badRequest("resourceVersion should not be set on objects to be created");
        }
        Metadata.of(object).remove("resourceVersion");
    }

    private static void validateNew(Call call, ObjectNode object) {
        ServedResource resource = call.resource();
        FieldErrors errors = new FieldErrors();
        ObjectMetaRules.validate(
                object.path("metadata"), resource.namespaced(), resource.group(), resource.kind(), errors);
        resource.rules().validate(object, errors);
        refuse(resource, object, errors);
        call.warnings().addAll(resource.rules().warnings(object, Optional.empty()));
    }

    private static byte[] store(Call call, ObjectNode stored, WriteOptions options) {
        ResourceStorage storage = call.storage();
        String name = Metadata.text(stored, "name");
        String key = ResourceStorage.key(call.namespace(), name);
        if (options.dryRun()) {
            if (storage.read(key).isPresent()) {
                throw StatusException.alreadyExists(
                        call.resource().group(), call.resource().plural(), name);
            }
            return storage.encode(stored);
        }
        return storage.create(key, stored, call.resource().traits().ttlSeconds());
    }

    /// Who writes, and which fields are not counted as the writer's: those that the endpoint sets back.
    FieldWriter writer(Call call, WriteOptions options) {
        String subresource = call.info().subresource();
        Set<String> reset = subresource.isEmpty() && call.resource().hasSubresource("status")
                ? Set.of("status")
                : subresource.equals("status") ? StatusMetadata.resetFields(call.resource()) : Set.of();
        if (subresource.equals("scale")) {
            return new FieldWriter(options.fieldManager(), subresource, clock.instant(), reset);
        }
        ResourceRules rules = call.resource().rules();
        return new FieldWriter(
                options.fieldManager(), subresource, clock.instant(), reset, rules.versions(), rules::alike);
    }

    /// @throws StatusException invalid, where there are errors
    static void refuse(ServedResource resource, ObjectNode object, FieldErrors errors) {
        if (!errors.isEmpty()) {
            throw StatusException.invalid(
                    resource.group(), resource.kind(), Metadata.text(object, "name"), errors.all());
        }
    }

    /// Changes an object that exists.
    ///
    /// @param key below the resource's prefix
    /// @param tracked whether managed fields are noted from the difference (an apply has its own)
    /// @throws StatusException not found, for whatever is wrong with the change, or a conflict: where it names a
    ///     version, or others write the object faster than it is tried again
    Written update(Call call, String key, Part part, Change change, WriteOptions options, boolean tracked) {
        ResourceStorage storage = call.storage();
        long begun = System.nanoTime();
        boolean fresh = false;
        while (true) {
            Optional<Stored> found = fresh ? storage.read(key) : storage.readCached(key);
            Stored read = found.orElseThrow(call::notFound);
            try {
                Optional<Written> written = attempt(call, read, part, change, options, tracked);
                if (written.isPresent()) {
                    return written.get();
                }
            } catch (StatusException e) {
                if (fresh || storage.isNewest(read)) {
                    throw e;
                }
            }
            if (System.nanoTime() - begun > CONFLICT_PATIENCE.toNanos()) {
                throw conflict(call, MODIFIED);
            }
            fresh = true;
        }
    }

    /// What is thrown when others wrote the object first.
    static StatusException conflict(Call call, String why) {
        return StatusException.conflict(
                call.resource().group(), call.resource().plural(), call.info().name(), why);
    }

    /// One try; empty when somebody else wrote in between and it may be tried again.
    private Optional<Written> attempt(
            Call call, Stored read, Part part, Change change, WriteOptions options, boolean tracked) {
        ServedResource resource = call.resource();
        ObjectNode old = resource.conversion().identity()
                ? read.object()
                : resource.conversion().toServed(read.object().deepCopy());
        ObjectNode object = change.replaces() ? change.apply(old) : change.apply(old.deepCopy());
        UpdateRules.checkIdentity(call, object, old);
        boolean put = call.request().head().method().equals("PUT");
        if (put) {
            OwnerReferences.sent(call, object);
        }
        boolean pinned = put && !Metadata.expectedVersion(object).isEmpty();
        Metadata.of(object).put("resourceVersion", Long.toString(read.revision()));
        AdmissionAttributes attributes = call.admission(
                AdmissionAttributes.Operation.UPDATE,
                Metadata.text(old, "name"),
                options.dryRun(),
                options.tree("UpdateOptions"));
        resource.rules().defaults(object);
        if (tracked) {
            // What admission, the kind's rules and allocation do to it belongs to nobody (upstream `UpdateResource`).
            ManagedFields.trackUpdate(resource.schema(), old, object, writer(call, options));
        }
        admission.mutate(attributes, object, Optional.of(old));
        OwnerReferences.mutated(call, object);
        resource.rules().defaults(object);
        UpdateRules.keep(resource, part, object, old);
        WriteHook.Completion completion = hook(resource).before(call, object, Optional.of(old), options.dryRun());
        boolean done = false;
        try {
            UpdateRules.validate(call, part, object, old);
            admission.validate(attributes, object, Optional.of(old));
            Optional<Written> written = write(call, read, object, options);
            done = written.isPresent() && !options.dryRun();
            if (written.isEmpty() && pinned) {
                throw conflict(call, MODIFIED);
            }
            return written;
        } finally {
            completion.done(done);
        }
    }

    private Optional<Written> write(Call call, Stored read, ObjectNode object, WriteOptions options) {
        ResourceStorage storage = call.storage();
        ObjectNode stored = call.resource().conversion().toStored(object);
        boolean same = Sameness.holds(stored, read.object());
        if (same || options.dryRun()) {
            // no conditional write shows whether the cache was behind (upstream's GuaranteedUpdate asks anew, too)
            ObjectNode answer = same ? read.object() : stored;
            return storage.isNewest(read)
                    ? Optional.of(new Written(storage.encode(answer), answer, false))
                    : Optional.empty();
        }
        if (Deletions.isComplete(call.resource(), stored)) {
            if (!storage.delete(read)) {
                return Optional.empty();
            }
            hook(call.resource()).deleted(stored);
            return Optional.of(new Written(storage.encode(stored), stored, false));
        }
        return storage.update(read, stored, call.resource().traits().ttlSeconds())
                .map(bytes -> new Written(bytes, stored, false));
    }
}
