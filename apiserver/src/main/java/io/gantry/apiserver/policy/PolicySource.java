package io.gantry.apiserver.policy;

import io.gantry.api.kind.Kind;
import io.gantry.apiserver.objects.FollowedObjects;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.apiserver.objects.Trees;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// The policies of a sort with their bindings, as they change. Policies are compiled when a request meets them first.
/// Thread-safe.
final class PolicySource {
    /// A policy that is bound.
    record Hook(LazyPolicy policy, List<Binding> bindings) {}

    private record Snapshot(List<ObjectNode> policies, List<ObjectNode> bindings, List<Hook> hooks) {}

    private final FollowedObjects<ObjectNode> policies;
    private final FollowedObjects<ObjectNode> bindings;
    private volatile Snapshot snapshot = new Snapshot(List.of(), List.of(), List.of());

    PolicySource(ObjectReader reader, Kind<?> policy, Kind<?> binding) {
        this.policies = FollowedObjects.of(reader, policy);
        this.bindings = FollowedObjects.of(reader, binding);
    }

    /// All bound policies in the order of their names.
    @SuppressWarnings("ReferenceEquality") // lists are replaced when something changes
    List<Hook> hooks() {
        List<ObjectNode> policiesNow = policies.all();
        List<ObjectNode> bindingsNow = bindings.all();
        Snapshot known = snapshot;
        if (known.policies == policiesNow && known.bindings == bindingsNow) {
            return known.hooks;
        }
        return refresh(policiesNow, bindingsNow);
    }

    /// Whether it is known that no policy is bound.
    boolean isEmpty() {
        return policies.isEmpty() || bindings.isEmpty();
    }

    private synchronized List<Hook> refresh(List<ObjectNode> policiesNow, List<ObjectNode> bindingsNow) {
        Map<ObjectNode, LazyPolicy> compiled = new IdentityHashMap<>();
        snapshot.hooks.forEach(hook -> compiled.put(hook.policy.object(), hook.policy));
        Map<String, List<Binding>> byPolicy = new HashMap<>();
        for (ObjectNode binding : bindingsNow) {
            byPolicy.computeIfAbsent(Trees.text(binding, "spec", "policyName"), name -> new ArrayList<>())
                    .add(Binding.of(binding));
        }
        List<Hook> hooks = new ArrayList<>();
        for (ObjectNode policy : policiesNow) {
            List<Binding> bound = byPolicy.getOrDefault(Trees.name(policy), List.of());
            if (!bound.isEmpty()) {
                LazyPolicy known = compiled.get(policy);
                hooks.add(new Hook(known == null ? new LazyPolicy(policy) : known, bound));
            }
        }
        snapshot = new Snapshot(policiesNow, bindingsNow, List.copyOf(hooks));
        return snapshot.hooks;
    }
}
