package io.gantry.kubelet.pod;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.api.core.v1.pod.PodStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

class TerminationsTest {
    private static PodStatus status(String containers) {
        return Json.MAPPER.readValue(
                ("{'containerStatuses':" + containers + ",'initContainerStatuses':[{'name':'i','state':"
                                + "{'terminated':{'exitCode':0,'reason':'Completed'}}}]}")
                        .replace('\'', '"'),
                PodStatus.class);
    }

    @Test
    void anEndIsCountedOnce() {
        Terminations terminations = new Terminations();
        PodStatus running = status("[{'name':'c','state':{'running':{}}}]");
        PodStatus ended = status("[{'name':'c','state':{'terminated':{'exitCode':139,'reason':'Error'}}}]");
        terminations.count(Json.MAPPER.readValue("{}", PodStatus.class), running);
        terminations.count(running, ended);
        terminations.count(ended, ended);
        assertEquals(
                List.of(
                        "kubelet_terminated_containers_total{container_type=\"container\",exit_code=\"139\","
                                + "reason=\"Error\"} 1",
                        "kubelet_terminated_containers_total{container_type=\"init_container\",exit_code=\"0\","
                                + "reason=\"Completed\"} 1"),
                terminations
                        .text()
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .sorted()
                        .toList());
    }
}
