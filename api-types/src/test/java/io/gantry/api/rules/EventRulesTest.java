package io.gantry.api.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.core.v1.event.Event;
import io.gantry.api.core.v1.event.EventKind;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What an event must say (upstream `pkg/apis/core/validation/events.go`).
final class EventRulesTest {
    private static final RulesHarness<Event> EVENTS = new RulesHarness<>(new EventKind());
    private static final String SAID = "'reportingComponent':'a.b/c','reportingInstance':'i','action':'A','reason':'R'";

    record Case(String name, String namespace, String regarding, String said, List<String> errors) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static String timed(String said) {
        return ",'eventTime':'2026-01-01T00:00:00.000000Z'" + (said.isEmpty() ? "" : "," + said);
    }

    static Stream<Case> cases() {
        String wrong = "involvedObject.namespace: Invalid value: \"%s\": does not match event.namespace";
        return Stream.of(
                new Case("old, of its namespace", "n", "n", "", List.of()),
                new Case("old, of another", "n", "m", "", List.of(wrong.formatted("m"))),
                new Case("old, of the cluster", "default", "", "", List.of()),
                new Case("old, of the cluster elsewhere", "kube-system", "", "", List.of(wrong.formatted(""))),
                new Case("timed", "n", "n", timed(SAID), List.of()),
                new Case("timed, of another", "n", "m", timed(SAID), List.of()),
                new Case("timed, of the cluster", "kube-system", "", timed(SAID), List.of()),
                new Case("timed, of the cluster elsewhere", "n", "", timed(SAID), List.of(wrong.formatted(""))),
                new Case(
                        "a long action",
                        "n",
                        "n",
                        timed(SAID.replace("'A'", "'" + "A".repeat(129) + "'")),
                        List.of("action: Invalid value: \"\": can have at most 128 characters")),
                new Case(
                        "a long message",
                        "n",
                        "n",
                        timed(SAID + ",'message':'" + "m".repeat(1025) + "'"),
                        List.of("message: Invalid value: \"\": can have at most 1024 characters")),
                new Case(
                        "no instance, no reason",
                        "n",
                        "n",
                        timed("'reportingComponent':'c','action':'A'"),
                        List.of("reportingInstance: Required value", "reason: Required value")));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void anEventWithATimeSaysWhoReportsWhat(Case each) {
        String event = "{'metadata':{'name':'e','namespace':'" + each.namespace() + "'},'involvedObject':{'namespace':'"
                + each.regarding() + "'}" + each.said() + "}";
        assertEquals(each.errors(), EVENTS.create(event));
    }

    record Update(String name, String changed, List<String> errors) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Update> updates() {
        String series = "'series':{'count':%s,'lastObservedTime':'2026-01-01T00:00:00.000000Z'}";
        return Stream.of(
                new Update("none", "'reason':'R','note':'N'", List.of()),
                new Update(
                        "reason and note",
                        "'reason':'S','note':'M'",
                        List.of(
                                "reason: Invalid value: \"S\": field is immutable",
                                "message: Invalid value: \"M\": field is immutable")),
                new Update("a series", "'reason':'R','note':'N'," + series.formatted("2"), List.of()),
                new Update(
                        "a short series",
                        "'reason':'R','note':'N'," + series.formatted("1"),
                        List.of("series.count: Invalid value: \"\": should be at least 2")));
    }

    /// Also one that was made as a core event and has no time.
    @ParameterizedTest
    @MethodSource("updates")
    void onlyTheSeriesOfAnEventChanges(Update each) {
        RulesHarness<io.gantry.api.events.v1.event.Event> events =
                new RulesHarness<>(new io.gantry.api.events.v1.event.EventKind());
        String event = "{'metadata':{'name':'e','namespace':'n'},'regarding':{'namespace':'n'},%s}";
        assertEquals(
                each.errors(),
                events.update(event.formatted(each.changed()), event.formatted("'reason':'R','note':'N'")));
    }

    @Test
    void aNewEventHasATime() {
        RulesHarness<io.gantry.api.events.v1.event.Event> events =
                new RulesHarness<>(new io.gantry.api.events.v1.event.EventKind());
        assertEquals(
                List.of("eventTime: Required value"),
                events.create(
                        "{'metadata':{'name':'e','namespace':'n'},'regarding':{'namespace':'n'},'type':'Normal'}"));
    }
}
