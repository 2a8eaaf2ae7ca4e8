package io.gantry.api.batch.v1.cronjob;

import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.Subresource;
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
}
