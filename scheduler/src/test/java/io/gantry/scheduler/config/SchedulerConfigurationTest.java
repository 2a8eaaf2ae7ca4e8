package io.gantry.scheduler.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gantry.scheduler.framework.ExtensionPoint;
import io.gantry.scheduler.plugins.PluginCatalog;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Configuration files.
final class SchedulerConfigurationTest {
    private static final String HEAD = "apiVersion: kubescheduler.config.k8s.io/v1\nkind: KubeSchedulerConfiguration\n";

    private static SchedulerConfiguration parse(String text) {
        return SchedulerConfiguration.parse(HEAD + text, PluginCatalog.upstream());
    }

    @Test
    void defaultsAreUpstreams() {
        ProfileConfiguration profile = parse("").profiles().getFirst();
        assertEquals("default-scheduler", profile.schedulerName());
        assertEquals(
                List.of(
                        "NodeUnschedulable",
                        "NodeName",
                        "TaintToleration",
                        "NodeAffinity",
                        "NodePorts",
                        "NodeResourcesFit",
                        "VolumeRestrictions",
                        "NodeVolumeLimits",
                        "VolumeBinding",
                        "VolumeZone",
                        "PodTopologySpread",
                        "InterPodAffinity",
                        "DynamicResources",
                        "NodeDeclaredFeatures"),
                profile.points().get(ExtensionPoint.FILTER));
        assertEquals(
                List.of(
                        "TaintToleration=3",
                        "NodeAffinity=2",
                        "NodeResourcesFit=1",
                        "PodTopologySpread=2",
                        "InterPodAffinity=2",
                        "DynamicResources=2",
                        "NodeResourcesBalancedAllocation=1",
                        "ImageLocality=1"),
                weighted(profile));
        assertEquals(
                List.of("DynamicResources", "DefaultPreemption"),
                profile.points().get(ExtensionPoint.POST_FILTER));
        assertEquals(List.of("DefaultBinder"), profile.points().get(ExtensionPoint.BIND));
        assertEquals(List.of("PrioritySort"), profile.points().get(ExtensionPoint.QUEUE_SORT));
    }

    private static List<String> weighted(ProfileConfiguration profile) {
        return profile.points().getOrDefault(ExtensionPoint.SCORE, List.of()).stream()
                .map(name -> name + "=" + profile.weights().get(name))
                .toList();
    }

    @Test
    void severalProfilesWithTheirPluginsAndArguments() {
        SchedulerConfiguration read = parse("""
                percentageOfNodesToScore: 20
                podInitialBackoffSeconds: 2
                podMaxBackoffSeconds: 60
                parallelism: 4
                leaderElection: {leaderElect: true, leaseDuration: 30s, renewDeadline: 20s, retryPeriod: 1m30s500ms}
                clientConnection: {kubeconfig: /etc/k, qps: 50, burst: 100}
                """.replace("1m30s500ms", "5s") + """
                profiles:
                - schedulerName: packed
                  percentageOfNodesToScore: 100
                  plugins:
                    score:
                      disabled: [{name: ImageLocality}]
                      enabled: [{name: TaintToleration, weight: 9}]
                    multiPoint:
                      disabled: [{name: NodePorts}]
                      enabled: [{name: NodeAffinity, weight: 7}]
                  pluginConfig:
                  - name: NodeResourcesFit
                    args:
                      apiVersion: kubescheduler.config.k8s.io/v1
                      kind: NodeResourcesFitArgs
                      ignoredResourceGroups: [example.com]
                      scoringStrategy:
                        type: RequestedToCapacityRatio
                        resources: [{name: cpu, weight: 3}, {name: memory}]
                        requestedToCapacityRatio: {shape: [{utilization: 0, score: 0}, {utilization: 100, score: 10}]}
                  - name: DefaultPreemption
                    args: {minCandidateNodesPercentage: 50}
                - schedulerName: bare
                  plugins:
                    score: {disabled: [{name: '*'}]}
                    postFilter: {disabled: [{name: DefaultPreemption}]}
                """);
        assertEquals(Duration.ofSeconds(60), read.backoff().max());
        assertEquals(Duration.ofSeconds(30), read.election().orElseThrow().leaseDuration());
        assertEquals("/etc/k", read.kubeconfig().orElseThrow());
        ProfileConfiguration packed = read.profiles().getFirst();
        assertEquals(100, packed.percentageOfNodesToScore());
        assertEquals(
                "[TaintToleration=9, NodeAffinity=7, NodeResourcesFit=1, PodTopologySpread=2, InterPodAffinity=2, "
                        + "DynamicResources=2, NodeResourcesBalancedAllocation=1]",
                weighted(packed).toString());
        assertEquals(false, packed.points().get(ExtensionPoint.FILTER).contains("NodePorts"));
        ProfileConfiguration bare = read.profiles().get(1);
        assertEquals(20, bare.percentageOfNodesToScore());
        assertEquals(List.of(), bare.points().get(ExtensionPoint.SCORE));
        assertEquals(List.of("DynamicResources"), bare.points().get(ExtensionPoint.POST_FILTER));
        assertEquals(14, bare.points().get(ExtensionPoint.FILTER).size());
    }

