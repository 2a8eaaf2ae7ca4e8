package io.gantry.api.zpages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.StatusException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// In which form a page is had.
class ZPageTest {
    private static final Statusz STATUS = new Statusz(
            "apiserver",
            Instant.parse("2026-11-02T03:04:05.678Z"),
            Instant.parse("2026-11-03T04:04:06Z"),
            "1.36.0-x",
            "1.36",
            List.of("/healthz", "/metrics"));
    private static final Flagz FLAGS = Flagz.of("apiserver", Map.of("v", "2", "bind-address", "::"));

    private static ZPage.Page answer(ZPage page, String accept) {
        return page.answer(accept, new Random(1));
    }

    private static String body(ZPage.Page page) {
        return new String(page.body(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "'', text/plain; charset=utf-8",
        "*/*, text/plain; charset=utf-8",
        "text/*, text/plain; charset=utf-8",
        "'application/json, */*', text/plain; charset=utf-8",
        "application/json;as=Statusz;g=config.k8s.io;v=v1beta1, application/json",
        "'application/json;v=v1alpha1;g=config.k8s.io;as=Statusz,text/plain', application/json",
        "'text/plain;q=0.1,application/yaml;as=Statusz;g=config.k8s.io;v=v1beta1', application/yaml",
        "'application/json;as=Statusz;g=config.k8s.io;v=v2,text/plain', text/plain; charset=utf-8"
    })
    void whoAsksByNameGetsAnObject(String accept, String type) {
        assertEquals(type, answer(STATUS, accept).headers().get("content-type"));
    }

    @ParameterizedTest
    @CsvSource({
        "application/json",
        "application/json;as=Flagz;g=config.k8s.io;v=v1beta1",
        "application/json;as=Statusz;g=config.k8s.io;v=v1beta1;stream=watch",
        "application/vnd.kubernetes.protobuf;as=Statusz;g=config.k8s.io;v=v1beta1",
        "text/plain;as=Statusz"
    })
    void otherFormsAreNotAcceptable(String accept) {
        StatusException refused = assertThrows(StatusException.class, () -> answer(STATUS, accept));
        assertEquals(406, refused.code());
        assertEquals(
                "only the following media types are accepted: application/json, application/yaml, text/plain",
                refused.getMessage());
    }

    @Test
    void aStatusHasTheFieldsOfUpstream() {
        ZPage.Page now = answer(STATUS, "application/json;as=Statusz;g=config.k8s.io;v=v1beta1");
        assertEquals("""
                {"kind":"Statusz","apiVersion":"config.k8s.io/v1beta1","metadata":{"name":"apiserver"},\
                "startTime":"2026-11-02T03:04:05Z","uptimeSeconds":90000,"goVersion":"","binaryVersion":"1.36.0-x",\
                "emulationVersion":"1.36","paths":["/healthz","/metrics"]}
                """, body(now));
        ZPage.Page old = answer(STATUS, "application/json;as=Statusz;g=config.k8s.io;v=v1alpha1");
        assertEquals(
                "299 - \"This version of the statusz endpoint is deprecated. Please use a newer version.\"",
                old.headers().get("warning"));
        assertTrue(body(old).contains("config.k8s.io/v1alpha1"));
    }

    @Test
    void textIsForPeople() {
        String text = body(answer(STATUS, ""));
        String separator = ZPage.SEPARATORS.stream()
                .filter(each -> text.contains("Started" + each + " Mon"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(text));
        assertEquals("""

                apiserver statusz
                Warning: This endpoint is not meant to be machine parseable, has no formatting compatibility \
                guarantees and is for debugging purposes only.

                Started%1$s Mon Nov  2 03:04:05 UTC 2026
                Up%1$s 25 hr 00 min 00 sec
                Go version%1$s@
                Binary version%1$s 1.36.0-x
                Emulation version%1$s 1.36
                Paths%1$s /healthz /metrics
                """.formatted(separator).replace("@", " "), text);
        assertTrue(body(answer(FLAGS, "")).matches("(?s).*only\\.\nbind-address(:|: |=| )::\nv(:|: |=| )2\n"));
    }

    @Test
    void flagsAreAMap() {
        assertEquals("""
                apiVersion: config.k8s.io/v1beta1
                flags:
                  bind-address: "::"
                  v: "2"
                kind: Flagz
                metadata:
                  name: apiserver
                """, body(answer(FLAGS, "application/yaml;as=Flagz;g=config.k8s.io;v=v1beta1")));
    }

    @Test
    void pathsAreFirstPartsWithoutTheApi() {
        assertEquals(
                List.of("/flagz", "/livez", "/metrics"),
                Statusz.firstParts(
                        List.of("/", "/api", "/apis/apps", "/livez/ping", "/livez", "/metrics/slis", "/flagz")));
    }
}
