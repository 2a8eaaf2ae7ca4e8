package io.gantry.api.rules;

import static io.gantry.api.rules.Manifests.ENDING;
import static io.gantry.api.rules.Manifests.META;
import static io.gantry.api.rules.Manifests.POD;
import static io.gantry.api.rules.Manifests.object;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.batch.v1.cronjob.CronJobKind;
import io.gantry.api.batch.v1.job.Job;
import io.gantry.api.batch.v1.job.JobKind;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Rules of Jobs and CronJobs.
final class JobRulesTest {
    static Stream<CreateCase> creates() {
        return Stream.of(
                new CreateCase(
                        "labels of a job that no pod gets",
                        new CronJobKind(),
                        object(
                                META,
                                "'schedule':'* * * * *','jobTemplate':{'metadata':{'labels':{'a':'-'}},'spec':{"
                                        + ENDING + "}}"),
                        List.of()),
                new CreateCase(
                        "always restarting",
                        new CronJobKind(),
                        object(META, "'schedule':'* * * * *','jobTemplate':{'spec':{'template':{" + POD + "}}}"),
                        List.of("spec.jobTemplate.spec.template.spec.restartPolicy: Required value: valid values:"
                                + " \"OnFailure\", \"Never\"")),
                new CreateCase(
                        "four fields",
                        new CronJobKind(),
                        object(META, "'schedule':'* * * *','jobTemplate':{'spec':{" + ENDING + "}}"),
                        List.of("spec.schedule: Invalid value: \"* * * *\": expected exactly 5 fields, found 4:"
                                + " [* * * *]")),
                new CreateCase(
                        "minute 61",
                        new CronJobKind(),
                        object(
                                META,
                                "'schedule':'61 * * * *','timeZone':'Mars/X','jobTemplate':{'spec':{" + ENDING + "}}"),
                        List.of(
                                "spec.timeZone: Invalid value: \"Mars/X\": unknown time zone Mars/X",
                                "spec.schedule: Invalid value: \"61 * * * *\": end of range (61) above maximum (59):"
                                        + " 61")));
    }

    @ParameterizedTest
    @MethodSource("creates")
    void saysWhatIsWrong(CreateCase one) {
        one.check();
    }

    @Test
    void aJobGetsItsSelectorFromItsUid() {
        RulesHarness<?> jobs = new RulesHarness<>(new JobKind());
        ObjectNode job =
                jobs.defaulted("{'metadata':{'name':'a','namespace':'default','uid':'u'},'spec':{" + ENDING + "}}");
        new JobKind().rules().prepareForCreate(job);
        JsonNode spec = job.path("spec");
        assertEquals(
                "{\"matchLabels\":{\"batch.kubernetes.io/controller-uid\":\"u\"}}",
                spec.path("selector").toString());
        assertEquals(
                "a",
                spec.path("template")
                        .path("metadata")
                        .path("labels")
                        .path("job-name")
                        .asString());
        assertEquals(1, spec.path("completions").asInt());
        assertEquals(6, spec.path("backoffLimit").asInt());
        assertEquals(List.of(), jobs.create(job.toString()));
    }

    @Test
    void aJobWithoutASelectorSelectsNothing() {
        String labelled = "'template':{'metadata':{'labels':{'b':'1','a':'2'}},"
                + "'spec':{'restartPolicy':'Never','containers':[{'name':'c','image':'nginx'}]}}";
        assertEquals(
                List.of(
                        "spec.selector: Required value",
                        "spec.template.metadata.labels: Invalid value: {\"a\":\"2\",\"b\":\"1\"}:"
                                + " `selector` does not match template `labels`"),
                new RulesHarness<>(new JobKind()).create(object(META, labelled)));
    }

    @Test
    void noLabelsAreNull() {
        String unlabelled = "'manualSelector':true,'selector':{'matchLabels':{'a':'b'}},"
                + "'template':{'spec':{'restartPolicy':'Never','containers':[{'name':'c','image':'nginx'}]}}";
        assertEquals(
                List.of(
                        "spec.template.metadata.labels: Invalid value: null: `selector` does not match template `labels`"),
                new RulesHarness<>(new JobKind()).create(object(META, unlabelled)));
    }

    @Test
    void aSuspendedJobsPodsMayAskForOtherThings() {
        RulesHarness<?> jobs = new RulesHarness<>(new JobKind());
        String quiet =
                "{'metadata':{'name':'a','namespace':'default','uid':'u'},'spec':{'suspend':true,'manualSelector':true,'selector':{},"
                        + ENDING + "},'status':{'startTime':'2026-01-01T00:00:00Z','conditions':[{'type':'Suspended',"
                        + "'status':'True'}]}}";
        String asks = quiet.replace("'image':'nginx'", "'image':'nginx','resources':{'requests':{'cpu':'2'}}")
                .replace("'restartPolicy'", "'nodeSelector':{'a':'b'},'restartPolicy'");
        assertEquals(List.of(), jobs.update(asks, quiet));
        assertEquals(1, jobs.update(quiet.replace("nginx", "redis"), quiet).size());
        String running = quiet.replace("'startTime'", "'active':1,'startTime'");
        assertEquals(
                1,
                jobs.update(asks.replace("'startTime'", "'active':1,'startTime'"), running)
                        .size());
        String before = quiet.replace("'True'", "'False'");
        assertEquals(1, jobs.update(asks.replace("'True'", "'False'"), before).size());
    }

