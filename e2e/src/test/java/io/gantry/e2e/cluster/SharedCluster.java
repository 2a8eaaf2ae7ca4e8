package io.gantry.e2e.cluster;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives tests the one cluster that they share: started before the first, purged after the last. The property
/// `gantry.e2e.running` names one that runs already (see [TestCluster#running]).
public final class SharedCluster implements BeforeAllCallback, ParameterResolver {
    private static final ExtensionContext.Namespace SPACE = ExtensionContext.Namespace.create(SharedCluster.class);

    private record Running(TestCluster cluster, boolean ours)
            implements AutoCloseable, ExtensionContext.Store.CloseableResource {
        @Override
        public void close() {
            if (ours) {
                cluster.close();
            }
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        cluster(context);
    }

    private static TestCluster cluster(ExtensionContext context) {
        return context.getRoot()
                .getStore(SPACE)
                .getOrComputeIfAbsent(
                        "cluster", key -> make(System.getProperty("gantry.e2e.running", "")), Running.class)
                .cluster();
    }

    private static Running make(String running) {
        return running.isEmpty()
                ? new Running(TestCluster.prepare("ge2e-a", "10.199.0.1").up().withImages(), true)
                : new Running(TestCluster.running(running), false);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestCluster.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return cluster(context);
    }
}
