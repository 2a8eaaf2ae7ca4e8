package io.gantry.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which methods paths take, and what all answers say to caches.
class MethodsTest {
    private static final String JSON = "application/json";
    private static final String DEFAULT = "/api/v1/namespaces/default/";

    @AutoClose
    private static final LocalServer SERVER = new LocalServer();

    @ParameterizedTest
    @CsvSource({
        "HEAD,pods,405",
        "HEAD,pods/a,405",
        "PUT,pods/a/exec,405",
        "DELETE,pods/a/attach,405",
        "PUT,pods/a/portforward,405",
        "POST,pods/a/log,405",
        "GET,bindings,405",
        "GET,bindings/a,404",
        "PUT,bindings/a,404",
        "DELETE,bindings/a,404"
    })
    void aMethodThatIsNotThereIsRefused(String method, String path, int status) throws Exception {
        assertEquals(status, SERVER.send(method, DEFAULT + path, JSON, "{}").statusCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/healthz",
                "/version",
                "/openapi/v2",
                "/api",
                "/api/v1",
                "/apis/apps/v1",
                "/api/v1/namespaces",
                "/nothing"
            })
    void nothingIsKeptByCaches(String path) throws Exception {
        assertEquals(
                Optional.of("no-cache, private"),
                SERVER.send("GET", path, JSON, "").headers().firstValue("cache-control"));
    }

    @Test
    void aDocumentThatNeverChangesIsKept() throws Exception {
        String path = SERVER.json(200, "GET", "/openapi/v3", "")
                .at("/paths/api~1v1/serverRelativeURL")
                .asString();
        assertEquals(
                Optional.of("public, immutable"),
                SERVER.send("GET", path, JSON, "").headers().firstValue("cache-control"));
    }
}