    @Test
    void aFailurePolicysConditionsAreTrueInTemplatesOfJobsToo() {
        String spec =
                "'podFailurePolicy':{'rules':[{'action':'Ignore','onPodConditions':[{'type':'DisruptionTarget'}]}]},"
                        + ENDING;
        ObjectNode job = new RulesHarness<>(new JobKind()).defaulted(object(META, spec));
        assertEquals("false", job.path("spec").path("manualSelector").toString());
        ObjectNode cron = new RulesHarness<>(new CronJobKind())
                .defaulted(object(META, "'schedule':'* * * * *','jobTemplate':{'spec':{" + spec + "}}"));
        JsonNode template = cron.path("spec").path("jobTemplate").path("spec");
        assertFalse(template.has("manualSelector"));
        for (JsonNode each : List.of(job.path("spec"), template)) {
            assertEquals(
                    "\"True\"",
                    each.at("/podFailurePolicy/rules/0/onPodConditions/0/status")
                            .toString());
        }
    }

    /// As `kubectl get job -o yaml` gives it for another cluster, or for the same one again.
    @Test
    void aJobWithLabelsOfAnotherIsRefused() {
        RulesHarness<Job> jobs = new RulesHarness<>(new JobKind());
        ObjectNode fresh = jobs.defaulted(job("'uid':'u1'", ENDING));
        new JobKind().rules().prepareForCreate(fresh);
        assertEquals(List.of(), jobs.create(fresh.toString()));
        ObjectNode copied = jobs.defaulted(fresh.toString().replace("\"uid\":\"u1\"", "\"uid\":\"u2\""));
        new JobKind().rules().prepareForCreate(copied);
        String labels = "{\"batch.kubernetes.io/controller-uid\":\"u1\",\"batch.kubernetes.io/job-name\":\"a\","
                + "\"controller-uid\":\"u1\",\"job-name\":\"a\"}";
        assertEquals(
                List.of(
                        "spec.template.metadata.labels[controller-uid]: Invalid value: " + labels + ": must be 'u2'",
                        "spec.template.metadata.labels[batch.kubernetes.io/controller-uid]: Invalid value: " + labels
                                + ": must be 'u2'",
                        "spec.selector: Invalid value: {\"matchLabels\":{\"batch.kubernetes.io/controller-uid\":\"u1\"}}:"
                                + " `selector` not auto-generated"),
                jobs.create(copied.toString()));
    }

    @Test
    void aSelectorOfTheClientsOwnWantsItsFlag() {
        RulesHarness<Job> jobs = new RulesHarness<>(new JobKind());
        ObjectNode own = jobs.defaulted(job("'uid':'u1'", "'selector':{'matchLabels':{'app':'x'}}," + ENDING));
        new JobKind().rules().prepareForCreate(own);
        List<String> errors = jobs.create(own.toString());
        assertTrue(errors.getFirst().startsWith("spec.selector: Invalid value: "), errors.toString());
        assertTrue(errors.getFirst().endsWith("`selector` not auto-generated"), errors.toString());
        assertTrue(errors.get(1).endsWith("`selector` does not match template `labels`"), errors.toString());
    }

    @Test
    void podsOfAnIndexedJobNeedHostNames() {
        String name = "a".repeat(61);
        ObjectNode job = new RulesHarness<>(new JobKind())
                .defaulted(object(
                        "'metadata':{'name':'" + name + "','namespace':'n','uid':'u1'}",
                        "'completionMode':'Indexed','completions':11," + ENDING));
        new JobKind().rules().prepareForCreate(job);
        assertEquals(
                List.of("metadata.name: Invalid value: \"" + name + "\": will not able to create pod with invalid DNS"
                        + " label: " + name + "-10"),
                new RulesHarness<>(new JobKind()).create(job.toString()));
    }

    private static String job(String meta, String spec) {
        return object("'metadata':{'name':'a','namespace':'n'," + meta + "}", spec);
    }

    /// @param errors empty for none
    record Zoned(String now, String old, List<String> errors) {}

    static Stream<Zoned> zones() {
        String berlin = "'timeZone':'Europe/Berlin','schedule':'0 * * * *'";
        String mars = "'timeZone':'Mars/X','schedule':'0 * * * *'";
        String within = "'schedule':'TZ=UTC 0 * * * *'";
        String refused = "spec.schedule: Invalid value: \"TZ=UTC 0 * * * *\": cannot use ";
        return Stream.of(
                new Zoned(berlin, mars, List.of()),
                new Zoned(mars, mars, List.of()),
                new Zoned(mars, berlin, List.of("spec.timeZone: Invalid value: \"Mars/X\": unknown time zone Mars/X")),
                new Zoned(within, within, List.of()),
                new Zoned(berlin, within, List.of()),
                new Zoned(within, berlin, List.of(refused + "TZ or CRON_TZ in schedule, use timeZone field instead")),
                new Zoned(
                        within + ",'timeZone':'UTC'",
                        within,
                        List.of(refused + "both timeZone field and TZ or CRON_TZ in schedule")));
    }

    @ParameterizedTest
    @MethodSource
    void zones(Zoned one) {
        String rest = ",'jobTemplate':{'spec':{" + ENDING + "}}";
        assertEquals(
                one.errors(),
                new RulesHarness<>(new CronJobKind())
                        .update(object(META, one.now() + rest), object(META, one.old() + rest)));
    }
}
