package io.gantry.ingress.route;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class RequestPathTest {
    private record Case(String target, String normal) {}

    @TestFactory
    Stream<DynamicTest> normalForms() {
        return Stream.of(
                        new Case("/", "/"),
                        new Case("/a/b?c=/../d", "/a/b"),
                        new Case("/a//b", "/a/b"),
                        new Case("//", "/"),
                        new Case("/a/./b/", "/a/b/"),
                        new Case("/a/../b", "/b"),
                        new Case("/a/b/..", "/a/"),
                        new Case("/public/%2e%2e/admin", "/admin"),
                        new Case("/a%2Fb", "/a/b"),
                        new Case("/%C3%A4", "/ä"),
                        new Case("/.hidden", "/.hidden"),
                        new Case("/..", "none"),
                        new Case("/a/../../b", "none"),
                        new Case("/%zz", "none"),
                        new Case("/%4", "none"),
                        new Case("/%00", "none"),
                        new Case("a", "none"),
                        new Case("", "none"))
                .map(c -> DynamicTest.dynamicTest(
                        "'" + c.target + "'",
                        () -> assertEquals(
                                c.normal, RequestPath.normal(c.target).orElse("none"))));
    }

    @Test
    void whatCannotStandInARequestLineIsEscaped() {
        assertEquals("/a%20b%3F%25%23", RequestPath.escaped("/a b?%#"));
    }
}
