package io.gantry.testing;

import io.gantry.client.ApiClient;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/// What [Gantry] does. A cluster starts when the first test asks for something of it, and is closed by
/// JUnit with the scope it belongs to.
public final class GantryExtension implements ParameterResolver {
    private static final ExtensionContext.Namespace STORE = ExtensionContext.Namespace.create(GantryExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == GantryCluster.class || type == ApiClient.class || parameter.isAnnotated(FromGantry.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        GantryCluster cluster = cluster(context);
        Class<?> type = parameter.getParameter().getType();
        if (type == GantryCluster.class) {
            return cluster;
        }
        if (type == ApiClient.class) {
            return cluster.client();
        }
        FromGantry.Value value = parameter
                .findAnnotation(FromGantry.class)
                .orElseThrow(() -> new ParameterResolutionException("no @FromGantry"))
                .value();
        if (type == Path.class && value == FromGantry.Value.KUBECONFIG) {
            return cluster.kubeconfigFile();
        }
        if (type != String.class) {
            throw new ParameterResolutionException(value + " is no " + type.getSimpleName());
        }
        return switch (value) {
            case KUBECONFIG -> cluster.kubeconfig();
            case SERVER -> cluster.server();
            case CERTIFICATE_AUTHORITY -> cluster.certificateAuthority();
            case NAMESPACE -> namespace(cluster, context);
        };
    }

    private static GantryCluster cluster(ExtensionContext context) {
        ExtensionContext ofClass = context;
        while (ofClass.getTestMethod().isPresent()) {
            ofClass = ofClass.getParent().orElseThrow();
        }
        Class<?> testClass = context.getRequiredTestClass();
        Gantry gantry = annotation(testClass)
                .orElseThrow(() -> new ParameterResolutionException(testClass + " has no @Gantry"));
        ClusterOptions options = new ClusterOptions(
                gantry.nodes(), gantry.controllers(), gantry.scheduler(), Arrays.asList(gantry.apiServerFlags()));
        ExtensionContext owner = gantry.scope() == Gantry.Scope.SHARED ? context.getRoot() : ofClass;
        return owner.getStore(STORE)
                .getOrComputeIfAbsent(options, GantryExtension::open, Opened.class)
                .cluster();
    }

    /// The class's own annotation, or that of a class it is nested in.
    private static Optional<Gantry> annotation(Class<?> testClass) {
        Class<?> at = testClass;
        while (at != null) {
            Optional<Gantry> found = AnnotationSupport.findAnnotation(at, Gantry.class);
            if (found.isPresent()) {
                return found;
            }
            at = at.getEnclosingClass();
        }
        return Optional.empty();
    }

    private static Opened open(ClusterOptions options) {
        return new Opened(GantryCluster.start(options));
    }

    private static String namespace(GantryCluster cluster, ExtensionContext context) {
        String prefix = context.getTestMethod()
                .orElseThrow(() -> new ParameterResolutionException("a namespace is a test's own"))
                .getName()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        String shortened = prefix.length() > 40 ? prefix.substring(0, 40) : prefix;
        return context.getStore(STORE)
                .getOrComputeIfAbsent(
                        "namespace",
                        k -> new TestNamespace(cluster, cluster.createNamespace("t-" + shortened)),
                        TestNamespace.class)
                .name();
    }

    private record Opened(GantryCluster cluster) implements ExtensionContext.Store.CloseableResource, AutoCloseable {
        @Override
        public void close() {
            cluster.close();
        }
    }

    private record TestNamespace(GantryCluster cluster, String name)
            implements ExtensionContext.Store.CloseableResource, AutoCloseable {
        @Override
        public void close() {
            cluster.deleteNamespace(name);
        }
    }
}
