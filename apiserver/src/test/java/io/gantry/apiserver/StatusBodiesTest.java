package io.gantry.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Refusals byte for byte: the Python client's own tests compare whole bodies.
class StatusBodiesTest {
    @AutoClose
    private static final LocalServer SERVER = new LocalServer();

    @Test
    void aStatusHasUpstreamsOrderOfFields() throws Exception {
        assertEquals(
                """
                {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure",\
                "message":"deployments.apps \\"none\\" not found","reason":"NotFound",\
                "details":{"name":"none","group":"apps","kind":"deployments"},"code":404}
                """,
                SERVER.send("GET", "/apis/apps/v1/namespaces/default/deployments/none", "application/json", "")
                        .body());
    }
}
