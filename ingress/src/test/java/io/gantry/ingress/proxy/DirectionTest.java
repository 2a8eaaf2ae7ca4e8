package io.gantry.ingress.proxy;

import static io.gantry.ingress.route.Objects.ingress;
import static io.gantry.ingress.route.Objects.withTls;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.ingress.route.RouteTable;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectionTest {
    private static final String CREATED = "2026-01-01T00:00:00Z";
    private static final RouteTable TABLE = RouteTable.of(List.of(
            ingress("plain", CREATED, "", "plain.test", "Prefix / web:80"),
            withTls("tls", "", "{'hosts':['tls.test'],'secretName':'s'}", "tls.test", "Prefix / web:80"),
            withTls(
                    "kept",
                    "'nginx.ingress.kubernetes.io/ssl-redirect':'false'",
                    "{'hosts':['kept.test'],'secretName':'s'}",
                    "kept.test",
                    "Prefix / web:80"),
            ingress(
                    "forced",
                    CREATED,
                    "'nginx.ingress.kubernetes.io/force-ssl-redirect':'true'",
                    "forced.test",
                    "Prefix / web:80"),
            ingress(
                    "below",
                    CREATED,
                    "'nginx.ingress.kubernetes.io/rewrite-target':'/$1','nginx.ingress.kubernetes.io/use-regex':'true'",
                    "below.test",
                    "ImplementationSpecific /app/(.*) web:80"),
            ingress(
                    "away",
                    CREATED,
                    "'nginx.ingress.kubernetes.io/rewrite-target':'https://new.test/$1',"
                            + "'nginx.ingress.kubernetes.io/use-regex':'true'",
                    "away.test",
                    "ImplementationSpecific /old/(.*) web:80")));

    @ParameterizedTest
    @CsvSource({
        "false, 443, other.test, /x, nowhere",
        "false, 443, plain.test, /x?a=b, plain /x?a=b",
        "true, 443, plain.test, /x, plain /x",
        "false, 443, tls.test, /x?a=b, 308 https://tls.test/x?a=b",
        "false, 8443, tls.test:8080, /x, 308 https://tls.test:8443/x",
        "true, 443, tls.test, /x, tls /x",
        "false, 0, tls.test, /x, tls /x",
        "false, 443, kept.test, /x, kept /x",
        "false, 443, forced.test, /x, 308 https://forced.test/x",
        "false, 0, forced.test, /x, forced /x",
        "false, 443, below.test, /app/x?a=b, below /x?a=b",
        "false, 443, away.test, /old/x, 302 https://new.test/x"
    })
    void requestsGoWhereTheirIngressSays(boolean tls, int httpsPort, String host, String target, String expected) {
        HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, target);
        request.headers().set("Host", host);
        RequestFacts facts = RequestFacts.of(request, false).orElseThrow();
        Arrival arrival = new Arrival("192.0.2.1", tls ? 443 : 80, tls, false);
        assertEquals(expected, text(Direction.of(TABLE, facts, arrival, httpsPort)));
    }

    private static String text(Direction direction) {
        return switch (direction) {
            case Direction.Nowhere _ -> "nowhere";
            case Direction.Redirect(var status, String location) -> status.code() + " " + location;
            case Direction.Forward(var route, String target) -> route.ingress().name() + " " + target;
        };
    }
}
