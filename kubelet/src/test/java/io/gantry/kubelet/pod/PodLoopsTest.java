package io.gantry.kubelet.pod;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.api.core.v1.pod.ContainerStatus;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodBuilder;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.kubelet.cgroup.PodCgroups;
import io.gantry.kubelet.cluster.PodEvents;
import io.gantry.kubelet.credential.CredentialPlugins;
import io.gantry.kubelet.image.ImagePuller;
import io.gantry.kubelet.image.PullRecords;
import io.gantry.kubelet.image.VerificationPolicy;
import io.gantry.kubelet.probe.LifecycleHooks;
import io.gantry.kubelet.probe.Probers;
import io.gantry.kubelet.runtime.DnsSpec;
import io.gantry.kubelet.runtime.RunState;
import io.gantry.kubelet.runtime.RuntimeContainer;
import io.gantry.kubelet.simulated.SimulatedRuntime;
import io.gantry.kubelet.spec.ContainerSpecs;
import io.gantry.kubelet.spec.Environment;
import io.gantry.kubelet.spec.Resolv;
import io.gantry.kubelet.spec.SandboxSpecs;
import io.gantry.kubelet.spec.Security;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Whole lives of pods on the simulated runtime.
class PodLoopsTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final SimulatedRuntime runtime = new SimulatedRuntime(Clock.systemUTC());
    private final FakeCluster cluster = new FakeCluster();
    private final List<String> announced = new CopyOnWriteArrayList<>();
    private final NotedFiles files = new NotedFiles();
    private PodLoops loops = start();
    private RuntimeWatch watch = new RuntimeWatch(runtime, uids -> loops.nudge(uids));

    private PodLoops start() {
        PodEvents events = new PodEvents(cluster);
        Security security = new Security("/seccomp");
        Clock clock = Clock.systemUTC();
        PodContext context = new PodContext(
                runtime,
                cluster,
                events,
                files,
                new ImagePuller(
                        runtime,
                        cluster,
                        CredentialPlugins.none(),
                        events,
                        PullRecords.none(VerificationPolicy.DEFAULT, runtime, clock),
                        clock),
                new Probers(runtime, events, clock),
                new SandboxSpecs(
                        Path.of("/logs"),
                        new Resolv(List.of(), "cluster.local", DnsSpec.NONE),
                        "cluster.local",
                        security),
                new ContainerSpecs(new Environment(cluster), (s, env) -> List.of(), security, 1L << 30),
                PodCgroups.none(),
                new PodAllocations(PodAllocations.Memory.none(), new FakeNode()::allocatable),
                PodDevices.of(),
                new FakeNode(),
                AllowedSysctls.with(List.of()),
                new LifecycleHooks(runtime),
                announced::addAll,
                clock);
        return new PodLoops(context, new StatusPublisher(cluster));
    }

    @AfterEach
    void stop() throws Exception {
        loops.close();
        watch.close();
    }

    private Pod pod(String spec, Map<String, String> annotations) {
        Pod pod = Json.MAPPER.readValue(
                ("{'metadata':{'name':'p','namespace':'default','uid':'u'},'spec':" + spec + "}").replace('\'', '"'),
                Pod.class);
        Pod annotated = PodBuilder.builder(pod)
                .metadata(ObjectMetaBuilder.builder(pod.metadata())
                        .annotations(annotations)
                        .build())
                .build();
        return cluster.put(annotated);
    }

    private String phase() {
        return cluster.pod("default", "p")
                .map(p -> String.valueOf(p.status().phase()))
                .orElse("gone");
    }

    private void delete(Pod pod) {
        delete(pod, 1);
    }

    private void delete(Pod pod, long graceSeconds) {
        Pod latest = cluster.pod("default", "p").orElse(pod);
        loops.put(cluster.put(PodBuilder.builder(latest)
                .metadata(ObjectMetaBuilder.builder(latest.metadata())
                        .deletionTimestamp(Instant.now())
                        .deletionGracePeriodSeconds(graceSeconds)
                        .build())
                .build()));
    }

    @Test
    void aPodThatGoesForTheNodesSakeHasNoTime() {
        Pod pod = pod(
                "{'terminationGracePeriodSeconds':600,'containers':[{'name':'c','image':'x:1'}]}",
                Map.of("simulated.gantry.io/stop-seconds", "300"));
        loops.put(pod);
        await().atMost(SOON).until(() -> phase().equals("Running"));
        loops.evict("u", new PodStatusPlan.Ending("Evicted", "The node was low on resource: memory. "));
        await().atMost(SOON).until(() -> phase().equals("Failed"));
        assertEquals(
                "Evicted", cluster.pod("default", "p").orElseThrow().status().reason());
    }

    @Test
    void aPodWithUsersOfItsOwnDoesNotRunAmongTheHosts() {
        loops.put(pod(
                "{'hostUsers':false,'runtimeClassName':'known','containers':[{'name':'c','image':'x:1'}]}", Map.of()));
        await().atMost(SOON).until(() -> cluster.events().contains("FailedCreatePodSandBox"));
        assertEquals(
                List.of("Failed to create pod sandbox: can't set `spec.hostUsers: false`, RuntimeClass handler"
                        + " \"handler\" does not support user namespaces"),
                cluster.messages().stream()
                        .filter(m -> m.contains("sandbox"))
                        .distinct()
                        .toList());
        assertEquals(List.of(), runtime.sandboxes("u"));
    }

    @Test
    void aPodRunsAndIsDeleted() {
        Pod pod = pod(
                "{'initContainers':[{'name':'i','image':'x:1'}],'containers':[{'name':'c','image':'x:1'}]}", Map.of());
        loops.put(pod);
        await().atMost(SOON).until(() -> phase().equals("Running"));
        await().atMost(SOON)
                .until(() -> cluster.pod("default", "p")
                        .orElseThrow()
                        .status()
                        .containerStatuses()
                        .getFirst()
                        .ready());
        assertEquals(
                List.of(String.valueOf(
                        cluster.pod("default", "p").orElseThrow().status().podIP())),
                announced);
        delete(pod);
        await().atMost(SOON).until(() -> phase().equals("gone"));
        assertTrue(runtime.sandboxes().isEmpty());
        assertTrue(runtime.containers("").isEmpty());
        loops.remove(pod);
        await().atMost(SOON).until(() -> loops.pods().isEmpty());
        assertTrue(cluster.events().containsAll(List.of("Pulled", "Created", "Started", "Killing")));
        assertTrue(cluster.messages()
                .containsAll(List.of("Container created", "Container started", "Stopping container c")));
    }

    @Test
    void aPodWithoutRoomOrWhosePortIsTakenFailsAtOnce() {
        Pod first = pod(
                "{'containers':[{'name':'c','image':'x:1','ports':[{'containerPort':80,'hostPort':80}],"
                        + "'resources':{'requests':{'cpu':'1500m'}}}]}",
                Map.of());
        loops.put(first);
        await().atMost(SOON).until(() -> phase().equals("Running"));
        refused(
                "ports",
                "{'containers':[{'name':'c','image':'x:1','ports':[{'containerPort':81,'hostPort':80}]}]}",
                "NodePorts: Pod was rejected: Predicate NodePorts failed: node(s) didn't have free ports for the"
                        + " requested pod ports");
        refused(
                "cpu",
                "{'containers':[{'name':'c','image':'x:1','resources':{'requests':{'cpu':'1'}}}]}",
                "OutOfcpu: Pod was rejected: Node didn't have enough resource: cpu, requested: 1000, used: 1500,"
                        + " capacity: 2000");
        assertTrue(cluster.events().containsAll(List.of("NodePorts", "OutOfcpu")));
        assertEquals(1, runtime.containers("").size());
    }

    private void refused(String name, String spec, String why) {
        Pod pod = Json.MAPPER.readValue(
                ("{'metadata':{'name':'" + name + "','namespace':'default','uid':'" + name + "'},'spec':" + spec + "}")
                        .replace('\'', '"'),
                Pod.class);
        loops.put(cluster.put(pod));
        await().atMost(SOON)
                .until(() -> "Failed"
                        .equals(cluster.pod("default", name)
                                .orElseThrow()
                                .status()
                                .phase()));
        var status = cluster.pod("default", name).orElseThrow().status();
        assertEquals(why, status.reason() + ": " + status.message());
    }

    @Test
    void aJobsPodSucceeds() {
        Pod pod = pod(
                "{'restartPolicy':'Never','containers':[{'name':'c','image':'x:1'}]}",
                Map.of(SimulatedRuntime.RUN_SECONDS, "0.2"));
        loops.put(pod);
        await().atMost(SOON).until(() -> phase().equals("Succeeded"));
        assertEquals(1, runtime.containers("").size());
    }

    /// Who hears of its end gives what it has to others.
    @Test
    void aPodEndsForOthersOnceNothingOfItRuns() {
        loops.put(cluster.put(Pods.pod("{'restartPolicy':'Never','terminationGracePeriodSeconds':30,"
                + "'initContainers':[{'name':'s','image':'x:1','restartPolicy':'Always',"
                + "'lifecycle':{'preStop':{'sleep':{'seconds':2}}}}],'containers':[{'name':'c','image':'x:1'}]}")));
        await().atMost(SOON).until(() -> phase().equals("Running"));
        RuntimeContainer main = runtime.containers("").stream()
                .filter(c -> c.name().equals("c"))
                .findFirst()
                .orElseThrow();
        runtime.stopContainer(main.id(), Duration.ZERO);
        await().atMost(SOON).until(() -> phase().equals("Failed"));
        assertEquals(List.of(RunState.EXITED, RunState.EXITED), states());
    }

    /// As KEP-753 has it: a proxy takes no more then, and serves the others to their end.
    @Test
    void sidecarsHearOfTheEndWhileTheOthersRun() {
        Pod pod = cluster.put(Pods.pod("{'terminationGracePeriodSeconds':30,'initContainers':[{'name':'s',"
                + "'image':'x:1','restartPolicy':'Always','lifecycle':{'preStop':{'httpGet':{'host':'127.0.0.1',"
                + "'port':1}}}}],'containers':[{'name':'c','image':'x:1',"
                + "'lifecycle':{'preStop':{'sleep':{'seconds':5}}}}]}"));
        loops.put(pod);
        await().atMost(SOON).until(() -> phase().equals("Running"));
        delete(pod, 30);
        await().atMost(SOON).until(() -> cluster.events().contains("FailedPreStopHook"));
        assertEquals(List.of(RunState.RUNNING, RunState.RUNNING), states());
        assertTrue(cluster.messages().contains("PreStopHook failed"), cluster.messages()::toString);
    }

    /// What terminates serves on, and is told to as long as it is ready.
    @Test
    void aPodThatIsDeletedStaysReady() {
        Pod pod = cluster.put(Pods.pod("{'terminationGracePeriodSeconds':30,'containers':[{'name':'a','image':'x:1'},"
                + "{'name':'c','image':'x:1','startupProbe':{'exec':{'command':['x']},'periodSeconds':1},"
                + "'readinessProbe':{'exec':{'command':['x']},'periodSeconds':1},"
                + "'lifecycle':{'preStop':{'sleep':{'seconds':5}}}}]}"));
        loops.put(pod);
        await().atMost(SOON)
                .until(() -> phase().equals("Running") && container("c").ready());
        delete(pod, 30);
        await().atMost(SOON).until(() -> container("a").state().terminated() != null);
        assertTrue(container("c").ready() && Boolean.TRUE.equals(container("c").started()));
    }

    private ContainerStatus container(String name) {
        return cluster.pod("default", "p").orElseThrow().status().containerStatuses().stream()
                .filter(status -> status.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<RunState> states() {
        return runtime.containers("").stream().map(RuntimeContainer::state).toList();
    }

    @Test
    void aCrashingContainerWaits() {
        Pod pod = pod(
                "{'containers':[{'name':'c','image':'x:1'}]}",
                Map.of(SimulatedRuntime.RUN_SECONDS, "0.1", SimulatedRuntime.EXIT_CODE, "3"));
        loops.put(pod);
        await().atMost(SOON).until(this::crashLoops);
    }

    private boolean crashLoops() {
        var status = cluster.pod("default", "p").orElseThrow().status().containerStatuses();
        return !status.isEmpty()
                && status.getFirst().restartCount() == 1
                && status.getFirst().state() != null
                && status.getFirst().state().waiting() != null
                && "CrashLoopBackOff".equals(status.getFirst().state().waiting().reason());
    }

    /// Its other containers read them.
    @Test
    void volumesFollowTheirObjectsWhileAContainerWaitsForItsBackOff() {
        String spec = "{'volumes':[{'name':'v','downwardAPI':{'items':[{'path':'a','fieldRef':"
                + "{'fieldPath':'metadata.annotations'}}]}}],'containers':[{'name':'c','image':'x:1'}]}";
        Map<String, String> crashing = Map.of(SimulatedRuntime.RUN_SECONDS, "0.1", SimulatedRuntime.EXIT_CODE, "3");
        loops.put(pod(spec, crashing));
        await().atMost(SOON).until(this::crashLoops);
        Map<String, String> ready = new HashMap<>(crashing);
        ready.put("ready", "yes");
        Pod latest = cluster.pod("default", "p").orElseThrow();
        loops.put(cluster.put(PodBuilder.builder(latest)
                .metadata(ObjectMetaBuilder.builder(latest.metadata())
                        .annotations(ready)
                        .build())
                .build()));
        await().atMost(Duration.ofSeconds(5))
                .until(() -> ready.equals(files.annotations().getLast()));
    }

    private void resize(String cpu) {
        Pod latest = cluster.pod("default", "p").orElseThrow();
        loops.put(cluster.put(PodBuilder.builder(latest).spec(pod(cpu).spec()).build()));
    }

    private static Pod pod(String cpu) {
        return Pods.pod("{'containers':[{'name':'c','image':'x:1','resources':{'requests':{'cpu':'" + cpu + "'}}}]}");
    }

    private String cpu() {
        var statuses = cluster.pod("default", "p").orElseThrow().status().containerStatuses();
        var resources = statuses.isEmpty() ? null : statuses.getFirst().resources();
        return resources == null ? "" : String.valueOf(resources.requests().get("cpu"));
    }

    private String pending() {
        return cluster.pod("default", "p").orElseThrow().status().conditions().stream()
                .filter(c -> c.type().startsWith("PodResize"))
                .map(c -> c.type() + " " + c.reason())
                .findFirst()
                .orElse("");
    }

    @Test
    void aRunningPodIsResizedWhereTheNodeHasRoom() {
        loops.put(cluster.put(pod("500m")));
        await().atMost(SOON).until(() -> phase().equals("Running"));
        String container = runtime.containers("").getFirst().id();
        resize("5");
        await().atMost(SOON).until(() -> pending().equals("PodResizePending Infeasible"));
        assertEquals("500m", cpu());
        resize("1500m");
        await().atMost(SOON).until(() -> cpu().equals("1500m") && pending().isEmpty());
        assertEquals(container, runtime.containers("").getFirst().id());
        assertTrue(cluster.events().containsAll(List.of("ResizeInfeasible", "ResizeStarted", "ResizeCompleted")));
    }

    @Test
    void aNewKubeletFindsItsContainers() throws Exception {
        Pod pod = pod("{'containers':[{'name':'c','image':'x:1'}]}", Map.of());
        loops.put(pod);
        await().atMost(SOON).until(() -> phase().equals("Running"));
        String container = runtime.containers("").getFirst().id();
        loops.close();
        watch.close();
        loops = start();
        watch = new RuntimeWatch(runtime, uids -> loops.nudge(uids));
        loops.put(cluster.pod("default", "p").orElseThrow());
        loops.endOrphans();
        delete(pod);
        await().atMost(SOON).until(() -> phase().equals("gone"));
        assertEquals(Optional.empty(), runtime.container(container));
    }

    @Test
    void whatTheApiDoesNotKnowIsEnded() {
        loops.put(pod("{'terminationGracePeriodSeconds':1,'containers':[{'name':'c','image':'x:1'}]}", Map.of()));
        await().atMost(SOON).until(() -> phase().equals("Running"));
        loops.close();
        loops = start();
        loops.endOrphans();
        await().atMost(SOON).until(() -> runtime.sandboxes().isEmpty());
    }
}
