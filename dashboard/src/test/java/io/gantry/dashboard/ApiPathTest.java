package io.gantry.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiPathTest {
    @ParameterizedTest
    @CsvSource({
        "/api, true",
        "/apis, true",
        "/version, true",
        "/api/v1/pods, true",
        "/apis/rbac.authorization.k8s.io/v1/clusterroles/system:node, true",
        "/api/v1/namespaces/default/pods/web/log, true",
        "/apis/example.com/v1/namespaces/proxy/pods/x, true",
        "/, false",
        "/metrics, false",
        "/apix, false",
        "/version/x, false",
        "/openapi/v2, false",
        "/logs/audit, false",
        "/api/../metrics, false",
        "/api/./v1, false",
        "/api//v1, false",
        "/api/v1/%2e%2e/x, false",
        "/api/v1/%2E./x, false",
        "/api/v1/a%2Fb, false",
        "/api/v1/a%5cb, false",
        "/api/v1/a%252fb, false",
        "/api/v1/a\\b, false",
        "/api/v1/namespaces/a/services/web/proxy, false",
        "/api/v1/namespaces/a/services/https:web:1/proxy/x, false",
        "/api/v1/namespaces/a/pods/web/proxy/, false",
        "/api/v1/nodes/n/proxy/logs, false"
    })
    void onlyPathsOfTheApiPass(String path, boolean passes) {
        assertEquals(passes, ApiPath.passes(path));
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/namespaces/a/pods/web-0/exec, true",
        "/api/v1/namespaces/a/pods/web-0/attach, true",
        "/api/v1/namespaces/a/pods/web-0/portforward, false",
        "/api/v1/namespaces/a/pods/web-0/log, false",
        "/api/v1/namespaces/a/pods, false"
    })
    void terminalsAreExecAndAttach(String path, boolean shell) {
        assertEquals(shell, ApiPath.isShell(path));
    }
}