    private record Mistake(String text, String expected) {}

    @TestFactory
    Stream<DynamicTest> mistakesAreNamedWithTheirPath() {
        return Stream.of(
                        new Mistake("foo: 1", "strict decoding error: unknown field \"foo\""),
                        new Mistake(
                                "profiles: [{plugins: {filter: {on: []}}}]",
                                "strict decoding error: unknown field \"profiles[0].plugins.filter.on\""),
                        new Mistake(
                                "extenders: [{urlPrefix: x, prioritizeVerb: p}]",
                                "extenders[0].weight: Invalid value: 0: must have a positive weight applied to it"),
                        new Mistake(
                                "extenders: [{bindVerb: b}, {bindVerb: b}]",
                                "extenders[1].bindVerb: found 2 extenders implementing bind"),
                        new Mistake(
                                "extenders: [{managedResources: [{name: cpu}]}]",
                                "extenders[0].managedResources[0].name: Invalid value: \"cpu\": must be an extended"
                                        + " resource, such as example.com/widget"),
                        new Mistake(
                                "percentageOfNodesToScore: 101",
                                "percentageOfNodesToScore: Invalid value: 101: not in valid range [0, 100]"),
                        new Mistake(
                                "podInitialBackoffSeconds: 20",
                                "podMaxBackoffSeconds: Invalid value: 10: must be greater than or equal to "
                                        + "PodInitialBackoffSeconds"),
                        new Mistake(
                                "profiles: [{schedulerName: a}, {schedulerName: a}]",
                                "profiles[1].schedulerName: Duplicate value: \"a\""),
                        new Mistake(
                                "profiles: [{plugins: {score: {enabled: [{name: Nope}]}}}]",
                                "profiles[0].plugins.score: plugin \"Nope\" does not exist"),
                        new Mistake(
                                "profiles: [{plugins: {score: {enabled: [{name: NodeName}]}}}]",
                                "profiles[0].plugins.score: plugin \"NodeName\" does not extend ScorePlugin plugin"),
                        new Mistake(
                                "profiles: [{plugins: {queueSort: {disabled: [{name: '*'}]}}}]",
                                "profiles[0].plugins.queueSort: no queue sort plugin is enabled"),
                        new Mistake(
                                "profiles: [{pluginConfig: [{name: Nope}]}]",
                                "profiles[0].pluginConfig[0].name: Invalid value: \"Nope\": plugin does not exist"),
                        new Mistake(
                                "profiles: [{pluginConfig: [{name: InterPodAffinity, args: {weight: 1}}]}]",
                                "strict decoding error: unknown field \"profiles[0].pluginConfig[0].args.weight\""),
                        new Mistake(
                                "profiles: [{pluginConfig: [{name: InterPodAffinity, args: {hardPodAffinityWeight: 101}}]}]",
                                "profiles[0].pluginConfig[0].args.hardPodAffinityWeight: Invalid value: 101: "
                                        + "not in valid range [0, 100]"),
                        new Mistake(
                                "profiles: [{pluginConfig: [{name: NodeResourcesFit, args: {scoringStrategy: {type: Best}}}]}]",
                                "profiles[0].pluginConfig[0].args.scoringStrategy.type: Unsupported value: \"Best\": "
                                        + "supported values: \"LeastAllocated\", \"MostAllocated\", "
                                        + "\"RequestedToCapacityRatio\""),
                        new Mistake(
                                "profiles: [{pluginConfig: [{name: PodTopologySpread, args: {defaultingType: System, "
                                        + "defaultConstraints: [{maxSkew: 1, topologyKey: z, "
                                        + "whenUnsatisfiable: ScheduleAnyway}]}}]}]",
                                "profiles[0].pluginConfig[0].args.defaultingType: Invalid value: \"System\": "
                                        + "when .defaultConstraints are not empty"),
                        new Mistake(
                                "profiles: [{pluginConfig: [{name: NodeAffinity, args: {addedAffinity: {required: 1}}}]}]",
                                "profiles[0].pluginConfig[0].args.addedAffinity: "),
                        new Mistake("leaderElection: {leaseDuration: soon}", "must be a duration"))
                .map(mistake -> DynamicTest.dynamicTest(mistake.text, () -> {
                    String said = assertThrows(IllegalArgumentException.class, () -> parse(mistake.text + "\n"))
                            .getMessage();
                    assertEquals(true, said.contains(mistake.expected), said);
                }));
    }
}
