package io.gantry.cel.library;

import io.gantry.cel.value.Opaque;

/// Questions to the authorizer, as CEL builds them step by step.
public final class AuthorizerValues {
    static final String AUTHORIZER = "kubernetes.authorization.Authorizer";
    static final String PATH_CHECK = "kubernetes.authorization.PathCheck";
    static final String GROUP_CHECK = "kubernetes.authorization.GroupCheck";
    static final String RESOURCE_CHECK = "kubernetes.authorization.ResourceCheck";
    static final String DECISION = "kubernetes.authorization.Decision";

    private AuthorizerValues() {}

    /// `authorizer`
    public record Asking(Access access) implements Opaque {
        @Override
        public String typeName() {
            return AUTHORIZER;
        }
    }

    record PathCheck(Asking asking, String path) implements Opaque {
        @Override
        public String typeName() {
            return PATH_CHECK;
        }
    }

    record GroupCheck(Asking asking, String group) implements Opaque {
        @Override
        public String typeName() {
            return GROUP_CHECK;
        }
    }

    /// `authorizer.requestResource`, or what `group().resource()` made.
    public record ResourceCheck(
            Asking asking,
            String group,
            String resource,
            String subresource,
            String namespace,
            String name,
            String fieldSelector,
            String labelSelector)
            implements Opaque {
        ResourceCheck withSubresource(String other) {
            return new ResourceCheck(asking, group, resource, other, namespace, name, fieldSelector, labelSelector);
        }

        ResourceCheck withNamespace(String other) {
            return new ResourceCheck(asking, group, resource, subresource, other, name, fieldSelector, labelSelector);
        }

        ResourceCheck withName(String other) {
            return new ResourceCheck(
                    asking, group, resource, subresource, namespace, other, fieldSelector, labelSelector);
        }

        ResourceCheck withFieldSelector(String other) {
            return new ResourceCheck(asking, group, resource, subresource, namespace, name, other, labelSelector);
        }

        ResourceCheck withLabelSelector(String other) {
            return new ResourceCheck(asking, group, resource, subresource, namespace, name, fieldSelector, other);
        }

        @Override
        public String typeName() {
            return RESOURCE_CHECK;
        }
    }

    record Decided(Access.Answer answer) implements Opaque {
        @Override
        public String typeName() {
            return DECISION;
        }
    }
}
