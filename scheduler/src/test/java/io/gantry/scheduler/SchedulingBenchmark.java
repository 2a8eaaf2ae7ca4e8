package io.gantry.scheduler;

import static io.gantry.scheduler.testing.Objects.json;

import com.sun.management.OperatingSystemMXBean;
import io.gantry.api.KubernetesObject;
import io.gantry.api.core.v1.endpoints.ObjectReference;
import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodBuilder;
import io.gantry.api.core.v1.pod.PodSpecBuilder;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaim;
import io.gantry.client.event.EventSink;
import io.gantry.scheduler.bench.Workloads;
import io.gantry.scheduler.plugins.FakeCluster;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.testing.Wiring;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/// Schedules upstream's workloads in process: queue, cycles, preemption, assumed pods and what informers
/// report, without an API server. Run by hand: `main NODES [WORKLOAD]`; prints pods per second beside
/// upstream's floor.
public final class SchedulingBenchmark {
    private static final int NODES = 5000;
    private static final int WARM_UP_NODES = 300;
    private static final long LIMIT_MINUTES = 1;

    static {
        if (LoggerFactory.getLogger("io.gantry") instanceof ch.qos.logback.classic.Logger logger) {
            logger.setLevel(ch.qos.logback.classic.Level.INFO);
        }
    }

    private SchedulingBenchmark() {}

    public static void main(String[] arguments) throws InterruptedException {
        int nodes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : NODES;
        String only = arguments.length > 1 ? arguments[1] : "";
        System.out.printf(
                Locale.ROOT,
                "%-30s %8s %10s %10s %8s %12s %12s%n",
                "workload",
                "pods",
                "pods/s",
                "upstream",
                "times",
                "CPU us/pod",
                "deciding us");
        for (Workloads workload : Workloads.all(WARM_UP_NODES)) {
            run(workload, false);
        }
        for (Workloads workload : Workloads.all(nodes)) {
            if (workload.name().startsWith(only)) {
                run(workload, true);
            }
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    /// What the scheduling thread has used, without compilation and collection of garbage.
    private static long schedulingNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().equals("scheduling")) {
                return threads.getThreadCpuTime(thread.getThreadId());
            }
        }
        return 0;
    }

    /// Runs one workload.
    ///
    /// @return pods per second
    static double run(Workloads workload, boolean report) throws InterruptedException {
        try (Cluster cluster = new Cluster(workload)) {
            long cpu = cluster.prepare();
            long nanos = cluster.measure();
            double rate = workload.measured().pods() * 1e9 / nanos;
            if (!report) {
                return rate;
            }
            System.out.printf(
                    Locale.ROOT,
                    "%-30s %8d %10.0f %10d %8.1f %12.0f %12.0f%n",
                    workload.name(),
                    workload.measured().pods(),
                    rate,
                    workload.floor(),
                    rate / workload.floor(),
                    (cpuNanos() - cpu) / 1e3 / workload.measured().pods(),
                    schedulingNanos() / 1e3 / workload.measured().pods());
            return rate;
        }
    }

    /// A scheduler whose writes come back as an informer would report them.
    private static final class Cluster implements PodSink, EventSink, AutoCloseable {
        private final Workloads workload;
        private final FedScheduler fed = FedScheduler.of(Wiring.of(new FakeCluster(), this, 1), this);
        private final Scheduler scheduler = fed.scheduler();
        private final ClusterFeed feed = fed.feed();
        private final ExecutorService informer = Executors.newSingleThreadExecutor();
        private final Map<String, Pod> bound = new ConcurrentHashMap<>();
        private final CountDownLatch placed;

        Cluster(Workloads workload) {
            this.workload = workload;
            this.placed = new CountDownLatch(workload.measured().pods());
        }

        /// Puts nodes and earlier pods in place; returns the CPU time so far.
        long prepare() {
            for (int i = 0; i < workload.nodes(); i++) {
                feed.nodes().added(node(i));
            }
            int at = 0;
            for (Workloads.Batch batch : workload.before()) {
                for (Pod pod : pods(batch, "before")) {
                    Pod there = on(pod, "node-" + at++ % workload.nodes());
                    bound.put(uid(there), there);
                    feed.pods().added(there);
                }
            }
            for (Workloads.Batch batch : workload.waiting()) {
                pods(batch, "waiting").forEach(feed.pods()::added);
            }
            return cpuNanos();
        }

        long measure() throws InterruptedException {
            List<Pod> measured = pods(workload.measured(), "measured");
            scheduler.start();
            long start = System.nanoTime();
            informer.execute(() -> measured.forEach(feed.pods()::added));
            if (!placed.await(LIMIT_MINUTES, TimeUnit.MINUTES)) {
                throw new IllegalStateException(workload.name() + ": " + placed.getCount() + " pods not placed; queue "
                        + fed.state().queue().sizes());
            }
            return System.nanoTime() - start;
        }

        private Node node(int number) {
            String name = "node-" + number;
            return json(
                    Node.class,
                    "{'metadata':{'name':'" + name + "','labels':{'kubernetes.io/hostname':'" + name + "'"
                            + workload.nodeLabels().apply(number)
                            + "}},'status':{'allocatable':{'cpu':'4','memory':'32Gi','pods':'110'}}}");
        }

        private static List<Pod> pods(Workloads.Batch batch, String prefix) {
            List<Pod> pods = new ArrayList<>();
            for (int i = 0; i < batch.pods(); i++) {
                String name = prefix + "-" + batch.namespace() + "-" + i;
                pods.add(json(
                        Pod.class,
                        "{'metadata':{'name':'" + name + "','namespace':'" + batch.namespace() + "','uid':'" + name
                                + "','labels':{" + batch.labels().replace("#", Integer.toString(i % 50))
                                + "}},'spec':{'priority':" + batch.priority()
                                + (batch.spec().isEmpty() ? "" : "," + batch.spec())
                                + ",'volumes':[{'name':'kube-api-access-" + i + "','projected':{'sources':[]}}]"
                                + ",'containers':[{'name':'c','resources':{'requests':{'cpu':'" + batch.cpu()
                                + "','memory':'500Mi'}}}]}}"));
            }
            return pods;
        }

        private static Pod on(Pod pod, String node) {
            return PodBuilder.builder(pod)
                    .spec(PodSpecBuilder.builder(pod.spec()).nodeName(node).build())
                    .build();
        }

        private static String uid(Pod pod) {
            return Objects.requireNonNull(pod.metadata().uid());
        }

        @Override
        public void bind(PodInfo pod, String node) {
            Pod there = on(pod.pod(), node);
            bound.put(pod.uid(), there);
            informer.execute(() -> feed.pods().updated(pod.pod(), there));
            placed.countDown();
        }

        @Override
        public void notScheduled(PodInfo pod, String reason, String message, Optional<String> nominatedNode) {}

        @Override
        public void release(ResourceClaim claim) {}

        @Override
        public void clearNomination(PodInfo pod) {}

        @Override
        public void preempt(PodInfo victim, String message) {
            Pod gone = bound.remove(victim.uid());
            if (gone != null) {
                informer.execute(() -> feed.pods().deleted(gone));
            }
        }

        @Override
        public void event(KubernetesObject regarding, String type, String reason, String message) {}

        @Override
        public void event(ObjectReference regarding, String type, String reason, String message) {}

        @Override
        public void close() {
            scheduler.close();
            informer.shutdownNow();
        }
    }
}
