package io.gantry.apiserver.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.StatusException;
import io.gantry.apiserver.http.Query;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TargetsTest {
    private static final FakeObjects OBJECTS = new FakeObjects()
            .with("nodes/n1", """
                {"status":{"addresses":[{"type":"Hostname","address":"n1"},{"type":"InternalIP","address":"10.0.0.7"}],
                 "daemonEndpoints":{"kubeletEndpoint":{"Port":10251}}}}""")
            .with("pods/a/one", """
                {"spec":{"nodeName":"n1","containers":[{"name":"main","ports":[{"name":"web","containerPort":8080}]}]},
                 "status":{"podIP":"10.244.0.5"}}""")
            .with("pods/a/two", """
                {"spec":{"nodeName":"n1","containers":[{"name":"x"},{"name":"y"}],"initContainers":[{"name":"i"}]}}""")
            .with("pods/a/waiting", """
                {"spec":{"containers":[{"name":"main"}]}}""")
            .with("services/a/svc", """
                {"spec":{"ports":[{"name":"http","port":80}]}}""")
            .with("services/a/none", """
                {"spec":{"ports":[{"port":80}]}}""")
            .with("slices/a/svc", """
                {"ports":[{"name":"http","port":8080}],"endpoints":[
                 {"addresses":["10.244.0.9"],"conditions":{"ready":false}},{"addresses":["10.244.0.5"]}]}""");
    private static final PodTargets PODS = new PodTargets(OBJECTS);
    private static final ProxyTargets PROXIES = new ProxyTargets(OBJECTS);

    record Case(String url, Supplier<Backend> backend) {
        @Override
        public String toString() {
            return url;
        }
    }

    static Stream<Case> goodCases() {
        String kubelet = "https://10.0.0.7:10251/";
        return Stream.of(
                new Case(
                        kubelet + "containerLogs/a/one/main",
                        () -> PODS.log("a", "one", Query.NONE).orElseThrow()),
                new Case(
                        kubelet + "containerLogs/a/two/i?follow=true&sinceTime=2026-01-01T00%3A00%3A00Z&tailLines=0",
                        () -> PODS.log(
                                        "a",
                                        "two",
                                        Query.parse(
                                                "container=i&tailLines=0&follow=true&previous=false&sinceTime=2026-01-01T00%3A00%3A00Z"))
                                .orElseThrow()),
                new Case(
                        kubelet + "exec/a/one/main?input=1&output=1&tty=1&command=sh&command=-c&command=echo%20a%26b",
                        () -> PODS.exec(
                                "a",
                                "one",
                                Query.parse(
                                        "command=sh&command=-c&command=echo+a%26b&stdin=true&stdout=true&tty=true"))),
                // What is not asked for is not opened: a SPDY client without standard error would wait for ever.
                new Case(
                        kubelet + "exec/a/one/main?input=1&output=1&command=cat",
                        () -> PODS.exec("a", "one", Query.parse("command=cat&stdin=true&stdout=true"))),
                new Case(
                        kubelet + "attach/a/one/main?output=1&error=1",
                        () -> PODS.attach("a", "one", Query.parse("stdout=true&stderr=true"))),
                new Case(
                        kubelet + "portForward/a/one?port=80",
                        () -> PODS.portForward("a", "one", Query.parse("ports=80"))),
                new Case(kubelet + "metrics", () -> PROXIES.node("n1", "/metrics")),
                new Case("http://10.0.0.7:9100/x", () -> PROXIES.node("n1:9100", "/x")),
                new Case("http://10.244.0.5:8080/", () -> PROXIES.pod("a", "one", "/")),
                new Case("http://10.244.0.5:8080/", () -> PROXIES.pod("a", "one:web", "/")),
                new Case("https://10.244.0.5:443/", () -> PROXIES.pod("a", "https:one:443", "/")),
                new Case("http://10.244.0.5:8080/q?a=b", () -> PROXIES.service("a", "svc:http", "/q?a=b")),
                new Case("http://10.244.0.5:8080/", () -> PROXIES.service("a", "svc:80", "/")));
    }

    @ParameterizedTest
    @MethodSource("goodCases")
    void findsTheBackend(Case given) {
        assertEquals(given.url(), given.backend().get().url());
    }

    private static Backend log(String pod, String query) {
        return PODS.log("a", pod, Query.parse(query)).orElseThrow();
    }

    /// The caller may have it that the kubelet's certificate is not looked at.
    @Test
    void logsOfAnyKubelet() {
        assertEquals(Backend.Security.KUBELET, log("one", "").security());
        assertEquals(
                Backend.Security.UNVERIFIED_KUBELET,
                log("one", "insecureSkipTLSVerifyBackend=true").security());
    }

    @Test
    void aPodWithoutANodeHasNoLog() {
        assertEquals(Optional.empty(), PODS.log("a", "waiting", Query.NONE));
    }

    record BadCase(int code, String words, Supplier<Backend> backend) {
        @Override
        public String toString() {
            return words;
        }
    }

    static Stream<BadCase> badCases() {
        return Stream.of(
                new BadCase(404, "pods \"zero\" not found", () -> log("zero", "")),
                new BadCase(
                        400,
                        "a container name must be specified for pod two, choose one of: [i x y]",
                        () -> log("two", "")),
                new BadCase(400, "container z is not valid for pod one", () -> log("one", "container=z")),
                new BadCase(
                        422,
                        "PodLogOptions \"one\" is invalid: tailLines: Invalid value: -1: must be greater than or equal to 0",
                        () -> log("one", "tailLines=-1")),
                new BadCase(
                        422,
                        "[limitBytes: Invalid value: 0: must be greater than 0, sinceSeconds: Invalid value: 0: must be"
                                + " greater than 0, stream: Forbidden: may not be specified]",
                        () -> log("one", "limitBytes=0&sinceSeconds=0&stream=All")),
                new BadCase(
                        422,
                        "Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified",
                        () -> log("one", "sinceSeconds=1&sinceTime=2026-01-01T00:00:00Z")),
                new BadCase(400, "tailLines", () -> log("one", "tailLines=x")),
                new BadCase(400, "at least 1 command", () -> PODS.exec("a", "one", Query.NONE)),
                new BadCase(503, "no endpoints available", () -> PROXIES.service("a", "none", "/")),
                new BadCase(400, "invalid port", () -> PROXIES.node("n1:0", "/")),
                new BadCase(400, "the scheme", () -> PROXIES.pod("a", "ftp:one:1", "/")));
    }

    @ParameterizedTest
    @MethodSource("badCases")
    void saysWhatIsWrong(BadCase given) {
        StatusException refused = assertThrows(StatusException.class, given.backend()::get);
        assertEquals(given.code(), refused.code());
        assertTrue(String.valueOf(refused.getMessage()).contains(given.words()), refused::getMessage);
    }

    @Test
    void anIpv6AddressStandsInBrackets() {
        assertEquals("http://[fd00::1]:80/", new Backend("fd00::1", 80, Backend.Security.PLAIN, "/").url());
    }
}
