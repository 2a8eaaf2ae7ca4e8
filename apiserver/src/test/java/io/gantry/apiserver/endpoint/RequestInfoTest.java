package io.gantry.apiserver.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.apiserver.http.Headers;
import io.gantry.apiserver.http.RequestHead;
import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is authorized for a method and a path.
class RequestInfoTest {
    private static final String DEFAULT = "/api/v1/namespaces/default/";
    private static final InetSocketAddress PEER = new InetSocketAddress("127.0.0.1", 1);

    private static RequestInfo info(String method, String target) {
        return RequestInfo.of(RequestHead.of(method, target, Headers.NONE, PEER));
    }

    @ParameterizedTest
    @CsvSource({
        "GET,pods,list",
        "GET,pods?watch=true,watch",
        "GET,pods?watch=0,list",
        "GET,pods/a,get",
        "GET,pods/a?watch=true,get",
        "GET,pods/a/proxy/x?watch=true,get",
        "GET,pods/a/log?watch,get",
        "POST,pods?watch=true,create",
        "DELETE,pods,deletecollection"
    })
    void verbs(String method, String target, String verb) {
        assertEquals(verb, info(method, DEFAULT + target).verb());
    }

    @ParameterizedTest
    @CsvSource({"GET", "POST", "PUT", "DELETE", "OPTIONS"})
    void everythingBelowWatchIsAWatch(String method) {
        RequestInfo one = info(method, "/api/v1/watch/namespaces/default/pods/a");
        assertEquals("watch", one.verb());
        assertEquals("a", one.name());
        assertEquals("watch", info(method, "/apis/apps/v1/watch/deployments").verb());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "GET pods?fieldSelector=metadata.name%3Da a",
                "GET pods?watch=true&fieldSelector=spec.nodeName%3Dn,metadata.name%3D%3Da a",
                "GET pods?fieldSelector=metadata.name!%3Da ''",
                "GET pods?fieldSelector=metadata.name%3Da%2Fb ''",
                "GET pods?fieldSelector=spec.nodeName!%3D%5C,metadata.name%3Da ''",
                "DELETE pods?fieldSelector=metadata.name%3Da ''"
            })
    void theNameThatASelectorDemands(String method, String target, String name) {
        assertEquals(name, info(method, DEFAULT + target).name());
    }
}
