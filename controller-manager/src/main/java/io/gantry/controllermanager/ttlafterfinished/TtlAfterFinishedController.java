package io.gantry.controllermanager.ttlafterfinished;

import static io.gantry.controllermanager.common.Fields.time;

import io.gantry.api.StatusException;
import io.gantry.api.batch.v1.job.Job;
import io.gantry.api.batch.v1.job.JobKind;
import io.gantry.client.Deletion;
import io.gantry.client.ObjectKey;
import io.gantry.client.Resource;
import io.gantry.client.informer.Informer;
import io.gantry.client.informer.InformerHandler;
import io.gantry.client.work.Result;
import io.gantry.client.work.WorkQueue;
import io.gantry.controllermanager.Controller;
import io.gantry.controllermanager.ControllerContext;
import io.gantry.controllermanager.QueueController;
import io.gantry.controllermanager.common.Owners;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Deletes finished Jobs that say how long they are to stay.
public final class TtlAfterFinishedController {
    private TtlAfterFinishedController() {}

    public static Controller create(ControllerContext context) {
        Informer<Job> jobs = context.informers().informer(JobKind.KIND);
        Resource<Job> resource = context.client().resource(JobKind.KIND);
        WorkQueue<ObjectKey> queue = new WorkQueue<>();
        jobs.addHandler(InformerHandler.onAny(job -> {
            if (expiry(job).isPresent()) {
                queue.add(ObjectKey.of(job));
            }
        }));
        Clock clock = context.clock();
        return new QueueController<>("ttl-after-finished-controller", queue, 1, key -> {
            Optional<Instant> expiry =
                    jobs.lister().get(key.namespace(), key.name()).flatMap(TtlAfterFinishedController::expiry);
            if (expiry.isEmpty()) {
                return Result.done();
            }
            Duration left = Duration.between(clock.instant(), expiry.get());
            if (left.isPositive()) {
                return Result.requeueAfter(left);
            }
            delete(resource, key, clock.instant());
            return Result.done();
        });
    }

    /// The time to live may have been raised meanwhile: ask the server.
    private static void delete(Resource<Job> resource, ObjectKey key, Instant now) {
        Optional<Job> fresh = resource.find(key.namespace(), key.name());
        boolean expired = fresh.flatMap(TtlAfterFinishedController::expiry)
                .map(at -> !at.isAfter(now))
                .orElse(false);
        if (!expired) {
            return;
        }
        try {
            resource.delete(key.namespace(), key.name(), Deletion.foreground().withUid(Owners.uid(fresh.get())));
        } catch (StatusException e) {
            if (!e.isNotFound()) {
                throw e;
            }
        }
    }

    /// When a finished Job is to go; empty when it has not finished, says nothing, or goes already.
    static Optional<Instant> expiry(Job job) {
        Integer seconds = job.spec().ttlSecondsAfterFinished();
        if (seconds == null || job.metadata().deletionTimestamp() != null) {
            return Optional.empty();
        }
        return job.status().conditions().stream()
                .filter(c -> (c.type().equals("Complete") || c.type().equals("Failed"))
                        && c.status().equals("True"))
                .map(c -> time(c.lastTransitionTime()).plusSeconds(seconds))
                .findFirst();
    }
}
