package io.gantry.controllermanager.job;

import io.gantry.api.batch.v1.job.JobCondition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A Job's conditions while a plan changes them. One thread.
final class JobConditions {
    private final List<JobCondition> conditions;
    private final Instant now;

    JobConditions(List<JobCondition> conditions, Instant now) {
        this.conditions = new ArrayList<>(conditions);
        this.now = now;
    }

    /// False when it says the same already. A condition that is not there is not said to be false.
    boolean set(String type, String status, String reason, String message) {
        JobCondition wanted = new JobCondition(type, status, now, now, reason, message);
        for (int i = 0; i < conditions.size(); i++) {
            JobCondition known = conditions.get(i);
            if (known.type().equals(type)) {
                if (known.status().equals(status)) {
                    return false;
                }
                conditions.set(i, wanted);
                return true;
            }
        }
        if (status.equals("False")) {
            return false;
        }
        conditions.add(wanted);
        return true;
    }

    List<JobCondition> all() {
        return List.copyOf(conditions);
    }

    static boolean isTrue(List<JobCondition> conditions, String type) {
        return conditions.stream()
                .anyMatch(c -> c.type().equals(type) && c.status().equals("True"));
    }
}
