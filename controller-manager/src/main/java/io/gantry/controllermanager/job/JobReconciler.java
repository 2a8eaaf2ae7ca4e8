package io.gantry.controllermanager.job;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.StatusException;
import io.gantry.api.batch.v1.job.Job;
import io.gantry.api.batch.v1.job.JobBuilder;
import io.gantry.api.batch.v1.job.JobKind;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.meta.v1.LabelSelector;
import io.gantry.client.ApiClient;
import io.gantry.client.ObjectKey;
import io.gantry.client.Patch;
import io.gantry.client.Resource;
import io.gantry.client.event.EventSink;
import io.gantry.client.informer.Lister;
import io.gantry.client.work.Reconciler;
import io.gantry.client.work.Result;
import io.gantry.controllermanager.common.Claims;
import io.gantry.controllermanager.common.Expectations;
import io.gantry.controllermanager.common.Fields;
import io.gantry.controllermanager.common.Owners;
import io.gantry.controllermanager.common.PodControl;
import io.gantry.controllermanager.common.SlowStart;
import io.gantry.controllermanager.common.WrittenVersions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// Carries out [JobPlan]: the status goes first, then the finalizers of what it notes, then pods come and go.
final class JobReconciler implements Reconciler<ObjectKey> {
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(100);

    private final Lister<Job> jobs;
    private final Lister<Pod> pods;
    private final Resource<Job> resource;
    private final Resource<Pod> podResource;
    private final WrittenVersions<Job> written;
    private final Claims<Job, Pod> claims;
    private final PodControl control;
    private final Expectations expectations;
    private final EventSink events;
    private final Clock clock;
    private final JobMetrics metrics;

    JobReconciler(
            Lister<Job> jobs,
            Lister<Pod> pods,
            ApiClient client,
            EventSink events,
            Expectations expectations,
            Clock clock,
            JobMetrics metrics) {
        this.jobs = jobs;
        this.pods = pods;
        this.resource = client.resource(JobKind.KIND);
        this.podResource = client.resource(PodKind.KIND);
        this.written = new WrittenVersions<>(resource);
        this.claims = new Claims<>(resource, podResource);
        this.control = new PodControl(client, events);
        this.expectations = expectations;
        this.events = events;
        this.clock = clock;
        this.metrics = metrics;
    }

    @Override
    public Result reconcile(ObjectKey key) throws InterruptedException {
        Optional<Job> found = jobs.get(key.namespace(), key.name());
        if (found.isEmpty()) {
            expectations.forget(key);
            written.forget(key);
            releaseOrphans(key);
            return Result.done();
        }
        Job job = found.get();
        if (!JobPod.isOurs(job) || !written.shows(key, job)) {
            return Result.done();
        }
        long start = System.nanoTime();
        boolean settled = expectations.met(key);
        List<Pod> owned = owned(job, pods.inNamespace(key.namespace()));
        if (job.metadata().deletionTimestamp() != null) {
            owned.stream().filter(JobPod::isTracked).forEach(this::release);
            return Result.done();
        }
        JobPlan plan = JobPlan.of(new JobView(job, owned, settled, Fields.now(clock)));
        boolean done = false;
        try {
            carryOut(key, job, plan);
            done = true;
        } finally {
            metrics.synced(job, plan, settled, !done, System.nanoTime() - start);
        }
        return plan.next().map(this::lookAgain).orElse(Result.done());
    }

    private void carryOut(ObjectKey key, Job job, JobPlan plan) throws InterruptedException {
        if (!plan.status().equals(job.status())) {
            written.write(
                    key,
                    () -> resource.updateStatus(
                            JobBuilder.builder(job).status(plan.status()).build()));
            metrics.written(job, plan.status());
        }
        plan.events().forEach(e -> events.event(job, e.type(), e.reason(), e.message()));
        for (Pod counted : plan.release()) {
            if (release(counted)) {
                metrics.released(job, counted);
            }
        }
        delete(key, job, plan.deletions());
        create(key, job, plan.creations());
    }

    /// Never at once: the plan counts in whole seconds and may wait for what the clock has already passed.
    private Result lookAgain(Instant at) {
        Duration until = Duration.between(clock.instant(), at).plus(SHORTEST_WAIT);
        return Result.requeueAfter(until.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : until);
    }

    private List<Pod> owned(Job job, List<Pod> candidates) {
        LabelSelector selector = job.spec().selector();
        return selector == null
                ? candidates.stream().filter(p -> Owners.isControlledBy(p, job)).toList()
                : claims.claim(job, selector, candidates);
    }

    /// Pods of a Job that is gone must not wait to be counted.
    private void releaseOrphans(ObjectKey key) {
        for (Pod pod : pods.inNamespace(key.namespace())) {
            boolean ours = Owners.controllerOf(pod)
                    .map(r -> r.kind().equals(JobKind.KIND.name()) && r.name().equals(key.name()))
                    .orElse(false);
            if (ours && JobPod.isTracked(pod)) {
                release(pod);
            }
        }
    }

    /// Takes the finalizer off; false where another did, or the pod has changed.
    boolean release(Pod pod) {
        ObjectKey key = ObjectKey.of(pod);
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("uid", text(pod.metadata().uid()));
        metadata.put("$deleteFromPrimitiveList/finalizers", List.of(JobPod.FINALIZER));
        try {
            podResource.patch(key.namespace(), key.name(), Patch.strategic(Map.of("metadata", metadata)));
            return true;
        } catch (StatusException e) {
            if (!e.isNotFound() && !e.isConflict()) {
                throw e;
            }
            return false;
        }
    }

    /// A pod that waits to be counted, but has no Job any more that would count it.
    Result releaseOrphan(ObjectKey key) {
        Optional<Pod> pod = pods.get(key.namespace(), key.name()).filter(JobPod::isTracked);
        if (pod.isPresent() && jobOf(pod.get()).isEmpty()) {
            release(pod.get());
        }
        return Result.done();
    }

    private Optional<Job> jobOf(Pod pod) {
        return Owners.controllerOf(pod)
                .filter(r -> r.kind().equals(JobKind.KIND.name()))
                .flatMap(r -> jobs.get(ObjectKey.of(pod).namespace(), r.name())
                        .filter(job -> Owners.uid(job).equals(r.uid()))
                        .or(() -> resource.find(ObjectKey.of(pod).namespace(), r.name())
                                .filter(job -> Owners.uid(job).equals(r.uid()))));
    }

    private void delete(ObjectKey key, Job job, List<Pod> going) {
        expectations.expectDeletions(key, going.stream().map(ObjectKey::of).toList());
        for (Pod pod : going) {
            try {
                if (!control.delete(job, pod)) {
                    expectations.deletionSeen(key, ObjectKey.of(pod));
                }
            } catch (StatusException e) {
                expectations.deletionSeen(key, ObjectKey.of(pod));
                throw e;
            }
        }
    }

    private void create(ObjectKey key, Job job, List<PodDemand.NewPod> creations) throws InterruptedException {
        expectations.expectCreations(key, creations.size());
        Iterator<PodDemand.NewPod> next = creations.iterator();
        AtomicInteger made = new AtomicInteger();
        try {
            SlowStart.Outcome outcome = SlowStart.run(creations.size(), () -> {
                PodDemand.NewPod wanted;
                synchronized (next) {
                    wanted = next.next();
                }
                control.create(job, JobPod.of(job, wanted));
                made.incrementAndGet();
            });
            if (!outcome.failures().isEmpty()) {
                throw outcome.failures().getFirst();
            }
        } finally {
            for (int i = made.get(); i < creations.size(); i++) {
                expectations.creationSeen(key);
            }
        }
    }
}
