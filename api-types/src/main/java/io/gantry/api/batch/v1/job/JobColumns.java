package io.gantry.api.batch.v1.job;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.HumanDuration;
import io.gantry.api.printer.Cells;
import io.gantry.api.printer.WorkloadColumns;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// The columns of Jobs (upstream `printJob`).
final class JobColumns {
    private JobColumns() {}

    static List<Column> all() {
        return WorkloadColumns.with(
                List.of(
                        Column.text("Status", "The state of the Job.", (job, now) -> status(job)),
                        Column.text(
                                "Completions", "Completions so far, of those wanted.", (job, now) -> completions(job)),
                        Column.text("Duration", "How long it took, or takes so far.", JobColumns::duration),
                        Column.age()),
                WorkloadColumns.template("spec.template.spec", Cells.selector("spec.selector")));
    }

    private static String status(JsonNode job) {
        if (has(job, "Complete")) {
            return "Complete";
        }
        if (has(job, "Failed")) {
            return "Failed";
        }
        if (job.path("metadata").path("deletionTimestamp").isString()) {
            return "Terminating";
        }
        for (String type : List.of("Suspended", "FailureTarget", "SuccessCriteriaMet")) {
            if (has(job, type)) {
                return type;
            }
        }
        return "Running";
    }

    private static boolean has(JsonNode job, String type) {
        return job.path("status")
                .path("conditions")
                .valueStream()
                .anyMatch(c -> c.path("type").asString("").equals(type)
                        && c.path("status").asString("").equals("True"));
    }

    private static String completions(JsonNode job) {
        long succeeded = Cells.numberAt(job, "status.succeeded");
        JsonNode wanted = job.path("spec").path("completions");
        if (wanted.isNumber()) {
            return succeeded + "/" + wanted.asLong();
        }
        long parallelism = Cells.numberAt(job, "spec.parallelism");
        return parallelism > 1 ? succeeded + "/1 of " + parallelism : succeeded + "/1";
    }

    private static String duration(JsonNode job, Instant now) {
        JsonNode start = job.path("status").path("startTime");
        JsonNode end = job.path("status").path("completionTime");
        if (!start.isString()) {
            return "";
        }
        Instant until = end.isString() ? Instant.parse(end.stringValue()) : now;
        return HumanDuration.format(Duration.between(Instant.parse(start.stringValue()), until));
    }
}
