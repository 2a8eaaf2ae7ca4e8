package io.gantry.ingress.route;

import static io.gantry.ingress.route.Objects.ingress;
import static io.gantry.ingress.route.Objects.json;
import static io.gantry.ingress.route.Objects.withTls;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.networking.v1.ingress.Ingress;
import io.gantry.client.ObjectKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class RouteTableTest {
    private static final String OLD = "2026-01-01T00:00:00Z";
    private static final String NEW = "2026-02-01T00:00:00Z";

    private record Case(String host, String path, String expected) {}

    private static Stream<DynamicTest> all(RouteTable table, Case... cases) {
        return Stream.of(cases)
                .map(c -> DynamicTest.dynamicTest(
                        c.host + c.path,
                        () -> assertEquals(
                                c.expected,
                                table.find(HostName.of(c.host), c.path)
                                        .map(r -> r.backend().service().name() + ":"
                                                + r.backend().port())
                                        .orElse("none"))));
    }

    @TestFactory
    Stream<DynamicTest> hostsAndPathsByTheOrderOfTheApi() {
        RouteTable table = RouteTable.of(List.of(
                ingress(
                        "a",
                        OLD,
                        "",
                        "A.test",
                        "Prefix / root:80",
                        "Prefix /foo foo:80",
                        "Exact /foo/ slash:80",
                        "Exact /foo exact:http",
                        "Prefix /foo/bar/ bar:80",
                        "ImplementationSpecific /impl impl:80"),
                ingress("b", OLD, "", "*.b.test", "Prefix / wild:80"),
                ingress("c", OLD, "", "x.b.test", "Prefix /x named:80"),
                ingress("d", OLD, "", "", "Prefix /any any:80"),
                json(
                        Ingress.class,
                        "{'metadata':{'name':'e','namespace':'default'},'spec':{'defaultBackend':"
                                + "{'service':{'name':'fallback','port':{'number':8080}}}}}")));
        return all(
                table,
                new Case("a.test", "/x", "root:80"),
                new Case("A.TEST:8080", "/foo", "exact:http"),
                new Case("a.test.", "/foo/", "slash:80"),
                new Case("a.test", "/foo/x", "foo:80"),
                new Case("a.test", "/foobar", "root:80"),
                new Case("a.test", "/FOO", "root:80"),
                new Case("a.test", "/foo/bar", "bar:80"),
                new Case("a.test", "/foo/bar/x/y", "bar:80"),
                new Case("a.test", "/impl/x", "impl:80"),
                new Case("a.test", "/implx", "root:80"),
                new Case("y.b.test", "/", "wild:80"),
                new Case("x.b.test", "/x", "named:80"),
                new Case("x.b.test", "/y", "wild:80"),
                new Case("x.y.b.test", "/", "fallback:8080"),
                new Case("b.test", "/", "fallback:8080"),
                new Case("c.test", "/any/thing", "any:80"),
                new Case("[::1]:80", "/any", "any:80"),
                new Case("", "/any", "any:80"),
                new Case("", "/", "fallback:8080"));
    }

    @TestFactory
    Stream<DynamicTest> oneRegexMakesAllPathsOfTheHostExpressions() {
        RouteTable table = RouteTable.of(List.of(
                ingress("a", OLD, "", "a.test", "Prefix /foo/bar plain:80", "Exact /foo/bar/bar exact:80"),
                ingress(
                        "b",
                        NEW,
                        "'nginx.ingress.kubernetes.io/use-regex':'true'",
                        "a.test",
                        "ImplementationSpecific /foo/bar/[A-Z0-9]{3} regex:80"),
                ingress("c", OLD, "", "b.test", "Prefix /foo plain:80")));
        return all(
                table,
                // the example of ingress-nginx' page on path matching
                new Case("a.test", "/foo/bar/bar", "regex:80"),
                new Case("a.test", "/foo/bar/1", "plain:80"),
                new Case("a.test", "/FOO/BARZ", "plain:80"),
                new Case("a.test", "/x/foo/bar", "none"),
                new Case("b.test", "/foobar", "none"));
    }

    @Test
    void ofTwoThatClaimAPathTheOlderWins() {
        RouteTable table = RouteTable.of(List.of(
                ingress("a", NEW, "", "a.test", "Prefix / young:80", "Prefix /b b:80"),
                ingress("z", OLD, "", "a.test", "Prefix / old:80")));
        assertEquals(
                "old",
                table.find("a.test", "/").orElseThrow().backend().service().name());
        assertEquals(
                "b",
                table.find("a.test", "/b").orElseThrow().backend().service().name());
        assertEquals(
                List.of(new Notice(
                        new ObjectKey("default", "a"),
                        "PathTaken",
                        "path / is not served: ingress default/z, which is older, has it")),
                table.notices());
    }

    private record Rewriting(String path, String target, String request, String expected) {}

    @TestFactory
    Stream<DynamicTest> rewrites() {
        return Stream.of(
                        // the table of ingress-nginx' page on rewriting
                        new Rewriting("/something(/|$)(.*)", "/$2", "/something", "/"),
                        new Rewriting("/something(/|$)(.*)", "/$2", "/something/", "/"),
                        new Rewriting("/something(/|$)(.*)", "/$2", "/something/new", "/new"),
                        new Rewriting("/something(/|$)(.*)", "/$2", "/something/new?a=b", "/new?a=b"),
                        new Rewriting("/something(/|$)(.*)", "/$2", "/SomeThing/a%20b", "/a%20b"),
                        new Rewriting("/a", "/", "/a/b/c", "/"),
                        new Rewriting("/a/(.*)", "/b?x=$1", "/a/c?y=1", "/b?x=c&y=1"),
                        new Rewriting("/a/(.*)", "/b/$1?", "/a/c?y=1", "/b/c"),
                        new Rewriting("/a(/x)?", "/b$1$7", "/a", "/b"),
                        new Rewriting("/a/(.*)", "https://b.test/$1", "/a/c", "https://b.test/c"),
                        new Rewriting("/a", "/a", "/a/b", "none"))
                .map(c -> DynamicTest.dynamicTest(c.path + " " + c.target + " " + c.request, () -> {
                    RouteTable table = RouteTable.of(List.of(ingress(
                            "a",
                            OLD,
                            "'nginx.ingress.kubernetes.io/rewrite-target':'" + c.target + "'",
                            "a.test",
                            "ImplementationSpecific " + c.path + " web:80")));
                    String path = RequestPath.normal(c.request).orElseThrow();
                    Route route = table.find("a.test", path).orElseThrow();
                    assertEquals(
                            c.expected,
                            route.rewritten(path, RequestPath.query(c.request)).orElse("none"));
                }));
    }

    @Test
    void whatIsNotServedIsTold() {
        RouteTable table = RouteTable.of(List.of(
                ingress(
                        "a",
                        OLD,
                        "'nginx.ingress.kubernetes.io/use-regex':'true','nginx.ingress.kubernetes.io/canary':'true',"
                                + "'other.io/x':'y','nginx.ingress.kubernetes.io/backend-protocol':'GRPC'",
                        "a.test",
                        "ImplementationSpecific /(?!x) web:80"),
                json(
                        Ingress.class,
                        "{'metadata':{'name':'b','namespace':'default'},'spec':{'defaultBackend':"
                                + "{'resource':{'kind':'Bucket','name':'x'}}}}")));
        assertEquals(
                List.of("AnnotationIgnored", "AnnotationIgnored", "BackendNotSupported", "PathInvalid"),
                table.notices().stream().map(Notice::reason).sorted().toList());
        assertTrue(table.find("a.test", "/").isEmpty());
    }

    @Test
    void annotationsOfIngressNginx() {
        Annotations none = Annotations.of(Map.of());
        assertEquals(RouteOptions.DEFAULTS, none.options());
        Annotations read = Annotations.of(Map.of(
                Annotations.PREFIX + "ssl-redirect", "false",
                Annotations.PREFIX + "force-ssl-redirect", "true",
                Annotations.PREFIX + "backend-protocol", "https",
                Annotations.PREFIX + "proxy-body-size", "8m",
                Annotations.PREFIX + "proxy-connect-timeout", "2",
                Annotations.PREFIX + "proxy-read-timeout", "120",
                Annotations.PREFIX + "rewrite-target", "/$1"));
        assertEquals(List.of(), read.problems());
        assertFalse(read.options().sslRedirect());
        assertTrue(read.options().forceSslRedirect());
        assertTrue(read.options().backendTls());
        assertEquals(8 << 20, read.options().bodyLimitBytes());
        assertEquals(Duration.ofSeconds(2), read.options().connectTimeout());
        assertEquals(Duration.ofMinutes(2), read.options().readTimeout());
        Annotations wrong = Annotations.of(Map.of(
                Annotations.PREFIX + "use-regex", "perhaps",
                Annotations.PREFIX + "proxy-body-size", "8 apples",
                Annotations.PREFIX + "proxy-read-timeout", "0",
                Annotations.PREFIX + "rewrite-target", "/$host"));
        assertEquals(4, wrong.problems().size());
        assertEquals(RouteOptions.DEFAULTS, wrong.options());
    }

    @Test
    void tlsIsForTheHostsThatItNamesOrElseForTheRules() {
        RouteTable table = RouteTable.of(List.of(
                withTls("a", "", "{'hosts':['*.a.test','B.test'],'secretName':'s'}", "x.test", "Prefix / web:80"),
                withTls("b", "", "{}", "c.test", "Prefix / web:80")));
        assertEquals(
                new RouteTable.TlsEntry(new ObjectKey("default", "a"), new ObjectKey("default", "s")),
                table.tls().get("b.test"));
        assertTrue(table.hasTls("y.a.test"));
        assertTrue(table.hasTls("c.test"));
        assertFalse(table.hasTls("x.test"));
        assertFalse(table.hasTls("a.test"));
    }

    /// A table of a thousand Ingresses is made in milliseconds, so it can be made anew at each change of one.
    @Test
    void aThousandIngressesAreOneTable() {
        List<Ingress> many = new ArrayList<>();
        IntStream.range(0, 1000)
                .forEach(i -> many.add(
                        ingress("i" + i, OLD, "", "h" + i + ".test", "Prefix /a web:80", "Prefix / web" + i + ":80")));
        RouteTable table = RouteTable.of(many);
        assertEquals(
                "web999",
                table.find("h999.test", "/x").orElseThrow().backend().service().name());
        assertEquals(1001, table.backends().size());
    }
}
