package io.gantry.ingress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.api.core.v1.service.Service;
import io.gantry.api.discovery.v1.endpointslice.EndpointSlice;
import io.gantry.api.networking.v1.ingress.Ingress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class RouteTableTest {
    private record Case(String host, String path, String expected) {}

    @TestFactory
    Stream<DynamicTest> matches() {
        RouteTable table = new RouteTable(List.of(
                route("a.test", "/", false),
                route("a.test", "/foo", false),
                route("a.test", "/foo/", true),
                route("*.b.test", "/", false),
                route("", "/any", false)));
        return Stream.of(
                        new Case("a.test", "/x", "a.test/"),
                        new Case("A.TEST", "/foo", "a.test/foo"),
                        new Case("a.test", "/foobar", "a.test/"),
                        new Case("x.b.test", "/", "*.b.test/"),
                        new Case("x.y.b.test", "/", "none"),
                        new Case("b.test", "/", "none"),
                        new Case("c.test", "/any/thing", "/any"))
                .map(c -> DynamicTest.dynamicTest(
                        c.host + c.path,
                        () -> assertEquals(
                                c.expected,
                                table.find(c.host, c.path)
                                        .map(r -> r.host() + r.path())
                                        .orElse("none"))));
    }

    @Test
    void specialHostsAndLongPathsComeFirst() {
        Ingress ingress = json(Ingress.class, """
                {'metadata':{'name':'i','namespace':'default'},'spec':{
                 'defaultBackend':{'service':{'name':'web','port':{'number':80}}},
                 'rules':[
                  {'http':{'paths':[{'path':'/','pathType':'Prefix','backend':{'service':{'name':'web','port':{'name':'http'}}}}]}},
                  {'host':'a.test','http':{'paths':[
                    {'path':'/','pathType':'Prefix','backend':{'service':{'name':'none','port':{'number':80}}}},
                    {'path':'/x','pathType':'Prefix','backend':{'service':{'name':'web','port':{'number':80}}}},
                    {'path':'/x','pathType':'Exact','backend':{'service':{'name':'web','port':{'number':80}}}}]}}]}}""");
        Service service = json(
                Service.class,
                "{'metadata':{'name':'web','namespace':'default'},'spec':{'ports':[{'name':'http','port':80}]}}");
        EndpointSlice slice = json(
                EndpointSlice.class,
                "{'metadata':{'name':'web-x','namespace':'default','labels':{'kubernetes.io/service-name':'web'}},"
                        + "'addressType':'IPv4','ports':[{'name':'http','port':8080}],'endpoints':["
                        + "{'addresses':['10.244.0.2'],'conditions':{'ready':true}},"
                        + "{'addresses':['10.244.0.3'],'conditions':{'ready':false}}]}");
        RouteTable table =
                RouteTable.of(List.of(ingress), i -> true, new RouteTable.Cluster(List.of(service), List.of(slice)));
        assertEquals(true, table.find("a.test", "/x").orElseThrow().exact());
        assertEquals(
                List.of("10.244.0.2:8080"),
                table.find("a.test", "/x/y").orElseThrow().backends());
        assertEquals(List.of(), table.find("a.test", "/other").orElseThrow().backends());
        assertEquals(
                List.of("10.244.0.2:8080"),
                table.find("b.test", "/").orElseThrow().backends());
    }

    private static Route route(String host, String path, boolean exact) {
        return new Route(host, path, exact, List.of());
    }

    private static <T> T json(Class<T> type, String text) {
        return Json.MAPPER.readValue(text.replace('\'', '"'), type);
    }
}
