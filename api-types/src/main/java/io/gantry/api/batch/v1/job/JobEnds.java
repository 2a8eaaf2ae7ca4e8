package io.gantry.api.batch.v1.job;

import tools.jackson.databind.JsonNode;

/// Which conditions of its end a Job's status says to be true.
record JobEnds(boolean complete, boolean failed, boolean failureTarget, boolean successCriteriaMet) {
    static JobEnds of(JsonNode job) {
        return new JobEnds(
                is(job, "Complete", "True"),
                is(job, "Failed", "True"),
                is(job, "FailureTarget", "True"),
                is(job, "SuccessCriteriaMet", "True"));
    }

    boolean finished() {
        return complete || failed;
    }

    static boolean is(JsonNode job, String type, String value) {
        return job.path("status")
                .path("conditions")
                .valueStream()
                .anyMatch(condition -> condition.path("type").asString("").equals(type)
                        && condition.path("status").asString("").equals(value));
    }
}
