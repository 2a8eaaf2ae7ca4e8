package io.gantry.e2e.cluster;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.parallel.ResourceLock;

/// A class of tests whose parameters of type [TestCluster] are a cluster that such classes share: started before
/// the first of them, purged after the last. They run one after the other, beside those of [OtherMachines]. The
/// property `gantry.e2e.running` names a cluster that runs already (see [TestCluster#running]).
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(SharedCluster.Provider.class)
@ResourceLock("shared cluster")
public @interface SharedCluster {
    /// Where that cluster runs.
    record Place(String machine, String address) {
        static final Place USUAL = new Place("ge2e-a", "10.199.0.1");
        static final Place OF_FAULTS = new Place("ge2e-f", "10.199.3.1");
    }

    /// Makes the cluster when it is first asked for.
    class Provider implements BeforeAllCallback, ParameterResolver {
        private static final ExtensionContext.Namespace SPACE = ExtensionContext.Namespace.create(SharedCluster.class);

        private final Place place;

        public Provider() {
            this(Place.USUAL);
        }

        Provider(Place place) {
            this.place = place;
        }

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

        private TestCluster cluster(ExtensionContext context) {
            return context.getRoot()
                    .getStore(SPACE)
                    .getOrComputeIfAbsent(place, Provider::make, Running.class)
                    .cluster();
        }

        private static Running make(Place place) {
            String running = System.getProperty("gantry.e2e.running", "");
            return running.isEmpty()
                    ? new Running(
                            TestCluster.prepare(place.machine(), place.address())
                                    .up()
                                    .withImages(),
                            true)
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
}
