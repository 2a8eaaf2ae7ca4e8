package io.gantry.kubelet.pod;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodBuilder;
import io.gantry.kubelet.pod.ProbeResults.Result;
import io.gantry.kubelet.pod.ProbeResults.Results;
import io.gantry.kubelet.runtime.RunState;
import io.gantry.kubelet.runtime.RuntimeContainer;
import io.gantry.kubelet.runtime.Sandbox;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is done next, by table: spec and observation against a plan in words.
class PodPlannerTest {
    private static final String ONE = "{'containers':[{'name':'c','image':'i'}]}";
    private static final String NEVER = "{'restartPolicy':'Never','containers':[{'name':'c','image':'i'}]}";
    private static final String ON_FAILURE = "{'restartPolicy':'OnFailure','containers':[{'name':'c','image':'i'}]}";
    private static final String INIT =
            "{'initContainers':[{'name':'i1','image':'i'},{'name':'i2','image':'i'}],'containers':[{'name':'c','image':'i'}]}";
    private static final String SIDECAR =
            "{'initContainers':[{'name':'s','image':'i','restartPolicy':'Always'}],'restartPolicy':'Never','containers':[{'name':'c','image':'i'}]}";
    private static final String STARTING_SIDECAR =
            "{'initContainers':[{'name':'s','image':'i','restartPolicy':'Always','startupProbe':{'tcpSocket':{'port':1}}}],'containers':[{'name':'c','image':'i'}]}";
    private static final String PROBED =
            "{'containers':[{'name':'c','image':'i','livenessProbe':{'tcpSocket':{'port':1}}}]}";
    private static final String RULE =
            "{'restartPolicy':'Never','containers':[{'name':'c','image':'i','restartPolicyRules':[{'action':'Restart','exitCodes':{'operator':'In','values':[42]}}]}]}";

    private static final String ALL =
            "{'restartPolicy':'Never','initContainers':[{'name':'i','image':'i'}],'containers':[{'name':'a','image':'i'},{'name':'c','image':'i','restartPolicy':'Never','restartPolicyRules':[{'action':'RestartAllContainers','exitCodes':{'operator':'In','values':[42]}}]}]}";

    record Case(
            String title,
            String spec,
            List<Sandbox> sandboxes,
            List<RuntimeContainer> containers,
            ProbeResults probes,
            String plan) {
        @Override
        public String toString() {
            return title;
        }
    }

    private static Case of(
            String title, String spec, List<Sandbox> sandboxes, List<RuntimeContainer> containers, String plan) {
        return new Case(title, spec, sandboxes, containers, ProbeResults.NONE, plan);
    }

    static Stream<Case> cases() {
        List<Sandbox> up = List.of(Pods.sandbox(0, true));
        List<Sandbox> down = List.of(Pods.sandbox(0, false));
        return Stream.of(
                of("a new pod", ONE, List.of(), List.of(), "sandbox 0, start c"),
                of("a new pod with init containers", INIT, List.of(), List.of(), "sandbox 0, start i1"),
                of("all well", ONE, up, List.of(Pods.running("c", 0)), ""),
                of("a crash", ONE, up, List.of(Pods.exited("c", 0, 1)), "start c"),
                of("a crash of Never", NEVER, up, List.of(Pods.exited("c", 0, 1)), "stop"),
                of("success of OnFailure", ON_FAILURE, up, List.of(Pods.exited("c", 0, 0)), "stop"),
                of("failure of OnFailure", ON_FAILURE, up, List.of(Pods.exited("c", 0, 3)), "start c"),
                of("a restart rule that matches", RULE, up, List.of(Pods.exited("c", 0, 42)), "start c"),
                of("a restart rule that does not", RULE, up, List.of(Pods.exited("c", 0, 1)), "stop"),
                of("the sandbox died", ONE, down, List.of(Pods.exited("c", 0, 137)), "stop, sandbox 1, start c"),
                of("the sandbox of Never died", NEVER, down, List.of(Pods.exited("c", 0, 137)), "stop"),
                of("init runs", INIT, up, List.of(Pods.running("i1", 0)), ""),
                of("init goes on", INIT, up, List.of(Pods.exited("i1", 0, 0)), "start i2"),
                of("init failed", INIT, up, List.of(Pods.exited("i1", 0, 1)), "start i1"),
                of("init is done", INIT, up, List.of(Pods.exited("i2", 0, 0), Pods.exited("i1", 0, 0)), "start c"),
                of(
                        "init runs again in a new sandbox",
                        INIT,
                        List.of(Pods.sandbox(1, true), Pods.sandbox(0, false)),
                        List.of(Pods.exited("c", 0, 137), Pods.exited("i2", 0, 0), Pods.exited("i1", 0, 0)),
                        "start i1"),
                of("a sidecar starts first", SIDECAR, up, List.of(), "start s"),
                of("then the others", SIDECAR, up, List.of(Pods.running("s", 0)), "start c"),
                of(
                        "a sidecar alone keeps no pod",
                        SIDECAR,
                        up,
                        List.of(Pods.exited("c", 0, 0), Pods.running("s", 0)),
                        "stop"),
                of(
                        "a sidecar is restarted beside the others",
                        SIDECAR,
                        up,
                        List.of(Pods.running("c", 0), Pods.exited("s", 0, 0)),
                        "start s"),
                of(
                        "another image",
                        ONE,
                        up,
                        List.of(Pods.outdated("c", 0)),
                        "kill c: Container c definition changed, will be restarted, start c"),
                of(
                        "another image of a sidecar",
                        SIDECAR,
                        up,
                        List.of(Pods.running("c", 0), Pods.outdated("s", 0)),
                        "kill s: Init container s definition changed, start s"),
                of(
                        "another image of a sidecar that has not started",
                        STARTING_SIDECAR,
                        up,
                        List.of(Pods.outdated("s", 0)),
                        ""),
                of(
                        "an unknown state",
                        ONE,
                        up,
                        List.of(Pods.container("c", 0, RunState.UNKNOWN, 0, "s0")),
                        "kill c: Container is in \"unknown\" state, try killing it before restart, start c"),
                new Case(
                        "liveness failed",
                        PROBED,
                        up,
                        List.of(Pods.running("c", 0)),
                        new ProbeResults(Map.of("c-0", new Results(Result.UNKNOWN, Result.FAILURE, Result.FAILURE))),
                        "kill c: Container c failed liveness probe, will be restarted, start c"),
                new Case(
                        "liveness of a sidecar failed",
                        SIDECAR.replace("'name':'s'", "'name':'s','livenessProbe':{'tcpSocket':{'port':1}}"),
                        up,
                        List.of(Pods.running("c", 0), Pods.running("s", 0)),
                        new ProbeResults(Map.of("s-0", new Results(Result.UNKNOWN, Result.FAILURE, Result.FAILURE))),
                        "kill s: Init container s failed liveness probe, start s"));
    }

