package io.gantry.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gantry.scheduler.plugins.FakeCluster;
import io.gantry.scheduler.plugins.PluginCatalog;
import org.junit.jupiter.api.Test;

/// Configuration files.
class SchedulerConfigurationTest {
    private static final String HEAD = "apiVersion: kubescheduler.config.k8s.io/v1\nkind: KubeSchedulerConfiguration\n";

    @Test
    void weightsNamesAndWhatIsLeftOut() {
        SchedulerConfiguration read = SchedulerConfiguration.parse(HEAD + """
                percentageOfNodesToScore: 20
                profiles:
                - schedulerName: packed
                  plugins:
                    score:
                      disabled: [{name: ImageLocality}]
                      enabled: [{name: TaintToleration, weight: 9}]
                    multiPoint:
                      disabled: [{name: NodePorts}]
                """);
        assertEquals("packed", read.schedulerName());
        assertEquals(20, read.percentageOfNodesToScore());
        FakeCluster cluster = new FakeCluster();
        PluginCatalog catalog = read.apply(PluginCatalog.defaults(cluster, cluster));
        assertEquals(9, weight(catalog, "TaintToleration"));
        assertEquals(0, weight(catalog, "ImageLocality"));
        assertEquals(-1, weight(catalog, "NodePorts"));
        assertEquals(2, weight(catalog, "NodeAffinity"));
    }

    @Test
    void whatIsNotSupportedIsNamed() {
        assertEquals(
                "extenders is not supported",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> SchedulerConfiguration.parse(HEAD + "extenders: []\n"))
                        .getMessage());
    }

    private static int weight(PluginCatalog catalog, String name) {
        return catalog.entries().stream()
                .filter(entry -> entry.plugin().name().equals(name))
                .mapToInt(PluginCatalog.Entry::weight)
                .findFirst()
                .orElse(-1);
    }
}
