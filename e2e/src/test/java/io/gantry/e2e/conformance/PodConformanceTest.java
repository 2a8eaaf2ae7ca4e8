package io.gantry.e2e.conformance;

import io.gantry.e2e.cluster.SharedCluster;
import io.gantry.e2e.cluster.TestCluster;
import io.gantry.e2e.kubectl.Kubectl;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestFactory;

/// What the conformance suite asks of living pods: probes, hooks, volumes that change, ephemeral containers, runtime
/// classes. All scenarios run at the same time.
@Order(6)
@SharedCluster
class PodConformanceTest {
    private static final String NAMESPACE = "live";

    private static List<Scenario> scenarios() {
        return List.of(
                new VolumeUpdates(),
                new Probes(),
                new Hooks(),
                new PodLives(),
                new MountPropagation(),
                new SubPaths(),
                new ImageVolumes(),
                new HostsFiles(),
                new EphemeralContainers(),
                new RuntimeClasses(),
                new Streams(),
                new Resizes(),
                new Autoscaling());
    }

    @TestFactory
    Stream<DynamicTest> pods(TestCluster cluster) {
        Kubectl kubectl = cluster.kubectl();
        kubectl.inNewNamespace(NAMESPACE);
        Scene scene = new Scene(cluster, kubectl, NAMESPACE);
        List<Scenario> scenarios = scenarios();
        scenarios.forEach(scenario -> scenario.start(scene));
        return scenarios.stream()
                .flatMap(scenario -> scenario.behaviours(scene).stream())
                .onClose(() -> kubectl.must("delete", "namespace", NAMESPACE, "--wait=false"));
    }
}
