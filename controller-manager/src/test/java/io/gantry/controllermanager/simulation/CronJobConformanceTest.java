package io.gantry.controllermanager.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.batch.v1.cronjob.CronJobKind;
import io.gantry.api.batch.v1.job.JobKind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// What the conformance suite asks of CronJobs, with all controllers on a clock that is moved by hand: upstream's
/// tests wait for real minutes.
class CronJobConformanceTest {
    private static final String SPEC = "{\"schedule\":\"*/1 * * * *\",\"suspend\":%s,\"concurrencyPolicy\":\"%s\","
            + "\"jobTemplate\":{\"spec\":%s}}";

    private final Simulation simulation = new Simulation(3);

    /// A minute passes; the Jobs' pods do not end by themselves.
    private void minutes(int count) {
        simulation.live(Duration.ofMinutes(count));
    }

    private void given(boolean suspended, String concurrency) {
        String endless = "{\"template\":{\"metadata\":{\"annotations\":{\"" + Kubelets.ENDLESS + "\":\"yes\"}},"
                + "\"spec\":{\"restartPolicy\":\"Never\",\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}}";
        simulation
                .then(user -> user.node("n1"))
                .then(user -> user.create(CronJobKind.KIND, "tick", SPEC.formatted(suspended, concurrency, endless)));
        minutes(3);
    }

    private List<String> jobs() {
        return simulation.api.all(JobKind.KIND).stream()
                .map(job -> job.path("metadata").path("name").asString(""))
                .toList();
    }

    private int active() {
        ObjectNode cron = simulation.api.all(CronJobKind.KIND).getFirst();
        return cron.path("status").path("active").size();
    }

    @Test
    void aSuspendedOneMakesNoJobs() {
        given(true, "Allow");
        minutes(5);
        assertEquals(List.of(), jobs());
        assertEquals(0, active());
    }

    @Test
    void forbidMakesNoSecondWhileOneRuns() {
        given(false, "Forbid");
        List<String> first = jobs();
        assertEquals(1, first.size());
        minutes(5);
        assertEquals(first, jobs());
        assertEquals(1, active());
    }

    @Test
    void replaceEndsTheOneThatRuns() {
        given(false, "Replace");
        List<String> first = jobs();
        assertEquals(1, first.size());
        minutes(2);
        assertEquals(1, jobs().size());
        assertTrue(!jobs().equals(first));
        assertEquals(1, active());
    }

    @Test
    void allowLetsSeveralRun() {
        given(false, "Allow");
        minutes(2);
        assertTrue(jobs().size() > 1);
        assertEquals(jobs().size(), active());
    }

    @Test
    void aJobMadeByHandDoesNotCount() {
        given(false, "Forbid");
        simulation.then(user -> user.make(
                JobKind.KIND,
                "extra",
                ",\"spec\":{\"template\":{\"spec\":{\"restartPolicy\":\"Never\",\"containers\":[]}}}"));
        simulation.then(user -> user.patch(
                JobKind.KIND,
                "extra",
                "{\"metadata\":{\"ownerReferences\":[{\"apiVersion\":\"batch/v1\",\"kind\":\"CronJob\",\"name\":\"tick\","
                        + "\"uid\":\"" + user.uid(CronJobKind.KIND, "tick") + "\",\"controller\":true}]}}"));
        minutes(2);
        assertEquals(1, active());
        assertTrue(simulation.events.all().stream()
                .anyMatch(e -> e.reason().equals("UnexpectedJob")
                        && e.message().equals("Saw a job that the controller did not create or forgot: extra")));
    }
}
