package io.gantry.apiserver.flowcontrol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.api.flowcontrol.v1.flowschema.FlowSchema;
import io.gantry.apiserver.authn.UserInfo;
import io.gantry.apiserver.endpoint.RequestInfo;
import io.gantry.apiserver.http.Headers;
import io.gantry.apiserver.http.RequestHead;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

final class FlowBootstrapTest {
    private record Case(UserInfo user, String method, String target, String schema) {}

    static Stream<Case> cases() {
        UserInfo admin = UserInfo.of("admin", "system:masters", "system:authenticated");
        UserInfo node = UserInfo.of("system:node:one", "system:nodes", "system:authenticated");
        UserInfo manager = UserInfo.of("system:kube-controller-manager", "system:authenticated");
        UserInfo tenant =
                UserInfo.of("system:serviceaccount:tenant:default", "system:serviceaccounts", "system:authenticated");
        UserInfo system =
                UserInfo.of("system:serviceaccount:kube-system:dns", "system:serviceaccounts", "system:authenticated");
        String lease = "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/one";
        return Stream.of(
                new Case(admin, "GET", "/api/v1/pods", "exempt"),
                new Case(UserInfo.anonymous(), "GET", "/readyz", "probes"),
                new Case(UserInfo.anonymous(), "GET", "/version", "global-default"),
                new Case(node, "PUT", lease, "system-node-high"),
                new Case(node, "PATCH", "/api/v1/nodes/one/status", "system-node-high"),
                new Case(node, "GET", "/api/v1/pods", "system-nodes"),
                new Case(manager, "PUT", lease, "system-leader-election"),
                new Case(manager, "PUT", "/api/v1/namespaces/a/endpoints/b", "endpoint-controller"),
                new Case(manager, "GET", "/api/v1/pods", "kube-controller-manager"),
                new Case(system, "GET", "/api/v1/pods", "kube-system-service-accounts"),
                new Case(tenant, "GET", "/api/v1/pods", "service-accounts"),
                new Case(UserInfo.of("jane", "system:authenticated"), "GET", "/api/v1/pods", "global-default"),
                new Case(UserInfo.of("nobody"), "GET", "/api/v1/pods", ""));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void requestsAreSortedAsUpstreamSortsThem(Case each) {
        RequestHead head = RequestHead.of(each.method(), each.target(), Headers.NONE, new InetSocketAddress(0));
        Digest digest = new Digest(each.user(), RequestInfo.of(head), head.path());
        PriorityLevel none = new PriorityLevel(new LevelSettings("none", "", true, 0, 0, 0, 0, 0, -1));
        String found = Bootstrap.flowSchemas().stream()
                .map(tree -> Flow.of(Json.MAPPER.treeToValue(tree, FlowSchema.class), none))
                .sorted(Comparator.comparingInt(Flow::precedence).thenComparing(Flow::name))
                .filter(flow -> flow.matches(digest))
                .map(Flow::name)
                .findFirst()
                .orElse("");
        assertEquals(each.schema(), found);
    }

    @Test
    void aSchemaSaysWhetherItsLevelIsThere() {
        ObjectNode schema = Bootstrap.flowSchemas().getFirst();
        Instant now = Instant.parse("2026-11-21T10:00:00Z");
        ObjectNode told = FlowBootstrap.withStatus(schema, name -> name.equals("exempt"), now)
                .orElseThrow();
        assertEquals("False", told.at("/status/conditions/0/status").asString());
        assertTrue(FlowBootstrap.withStatus(told, name -> true, now).isEmpty());
        assertEquals(
                "True",
                FlowBootstrap.withStatus(told, name -> false, now)
                        .orElseThrow()
                        .at("/status/conditions/0/status")
                        .asString());
    }
}
