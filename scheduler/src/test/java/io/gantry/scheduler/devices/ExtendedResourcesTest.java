package io.gantry.scheduler.devices;

import static io.gantry.scheduler.testing.Objects.json;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.resource.v1.deviceclass.DeviceClass;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What claims ask for in place of extended resources.
class ExtendedResourcesTest {
    private static String containers(String text) {
        return text == null
                ? ""
                : List.of(text.split(" ")).stream()
                        .map(each -> each.split("="))
                        .map(each -> "{'name':'" + each[0] + "'"
                                + (each[0].startsWith("s") ? ",'restartPolicy':'Always'" : "")
                                + ",'resources':{'requests':{'cpu':'1','x/gpu':'" + each[1] + "'}}}")
                        .collect(Collectors.joining(","));
    }

    /// Init containers (those with s are sidecars), containers, requests and what each container uses.
    @ParameterizedTest
    @CsvSource({
        ",a=1,container-0-request-1*1,a:0",
        ",a=1 b=2,container-0-request-1*1 container-1-request-1*2,a:0 b:1",
        ",a=0,,",
        "i=1,a=1,container-1-request-1*1,a:1 i:1",
        "i=3,a=1,container-0-request-1*2 container-1-request-1*1,a:1 i:1 i:0",
        "i=3 j=4,a=1,container-1-request-1*3 container-2-request-1*1,a:2 i:2 j:2 i:1 j:1",
        "s=1 i=1,a=2,container-0-request-1*1 container-2-request-1*2,s:0 a:2 i:2"
    })
    void requestsAndWhoUsesThem(String init, String containers, String requests, String mappings) {
        Pod pod = json(
                Pod.class,
                "{'metadata':{'name':'p'},'spec':{'initContainers':[" + containers(init) + "],'containers':["
                        + containers(containers) + "]}}");
        ExtendedResources.Plan plan = ExtendedResources.plan(pod, Map.of("x/gpu", "gpu"));
        assertEquals(
                requests == null ? "" : requests,
                plan.requests().stream()
                        .map(each -> each.name() + "*"
                                + Objects.requireNonNull(each.exactly()).count())
                        .collect(Collectors.joining(" ")));
        assertEquals(
                mappings == null ? "" : mappings,
                plan.mappings().stream()
                        .map(each ->
                                each.containerName() + ":" + each.requestName().split("-")[1])
                        .collect(Collectors.joining(" ")));
    }

    private static DeviceClass deviceClass(String name, String created) {
        return json(
                DeviceClass.class,
                "{'metadata':{'name':'" + name + "','creationTimestamp':'" + created
                        + "'},'spec':{'extendedResourceName':'x/gpu'}}");
    }

    @Test
    void theNewestClassStandsForAResource() {
        List<DeviceClass> classes = List.of(
                deviceClass("old", "2026-01-01T00:00:00Z"),
                deviceClass("b", "2026-01-02T00:00:00Z"),
                deviceClass("a", "2026-01-02T00:00:00Z"));
        assertEquals("a", name("x/gpu", classes));
        assertEquals("old", name("deviceclass.resource.kubernetes.io/old", classes));
        assertEquals(Optional.empty(), ExtendedResources.classOf("x/other", classes));
    }

    private static String name(String resource, List<DeviceClass> classes) {
        return ExtendedResources.classOf(resource, classes)
                .orElseThrow()
                .metadata()
                .name();
    }
}
