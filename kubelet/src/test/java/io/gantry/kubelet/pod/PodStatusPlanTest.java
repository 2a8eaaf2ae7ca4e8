package io.gantry.kubelet.pod;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.core.v1.pod.ContainerState;
import io.gantry.api.core.v1.pod.ContainerStatus;
import io.gantry.api.core.v1.pod.PodCondition;
import io.gantry.api.core.v1.pod.PodStatus;
import io.gantry.api.core.v1.pod.VolumeMountStatus;
import io.gantry.kubelet.runtime.RuntimeContainer;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Phase, conditions and container states, by table.
class PodStatusPlanTest {
    private static final String ONE = "{'containers':[{'name':'c','image':'i'}]}";
    private static final String NEVER = "{'restartPolicy':'Never','containers':[{'name':'c','image':'i'}]}";
    private static final String INIT =
            "{'restartPolicy':'Never','initContainers':[{'name':'a','image':'i'}],'containers':[{'name':'c','image':'i'}]}";
    private static final String READY =
            "{'containers':[{'name':'c','image':'i','readinessProbe':{'tcpSocket':{'port':1}}}]}";
    private static final String GATE =
            "{'readinessGates':[{'conditionType':'x'}],'containers':[{'name':'c','image':'i'}]}";

    private static final String RULED =
            "{'restartPolicy':'Never','containers':[{'name':'c','image':'i','restartPolicy':'OnFailure'}]}";

    record Case(String spec, List<RuntimeContainer> containers, boolean terminal, String expected) {}

    static Stream<Case> cases() {
        return Stream.of(
                new Case(ONE, List.of(), false, "Pending initialized c:waiting ContainerCreating"),
                new Case(
                        ONE,
                        List.of(Pods.running("c", 0)),
                        false,
                        "Running initialized ready containersReady c:running"),
                new Case(READY, List.of(Pods.running("c", 0)), false, "Running initialized c:running"),
                new Case(GATE, List.of(Pods.running("c", 0)), false, "Running initialized containersReady c:running"),
                new Case(ONE, List.of(Pods.exited("c", 0, 1)), false, "Running initialized c:terminated Error 1"),
                new Case(
                        NEVER,
                        List.of(Pods.exited("c", 0, 0)),
                        false,
                        "Succeeded initialized c:terminated Completed 0"),
                new Case(NEVER, List.of(Pods.exited("c", 0, 2)), false, "Failed initialized c:terminated Error 2"),
                new Case(RULED, List.of(Pods.exited("c", 0, 2)), false, "Running initialized c:terminated Error 2"),
                new Case(
                        RULED,
                        List.of(Pods.exited("c", 0, 0)),
                        false,
                        "Succeeded initialized c:terminated Completed 0"),
                new Case(INIT, List.of(), false, "Pending a:waiting PodInitializing c:waiting PodInitializing"),
                new Case(
                        INIT,
                        List.of(Pods.exited("a", 0, 0)),
                        false,
                        "Pending initialized a:terminated Completed 0 c:waiting PodInitializing"),
                new Case(
                        INIT,
                        List.of(Pods.exited("a", 0, 1)),
                        false,
                        "Failed a:terminated Error 1 c:waiting PodInitializing"),
                new Case(ONE, List.of(Pods.exited("c", 0, 0)), true, "Succeeded initialized c:terminated Completed 0"),
                new Case(ONE, List.of(), true, "Failed initialized c:waiting ContainerCreating"));
    }

    @Test
    void containersSayWhatIsMountedInThem() {
        String spec = "{'containers':[{'name':'c','image':'i','volumeMounts':[{'name':'a','mountPath':'/a'},"
                + "{'name':'b','mountPath':'/b','readOnly':true,'recursiveReadOnly':'IfPossible'}]}]}";
        assertEquals(
                List.of(
                        new VolumeMountStatus("a", "/a", null, null, null),
                        new VolumeMountStatus("b", "/b", true, "Disabled", null)),
                status(new Case(spec, List.of(Pods.running("c", 0)), false, ""))
                        .containerStatuses()
                        .getFirst()
                        .volumeMounts());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void asTheContainersAre(Case example) {
        PodStatus status = status(example);
        assertEquals(example.expected(), words(status));
        assertEquals("10.0.0.1", status.podIP());
        assertEquals("192.168.0.1", status.hostIP());
        assertEquals("BestEffort", status.qosClass());
    }

    private static PodStatus status(Case example) {
        return PodStatusPlan.of(new PodStatusPlan.Inputs(
                Pods.pod(example.spec()),
                new ObservedPod(List.of(Pods.sandbox(0, true)), example.containers()),
                ProbeResults.NONE,
                Map.of(),
                Map.of(),
                ResizeState.NONE,
                "containerd",
                List.of("192.168.0.1"),
                example.terminal(),
                PodStatusPlan.Ending.NONE,
                Pods.T0));
    }

    private static String words(PodStatus status) {
        Map<String, String> names =
                Map.of("Initialized", "initialized", "Ready", "ready", "ContainersReady", "containersReady");
        Stream<String> conditions = status.conditions().stream()
                .filter(c -> c.status().equals("True"))
                .map(PodCondition::type)
                .filter(names::containsKey)
                .map(names::get);
        Stream<String> containers = Stream.concat(
                        status.initContainerStatuses().stream(), status.containerStatuses().stream())
                .map(PodStatusPlanTest::words);
        return Stream.of(Stream.of(String.valueOf(status.phase())), conditions, containers)
                .flatMap(s -> s)
                .collect(Collectors.joining(" "));
    }

    private static String words(ContainerStatus status) {
        ContainerState state = status.state();
        String words = status.name() + ":";
        if (state == null) {
            return words;
        }
        if (state.running() != null) {
            return words + "running";
        }
        return state.terminated() != null
                ? words + "terminated " + state.terminated().reason() + " "
                        + state.terminated().exitCode()
                : words + "waiting "
                        + (state.waiting() == null ? "" : state.waiting().reason());
    }
}
