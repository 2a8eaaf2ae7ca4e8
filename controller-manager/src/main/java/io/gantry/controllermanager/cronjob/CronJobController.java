package io.gantry.controllermanager.cronjob;

import io.gantry.api.batch.v1.cronjob.CronJob;
import io.gantry.api.batch.v1.cronjob.CronJobKind;
import io.gantry.api.batch.v1.job.Job;
import io.gantry.api.batch.v1.job.JobKind;
import io.gantry.client.ObjectKey;
import io.gantry.client.informer.Informer;
import io.gantry.client.informer.InformerHandler;
import io.gantry.client.work.WorkQueue;
import io.gantry.controllermanager.Controller;
import io.gantry.controllermanager.ControllerContext;
import io.gantry.controllermanager.QueueController;
import io.gantry.controllermanager.common.Owners;

/// Watches CronJobs and the Jobs that they made.
public final class CronJobController {
    private static final String NAME = "cronjob-controller";
    private static final int WORKERS = 2;

    private CronJobController() {}

    public static Controller create(ControllerContext context) {
        Informer<CronJob> crons = context.informers().informer(CronJobKind.KIND);
        Informer<Job> jobs = context.informers().informer(JobKind.KIND);
        WorkQueue<ObjectKey> queue = new WorkQueue<>();
        crons.addHandler(InformerHandler.onAny(cron -> queue.add(ObjectKey.of(cron))));
        jobs.addHandler(InformerHandler.onAny(job -> Owners.controllerOf(job)
                .filter(r -> r.kind().equals(CronJobKind.KIND.name()))
                .ifPresent(r -> queue.add(new ObjectKey(ObjectKey.of(job).namespace(), r.name())))));
        CronJobReconciler reconciler = new CronJobReconciler(
                crons.lister(),
                jobs.lister(),
                context.client(),
                context.events().apply(NAME),
                context.clock());
        context.metrics().lookUp(reconciler::metrics);
        return new QueueController<>(NAME, queue, WORKERS, reconciler);
    }
}
