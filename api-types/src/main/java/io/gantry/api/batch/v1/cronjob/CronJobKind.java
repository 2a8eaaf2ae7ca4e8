package io.gantry.api.batch.v1.cronjob;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Subresource;
import io.gantry.api.printer.Cells;
import io.gantry.api.printer.WorkloadColumns;
import java.util.List;
import java.util.Set;

/// Declares the `CronJob` kind of `batch/v1` to the API server and to clients.
public final class CronJobKind implements KindDefinition<CronJob> {
    public static final Kind<CronJob> KIND =
            new Kind<>(CronJob.class, "batch", "v1", "CronJob", "cronjobs", true, List.of("cj"), List.of("all"));

    @Override
    public Kind<CronJob> kind() {
        return KIND;
    }

    @Override
    public Set<Subresource> subresources() {
        return Set.of(Subresource.STATUS);
    }

    @Override
    public KindRules<CronJob> rules() {
        return new CronJobRules();
    }

    @Override
    public List<Column> columns() {
        return WorkloadColumns.with(
                List.of(
                        Column.text("Schedule", "When it runs.", Cells.text("spec.schedule")),
                        Column.text("Timezone", "Time zone of the schedule.", Cells.text("spec.timeZone", Cells.NONE)),
                        new Column(
                                "Suspend",
                                "boolean",
                                "",
                                0,
                                "Whether it rests.",
                                (job, now) -> job.path("spec").path("suspend").asBoolean(false) ? "True" : "False"),
                        Column.number(
                                "Active",
                                "Jobs that run.",
                                (job, now) -> job.path("status").path("active").size()),
                        Column.text(
                                "Last Schedule",
                                "Time since it last ran.",
                                Cells.since("status.lastScheduleTime", Cells.NONE)),
                        Column.age()),
                WorkloadColumns.template(
                        "spec.jobTemplate.spec.template.spec", Cells.selector("spec.jobTemplate.spec.selector")));
    }
}
