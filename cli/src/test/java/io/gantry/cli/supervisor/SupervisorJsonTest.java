package io.gantry.cli.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;

class SupervisorJsonTest {
    private static final ProcessSpec SPEC = new ProcessSpec(
            "a", List.of("java", "-cp", "x \"y\""), Map.of("K", "v\n"), "/log", "http://h", "/run/file");

    @Test
    void whatIsWrittenIsReadAgain() {
        List<ProcessState> states = List.of(
                new ProcessState("a", 4_000_000_000L, 1, 2, 1, "ended after 3 s", "http://h", false),
                new ProcessState("b", 0, 0, 0, 0, "", "", true));
        assertEquals(states, SupervisorJson.states(SupervisorJson.states(states)));
        assertEquals(List.of(SPEC), SupervisorJson.specs(SupervisorJson.specs(List.of(SPEC))));
        SupervisorRequest request = new SupervisorRequest("start", List.of(SPEC), "n");
        assertEquals(request, SupervisorJson.request(SupervisorJson.request(request)));
    }

    /// Files of an earlier release are pretty-printed and may hold members that this one does not know.
    @Test
    void unknownMembersAndMissingOnesAreTaken() {
        assertEquals(
                List.of(new ProcessSpec("a", List.of("x"), Map.of(), "", "")),
                SupervisorJson.specs("[ {\n \"name\" : \"a\", \"new\" : {\"b\":[1,null]}, \"command\": [\"x\"] } ]"));
        assertEquals(new SupervisorRequest("", List.of(), ""), SupervisorJson.request("{}"));
    }

    @Test
    void brokenTextIsRefused() {
        assertThrows(JacksonException.class, () -> SupervisorJson.states("[{\"name\":"));
    }
}
