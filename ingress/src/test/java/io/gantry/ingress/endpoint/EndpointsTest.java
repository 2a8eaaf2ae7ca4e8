package io.gantry.ingress.endpoint;

import static io.gantry.ingress.route.Objects.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.core.v1.service.Service;
import io.gantry.api.discovery.v1.endpointslice.EndpointSlice;
import io.gantry.client.ObjectKey;
import io.gantry.ingress.route.BackendRef;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class EndpointsTest {
    private static final Service WEB = json(
            Service.class,
            "{'metadata':{'name':'web','namespace':'default'},'spec':{'ports':["
                    + "{'name':'http','port':80,'targetPort':8080},{'name':'admin','port':81}]}}");

    private record Case(String name, String port, String endpoints, List<String> expected) {}

    private static EndpointSlice slice(String endpoints) {
        return json(
                EndpointSlice.class,
                "{'metadata':{'name':'web-x','namespace':'default','labels':{'kubernetes.io/service-name':'web'}},"
                        + "'addressType':'IPv4','ports':[{'name':'http','port':8080},{'name':'admin','port':9090}],"
                        + "'endpoints':[" + endpoints + "]}");
    }

    @TestFactory
    Stream<DynamicTest> endpoints() {
        String ready = "{'addresses':['10.0.0.1'],'conditions':{'ready':true}}";
        String unsaid = "{'addresses':['10.0.0.2']}";
        String notReady = "{'addresses':['10.0.0.3'],'conditions':{'ready':false,'serving':false}}";
        String ending = "{'addresses':['10.0.0.4'],'conditions':{'ready':false,'serving':true,'terminating':true}}";
        return Stream.of(
                        new Case("by number", "80", ready, List.of("10.0.0.1:8080")),
                        new Case("by name", "admin", ready, List.of("10.0.0.1:9090")),
                        new Case("no such port", "82", ready, List.of()),
                        new Case("ready alone", "80", ready + "," + ending + "," + notReady, List.of("10.0.0.1:8080")),
                        new Case("unsaid is ready", "80", unsaid, List.of("10.0.0.2:8080")),
                        new Case("ending where none is ready", "80", notReady + "," + ending, List.of("10.0.0.4:8080")),
                        new Case("none", "80", notReady, List.of()))
                .map(c -> DynamicTest.dynamicTest(
                        c.name,
                        () -> assertEquals(
                                c.expected,
                                Endpoints.of(WEB, List.of(slice(c.endpoints)), c.port).addresses().stream()
                                        .map(a -> a.getAddress().getHostAddress() + ":" + a.getPort())
                                        .toList())));
    }

    @Test
    void externalNamesAreRefused() {
        Service external = json(
                Service.class,
                "{'metadata':{'name':'web','namespace':'default'},'spec':{'type':'ExternalName','externalName':'x.test'}}");
        assertTrue(Endpoints.of(external, List.of(), "80").problem().contains("ExternalName"));
    }

    @Test
    void endpointsTakeTurnsAndARequestTriesEachOnce() {
        Backend backend = new Backend();
        backend.set(Endpoints.of(WEB, List.of(slice("{'addresses':['10.0.0.1']},{'addresses':['10.0.0.2']}")), "80"));
        Backend.Turn first = backend.turn(3);
        Backend.Turn second = backend.turn(3);
        assertEquals("10.0.0.1", first.next().getAddress().getHostAddress());
        assertEquals("10.0.0.2", second.next().getAddress().getHostAddress());
        assertEquals("10.0.0.2", first.next().getAddress().getHostAddress());
        assertFalse(first.hasNext());
        assertFalse(new Backend().turn(3).hasNext());
    }

    @Test
    void aChangeOfAServiceIsAChangeOfItsBackendsAlone() {
        AtomicReference<Optional<Service>> service = new AtomicReference<>(Optional.of(WEB));
        AtomicReference<List<EndpointSlice>> slices = new AtomicReference<>(List.of());
        Backends backends = new Backends(new Backends.Cluster(key -> service.get(), key -> slices.get()));
        BackendRef ref = new BackendRef(new ObjectKey("default", "web"), "80");
        backends.keep(Set.of(ref));
        Backend backend = backends.get(ref);
        slices.set(List.of(slice("{'addresses':['10.0.0.1']}")));
        assertFalse(backends.refresh(ref.service()));
        assertEquals(1, backend.endpoints().addresses().size());
        service.set(
                Optional.of(
                        json(
                                Service.class,
                                "{'metadata':{'name':'web','namespace':'default'},'spec':{'type':'ExternalName','externalName':'x'}}")));
        assertTrue(backends.refresh(ref.service()));
        backends.keep(Set.of());
        assertEquals(Endpoints.NONE, backends.get(ref).endpoints());
    }
}
