package io.gantry.apiserver.policy;

import io.gantry.apiserver.objects.Trees;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A policy that is compiled at its first use. Thread-safe.
final class LazyPolicy {
    private final ObjectNode object;
    private final String name;
    private final boolean ignoresFailure;
    private final MatchRules rules;
    private final Optional<ParamKind> paramKind;
    private volatile @Nullable CompiledPolicy compiled;

    LazyPolicy(ObjectNode object) {
        this.object = object;
        this.name = Trees.name(object);
        this.ignoresFailure = Trees.text(object, "spec", "failurePolicy").equals("Ignore");
        this.rules = MatchRules.of(object.path("spec").path("matchConstraints"));
        this.paramKind = ParamKind.of(object.path("spec"));
    }

    ObjectNode object() {
        return object;
    }

    String name() {
        return name;
    }

    boolean ignoresFailure() {
        return ignoresFailure;
    }

    MatchRules rules() {
        return rules;
    }

    Optional<ParamKind> paramKind() {
        return paramKind;
    }

    CompiledPolicy compiled() {
        CompiledPolicy known = compiled;
        if (known == null) {
            synchronized (this) {
                known = compiled;
                if (known == null) {
                    known = PolicyCompiler.compile(object);
                    compiled = known;
                }
            }
        }
        return known;
    }
}
