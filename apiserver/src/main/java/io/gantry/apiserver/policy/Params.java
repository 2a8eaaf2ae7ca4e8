package io.gantry.apiserver.policy;

import io.gantry.api.decode.Bodies;
import io.gantry.apiserver.registry.ResourceStorage;
import io.gantry.apiserver.registry.Resources;
import io.gantry.apiserver.registry.ServedResource;
import io.gantry.apiserver.registry.Stored;
import io.gantry.apiserver.watch.CachedObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Finds the parameters of policies. Thread-safe; may block at the first use of a kind.
final class Params {
    private final Resources resources;

    Params(Resources resources) {
        this.resources = resources;
    }

    /// The parameters with which a binding applies its policy; an empty one means "without", none means not at all.
    ///
    /// @param kind the policy's `paramKind`, empty without one
    /// @throws PolicyFailure when they cannot be found and must be there
    List<Optional<ObjectNode>> collect(Optional<ParamKind> kind, Binding binding, String namespace)
            throws PolicyFailure {
        if (kind.isEmpty()) {
            return List.of(Optional.empty());
        }
        ServedResource resource = resource(kind.get());
        if (binding.params().isEmpty()) {
            return List.of(Optional.empty());
        }
        Binding.ParamRef ref = binding.params().get();
        List<Optional<ObjectNode>> found = find(resource, ref, namespaceOf(resource, ref, namespace));
        if (found.isEmpty() && ref.denies()) {
            throw new PolicyFailure("no params found for policy binding with `Deny` parameterNotFoundAction");
        }
        return found;
    }

    /// Checks that a policy's parameters are of a kind that is served.
    void check(Optional<ParamKind> kind) throws PolicyFailure {
        if (kind.isPresent()) {
            resource(kind.get());
        }
    }

    private ServedResource resource(ParamKind kind) throws PolicyFailure {
        return resources.all().stream()
                .filter(kind::is)
                .findFirst()
                .orElseThrow(() ->
                        new PolicyFailure("failed to find resource referenced by paramKind: '" + kind.shown() + "'"));
    }

    private static String namespaceOf(ServedResource resource, Binding.ParamRef ref, String namespace)
            throws PolicyFailure {
        if (!resource.namespaced()) {
            if (!ref.namespace().isEmpty()) {
                throw new PolicyFailure("paramRef.namespace must not be provided for a cluster-scoped `paramKind`");
            }
            return "";
        }
        String wanted = ref.namespace().isEmpty() ? namespace : ref.namespace();
        if (wanted.isEmpty()) {
            throw new PolicyFailure(
                    "cannot use namespaced paramRef in policy binding that matches cluster-scoped resources");
        }
        return wanted;
    }

    private static List<Optional<ObjectNode>> find(ServedResource resource, Binding.ParamRef ref, String namespace) {
        ResourceStorage storage = resource.storage().orElseThrow();
        if (!ref.name().isEmpty()) {
            // A parameter counts from the moment its creation was answered: the store knows it before the cache does.
            String key = ResourceStorage.key(namespace, ref.name());
            storage.cache().load();
            return storage.readCached(key).or(() -> storage.read(key)).map(Stored::object).stream()
                    .map(object -> Optional.of(served(resource, object.deepCopy())))
                    .toList();
        }
        storage.cache().load();
        String prefix = namespace.isEmpty() ? "" : namespace + "/";
        List<Optional<ObjectNode>> selected = new ArrayList<>();
        for (CachedObject object : storage.cache().snapshot().objects().range(prefix, prefix)) {
            if (ref.selector().filter(s -> s.matches(object.labels())).isPresent()) {
                selected.add(Optional.of(served(resource, Bodies.stored(object.json()))));
            }
        }
        return selected;
    }

    private static ObjectNode served(ServedResource resource, ObjectNode stored) {
        return resource.conversion().toServed(stored);
    }
}
