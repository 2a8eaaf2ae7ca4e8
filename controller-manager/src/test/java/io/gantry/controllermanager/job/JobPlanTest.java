package io.gantry.controllermanager.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.api.batch.v1.job.Job;
import io.gantry.api.batch.v1.job.JobBuilder;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JobPlanTest {
    /// See [JobWords] for the words.
    record Case(String name, String spec, String status, List<String> pods, String expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final String INDEXED = "\"completionMode\":\"Indexed\",";
    private static final String POLICY = "\"podFailurePolicy\":{\"rules\":[%s]}";
    private static final String ON_42 = "{\"action\":\"%s\",\"onExitCodes\":{\"operator\":\"In\",\"values\":[42]}}";
    private static final String SUSPENDED =
            "\"conditions\":[{\"type\":\"Suspended\",\"status\":\"True\",\"reason\":\"JobSuspended\"}]";

    private static Case of(String name, String spec, List<String> pods, String expected) {
        return new Case(name, spec, "", pods, expected);
    }

    static Stream<Case> plain() {
        return Stream.of(
                of("starts in parallel", "\"completions\":5,\"parallelism\":2", List.of(), "+x,x"),
                of("a work queue", "\"parallelism\":2", List.of("a Running"), "+x"),
                of(
                        "a work queue is empty after the first success",
                        "\"parallelism\":3",
                        List.of("a Running", "b Succeeded"),
                        "free=b noted=b"),
                of(
                        "no more than is missing",
                        "\"completions\":2,\"parallelism\":3",
                        List.of("a Succeeded"),
                        "+x free=a noted=a"),
                of(
                        "fewer at a time",
                        "\"completions\":5,\"parallelism\":1",
                        List.of("a Running ready", "b Running"),
                        "-b"),
                of("none at a time", "\"completions\":5,\"parallelism\":0", List.of("a Running"), "-a"),
                of("a failure delays the next", "\"completions\":1", List.of("a Failed end=5"), "free=a lost=a in=5"),
                of(
                        "the third failure for long",
                        "\"completions\":1",
                        List.of("a Failed end=50", "b Failed end=40", "c Failed end=5"),
                        "free=a,b,c lost=a,b,c in=35"),
                of(
                        "a success makes up for it",
                        "\"completions\":2",
                        List.of("a Failed end=50", "b Succeeded end=5"),
                        "+x free=a,b noted=b lost=a"),
                of("then it comes", "\"completions\":1", List.of("a Failed end=11"), "+x free=a lost=a"),
                of(
                        "enough failures end it",
                        "\"completions\":2,\"parallelism\":2,\"backoffLimit\":0",
                        List.of("a Failed", "b Running"),
                        "-b free=a,b lost=a,b FailureTarget:BackoffLimitExceeded"),
                of(
                        "enough restarts end it",
                        "OnFailure\"completions\":1,\"backoffLimit\":3",
                        List.of("a Running restarts=3"),
                        "-a free=a lost=a FailureTarget:BackoffLimitExceeded"),
                of(
                        "done",
                        "\"completions\":1",
                        List.of("a Succeeded"),
                        "free=a noted=a SuccessCriteriaMet:CompletionsReached"),
                of(
                        "nothing to do",
                        "\"completions\":0",
                        List.of(),
                        "SuccessCriteriaMet:CompletionsReached Complete:CompletionsReached"),
                of(
                        "past its deadline",
                        "\"activeDeadlineSeconds\":10,\"completions\":1",
                        List.of("a Running"),
                        "-a free=a lost=a FailureTarget:DeadlineExceeded"),
                of("before it", "\"activeDeadlineSeconds\":3610,\"completions\":1", List.of("a Running"), "in=10"),
                of(
                        "a pod that goes counts as failed",
                        "\"completions\":1",
                        List.of("a Running going"),
                        "free=a lost=a in=10"),
                of(
                        "or only when it has failed",
                        "\"completions\":1,\"podReplacementPolicy\":\"Failed\"",
                        List.of("a Running going"),
                        ""));
    }

    static Stream<Case> suspension() {
        return Stream.of(
                of(
                        "suspended",
                        "\"suspend\":true,\"completions\":1",
                        List.of("a Running"),
                        "-a Suspended:JobSuspended"),
                new Case("stays", "\"suspend\":true,\"completions\":1", SUSPENDED, List.of(), "Suspended:JobSuspended"),
                new Case("resumed", "\"completions\":1", SUSPENDED, List.of(), "+x Suspended!JobResumed"),
                of(
                        "no deadline meanwhile",
                        "\"suspend\":true,\"activeDeadlineSeconds\":1,\"completions\":1",
                        List.of(),
                        "Suspended:JobSuspended"));
    }

    static Stream<Case> indexed() {
        return Stream.of(
                of("the lowest first", INDEXED + "\"completions\":5,\"parallelism\":2", List.of(), "+0,1"),
                of(
                        "gaps",
                        INDEXED + "\"completions\":4,\"parallelism\":3",
                        List.of("a Succeeded i=1", "b Running i=2"),
                        "+0,3 free=a ok=1 done=1"),
                of(
                        "doubles go",
                        INDEXED + "\"completions\":2,\"parallelism\":2",
                        List.of("a Running i=0 ready", "b Running i=0"),
                        "-b"),
                of(
                        "so do invalid ones",
                        INDEXED + "\"completions\":1,\"parallelism\":1",
                        List.of("a Running i=0", "b Running i=7"),
                        "-b"),
                new Case(
                        "a Job made smaller forgets",
                        INDEXED + "\"completions\":2,\"parallelism\":2",
                        "\"completedIndexes\":\"0,5\",\"succeeded\":2",
                        List.of(),
                        "+1 ok=1 done=0"),
                of(
                        "all done",
                        INDEXED + "\"completions\":2,\"parallelism\":2",
                        List.of("a Succeeded i=0", "b Succeeded i=1"),
                        "free=a,b ok=2 done=0,1 SuccessCriteriaMet:CompletionsReached"),
                of(
                        "enough of some",
                        INDEXED + "\"completions\":4,\"parallelism\":4,\"successPolicy\":{\"rules\":[{"
                                + "\"succeededIndexes\":\"1-3\",\"succeededCount\":1}]}",
                        List.of("a Running i=0", "b Succeeded i=2"),
                        "-a free=a,b ok=1 done=2 SuccessCriteriaMet:SuccessPolicy"),
                of(
                        "all of some",
                        INDEXED + "\"completions\":4,\"parallelism\":2,\"successPolicy\":{\"rules\":[{"
                                + "\"succeededIndexes\":\"0,2\"}]}",
                        List.of("a Running i=0", "b Succeeded i=2"),
                        "+1 free=b ok=1 done=2"));
    }

    static Stream<Case> perIndex() {
        String spec = INDEXED + "\"backoffLimit\":2147483647,\"completions\":2,\"parallelism\":2,"
                + "\"backoffLimitPerIndex\":1";
        return Stream.of(
                of("both", spec, List.of(), "+0,1"),
                of(
                        "each index waits alone",
                        spec,
                        List.of("a Failed i=0 end=3 fails=0", "b Succeeded i=1"),
                        "free=b ok=1 done=1 in=7"),
                of("its failures are handed on", spec, List.of("a Failed i=0 end=30 fails=0", "b Running i=1"), "+0f1"),
                of(
                        "then the failed pod is let go",
                        spec,
                        List.of("a Failed i=0 fails=0", "c Running i=0 fails=1", "b Running i=1"),
                        "free=a lost=a"),
                of(
                        "an index fails for good",
                        spec,
                        List.of("a Failed i=0 fails=1", "b Running i=1"),
                        "free=a lost=a dead=0"),
                new Case(
                        "failed when none is left",
                        spec,
                        "\"failed\":2,\"failedIndexes\":\"0\"",
                        List.of("b Succeeded i=1"),
                        "free=b ok=1 bad=2 done=1 dead=0 FailureTarget:FailedIndexes"),
                of(
                        "too many failed indexes",
                        spec + ",\"maxFailedIndexes\":0",
                        List.of("a Failed i=0 fails=1", "b Running i=1"),
                        "-b free=a,b lost=a,b dead=0 FailureTarget:MaxFailedIndexesExceeded"),
                of(
                        "a rule fails the index at once",
                        spec + "," + POLICY.formatted(ON_42.formatted("FailIndex")),
                        List.of("a Failed i=0 fails=0 exit=42", "b Running i=1"),
                        "free=a lost=a dead=0"));
    }

    static Stream<Case> failurePolicy() {
        String ignore = "{\"action\":\"Ignore\",\"onPodConditions\":[{\"type\":\"DisruptionTarget\"}]}";
        return Stream.of(
                of(
                        "fails the Job",
                        "\"completions\":2,\"parallelism\":2," + POLICY.formatted(ON_42.formatted("FailJob")),
                        List.of("a Failed exit=42", "b Running"),
                        "-b free=a,b lost=a,b FailureTarget:PodFailurePolicy"),
                of(
                        "other codes do not",
                        "\"completions\":1," + POLICY.formatted(ON_42.formatted("FailJob")),
                        List.of("a Failed exit=1"),
                        "+x free=a lost=a"),
                of(
                        "ignored ones do not count",
                        "\"completions\":1,\"backoffLimit\":0," + POLICY.formatted(ignore),
                        List.of("a Failed cond=DisruptionTarget"),
                        "+x free=a"),
                of(
                        "the first rule decides",
                        "\"completions\":1,\"backoffLimit\":0,"
                                + POLICY.formatted(ON_42.formatted("Count") + "," + ignore),
                        List.of("a Failed cond=DisruptionTarget exit=42"),
                        "free=a lost=a FailureTarget:BackoffLimitExceeded"));
    }

    @ParameterizedTest
    @MethodSource({"plain", "suspension", "indexed", "perIndex", "failurePolicy"})
    void plans(Case c) {
        assertEquals(c.expected(), JobWords.text(JobWords.plan(JobWords.job(c.spec(), c.status()), c.pods())));
    }

    @Test
    void theMessageOfAFailurePolicyNamesContainerPodAndRule() {
        Job job = JobWords.job("\"completions\":1," + POLICY.formatted(ON_42.formatted("FailJob")), "");
        JobPlan plan = JobWords.plan(job, List.of("a Failed exit=42"));
        assertEquals(
                "Container main for pod ns/a failed with exit code 42 matching FailJob rule at index 0",
                plan.status().conditions().getFirst().message());
    }

    @Test
    void aPodIsNotedThenReleasedThenCounted() {
        Job job = JobWords.job("\"completions\":1", "");
        JobPlan noted = JobWords.plan(job, List.of("a Succeeded"));
        assertEquals(null, noted.status().succeeded());
        Job after = JobBuilder.builder(job).status(noted.status()).build();
        assertEquals(
                noted.status(), JobWords.plan(after, List.of("a Succeeded")).status());
        JobPlan counted = JobWords.plan(after, List.of("a Succeeded free"));
        assertEquals(1, counted.status().succeeded());
        assertTrue(JobPlan.isFinished(
                JobBuilder.builder(job).status(counted.status()).build()));
        assertEquals("Completed", counted.events().getFirst().reason());
        JobPlan same =
                JobWords.plan(JobBuilder.builder(job).status(counted.status()).build(), List.of("a Succeeded free"));
        assertEquals(counted.status(), same.status());
    }

    @Test
    void aPodThatIsGoneWasCountedOnce() {
        Job job = JobWords.job("\"completions\":2", "\"uncountedTerminatedPods\":{\"failed\":[\"a\"]},\"failed\":1");
        assertEquals("+x bad=2", JobWords.text(JobWords.plan(job, List.of())));
    }

    @Test
    void nothingComesOrGoesBeforeTheCacheShowsWhatWasDone() {
        JobView view =
                new JobView(JobWords.job("\"completions\":3,\"parallelism\":3", ""), List.of(), false, JobWords.NOW);
        assertEquals("", JobWords.text(JobPlan.of(view)));
    }

    @Test
    void failureIsSaidForGoodWhenNoPodIsLeft() {
        String status = "\"conditions\":[{\"type\":\"FailureTarget\",\"status\":\"True\","
                + "\"reason\":\"DeadlineExceeded\",\"message\":\"m\"}]";
        Job job = JobWords.job("\"completions\":1", status);
        assertEquals(
                "FailureTarget:DeadlineExceeded", JobWords.text(JobWords.plan(job, List.of("a Running free going"))));
        JobPlan plan = JobWords.plan(job, List.of());
        assertEquals("FailureTarget:DeadlineExceeded Failed:DeadlineExceeded", JobWords.text(plan));
        assertEquals("DeadlineExceeded", plan.events().getFirst().reason());
    }

    @Test
    void indexesAreWrittenShort() {
        assertEquals("0-2,4,6,7", Indexes.format(List.of(0, 1, 2, 4, 6, 7)));
        assertEquals(List.of(0, 1, 2, 5), List.copyOf(Indexes.parse("0-2,5")));
        assertEquals(List.of(), List.copyOf(Indexes.parse("")));
    }

    /// The time that a Job may take begins anew when it goes on (upstream, since 1.36).
    @Test
    void aSuspendedJobHasNoStartTime() {
        Job job = Json.MAPPER.readValue(
                "{\"metadata\":{\"name\":\"j\",\"namespace\":\"ns\",\"uid\":\"ju\"},\"spec\":{\"suspend\":true,"
                        + "\"completions\":1,\"parallelism\":1,\"template\":{\"spec\":{\"containers\":[]}}},"
                        + "\"status\":{\"startTime\":\"2026-01-01T00:00:00Z\"}}",
                Job.class);
        JobPlan plan = JobPlan.of(new JobView(job, List.of(), true, Instant.parse("2026-01-01T00:01:00Z")));
        assertNull(plan.status().startTime());
    }
}
