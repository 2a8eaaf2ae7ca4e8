package io.gantry.api.batch.v1.job;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Subresource;
import java.util.List;
import java.util.Set;

/// Declares the `Job` kind of `batch/v1` to the API server and to clients.
public final class JobKind implements KindDefinition<Job> {
    public static final Kind<Job> KIND =
            new Kind<>(Job.class, "batch", "v1", "Job", "jobs", true, List.of(), List.of("all"));

    @Override
    public Kind<Job> kind() {
        return KIND;
    }

    @Override
    public Set<Subresource> subresources() {
        return Set.of(Subresource.STATUS);
    }

    @Override
    public KindRules<Job> rules() {
        return new JobRules();
    }

    @Override
    public List<Column> columns() {
        return JobColumns.all();
    }
}