    record Resize(String policy, String had, String wanted, String plan) {}

    static Stream<Resize> resizes() {
        String memory = "{'resourceName':'memory','restartPolicy':'RestartContainer'}";
        return Stream.of(
                new Resize("", "'cpu':'100m'", "'cpu':'0.1'", ""),
                new Resize("", "'cpu':'100m'", "'cpu':'200m'", "resize c"),
                new Resize(memory, "'cpu':'100m','memory':'1Mi'", "'cpu':'200m','memory':'1Mi'", "resize c"),
                new Resize("", "'cpu':'100m'", "'cpu':'100m','memory':'1Mi'", "resize c"),
                new Resize(
                        memory,
                        "'memory':'1Mi'",
                        "'memory':'2Mi'",
                        "kill c: Container c resize requires restart, start c"));
    }

    @ParameterizedTest
    @MethodSource("resizes")
    void otherAmounts(Resize example) {
        String spec = "{'containers':[{'name':'c','image':'i','resizePolicy':[" + example.policy()
                + "],'resources':{'requests':{%s}}}]}";
        PodPlan plan = PodPlanner.plan(
                Pods.pod(spec.formatted(example.wanted())),
                new ObservedPod(List.of(Pods.sandbox(0, true)), List.of(Pods.running("c", 0))),
                ProbeResults.NONE,
                Allocation.NONE.giving(Pods.pod(spec.formatted(example.had()))).given());
        assertEquals(example.plan(), words(plan));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void plans(Case example) {
        PodPlan plan = PodPlanner.plan(
                Pods.pod(example.spec()),
                new ObservedPod(example.sandboxes(), example.containers()),
                example.probes(),
                Map.of());
        assertEquals(example.plan(), words(plan));
    }

    @Test
    void allContainersMakeRoomWhereARuleSaysSo() {
        ObservedPod ended = new ObservedPod(
                List.of(Pods.sandbox(0, true)),
                List.of(Pods.exited("c", 0, 42), Pods.running("a", 0), Pods.exited("i", 0, 0)));
        Pod pod = told(Pods.pod(ALL), ended);
        assertTrue(AllRestart.underWay(pod));
        PodPlan plan = PodPlanner.plan(pod, ended, ProbeResults.NONE);
        assertEquals(
                List.of("a", "i", "c"),
                plan.resets().stream().map(RuntimeContainer::name).toList());
        ObservedPod empty = new ObservedPod(ended.sandboxes(), List.of());
        Pod next = told(pod, empty);
        assertFalse(AllRestart.underWay(next));
        assertEquals("Running", next.status().phase());
        assertEquals(
                List.of("a 1 RestartingAllContainers", "c 1 RestartingAllContainers"),
                next.status().containerStatuses().stream()
                        .map(s -> s.name() + " " + s.restartCount() + " "
                                + s.lastState().terminated().reason())
                        .toList());
        assertEquals("start i", words(PodPlanner.plan(next, empty, ProbeResults.NONE)));
    }

    private static Pod told(Pod pod, ObservedPod observed) {
        return PodBuilder.builder(pod)
                .status(PodStatusPlan.of(new PodStatusPlan.Inputs(
                        pod,
                        observed,
                        ProbeResults.NONE,
                        Map.of(),
                        Map.of(),
                        ResizeState.NONE,
                        "containerd",
                        List.of(),
                        false,
                        PodStatusPlan.Ending.NONE,
                        Instant.EPOCH)))
                .build();
    }

    private static String words(PodPlan plan) {
        Stream<String> stop = plan.stopPod() ? Stream.of("stop") : Stream.of();
        Stream<String> sandbox = plan.sandboxAttempt().map(a -> "sandbox " + a).stream();
        Stream<String> kills =
                plan.kills().stream().map(k -> "kill " + k.container().name() + ": " + k.message());
        Stream<String> starts = plan.starts().stream().map(c -> "start " + c.name());
        Stream<String> resizes =
                plan.resizes().stream().map(r -> "resize " + r.container().name());
        return Stream.of(stop, sandbox, kills, starts, resizes)
                .flatMap(s -> s)
                .reduce((a, b) -> a + ", " + b)
                .orElse("");
    }
}
