package io.gantry.apiserver.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.apiserver.proxy.Backend;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@Timeout(30)
class WebhookClientTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private WebhookServer hook;
    private WebhookClient client;

    @BeforeEach
    void start() throws Exception {
        hook = new WebhookServer();
        client = new WebhookClient((namespace, name, port) -> {
            if (!name.equals("hook")) {
                throw StatusException.notFound("", "services", name);
            }
            return new Backend("127.0.0.1", hook.port(), Backend.Security.UNVERIFIED, "/");
        });
    }

    @AfterEach
    void stop() {
        client.close();
        hook.close();
    }

    private static ObjectNode tree(String json) {
        return (ObjectNode) Json.MAPPER.readTree(json);
    }

    private JsonNode call(String config) throws WebhookException {
        return client.call(ClientConfig.of(tree(config)), tree("{\"q\":1}"), TIMEOUT);
    }

    private String failure(String config) {
        return assertThrows(WebhookException.class, () -> call(config)).getMessage();
    }

    private String service(String name, String path) {
        return "{\"service\":{\"namespace\":\"default\",\"name\":\"" + name + "\",\"path\":\"" + path
                + "\"},\"caBundle\":\"" + hook.caBundle() + "\"}";
    }

    @Test
    void aUrlIsPostedTo() throws Exception {
        hook.on("/a", body -> tree("{\"r\":2}"));
        for (int i = 0; i < 3; i++) {
            assertEquals("{\"r\":2}", call(hook.clientConfig("/a")).toString());
            WebhookServer.Asked asked = hook.asked.take();
            assertEquals("/a?timeout=10s", asked.uri().toString());
            assertEquals("{\"q\":1}", asked.body().toString());
        }
    }

    /// As upstream's client cleans them: controller-runtime's own tests register such a webhook.
    @Test
    void pathsAreCleaned() throws Exception {
        hook.on("/a", body -> tree("{\"r\":2}"));
        for (String path : List.of("//a", "/a/", "/b/../a", "/./a//")) {
            call(hook.clientConfig(path));
            assertEquals("/a?timeout=10s", hook.asked.take().uri().toString(), path);
        }
        call(service("hook", "//a/"));
        assertEquals("/a?timeout=10s", hook.asked.take().uri().toString());
    }

    @Test
    void aServiceIsCalledByItsName() throws Exception {
        hook.on("/s", body -> tree("{\"r\":3}"));
        assertEquals("{\"r\":3}", call(service("hook", "/s")).toString());
    }

    @Test
    void failuresSayWhatUpstreamSays() throws Exception {
        hook.on("/b", 500, "no").on("/j", 200, "<html>").silentOn("/slow");
        String url = hook.clientConfig("/b");
        assertEquals("an error on the server (\"no\") has prevented the request from succeeding", failure(url));
        assertEquals("the server could not find the requested resource", failure(hook.clientConfig("/none")));
        assertTrue(failure(hook.clientConfig("/j")).startsWith("couldn't get version/kind; json parse error"));
        assertEquals(
                "Post \"https://gone.default.svc:443/x?timeout=10s\": services \"gone\" not found",
                failure(service("gone", "/x")));
        String untrusted = "{\"url\":\"https://127.0.0.1:" + hook.port() + "/b\"}";
        assertTrue(failure(untrusted).contains("tls: failed to verify certificate: x509: "), failure(untrusted));
        WebhookException slow = assertThrows(
                WebhookException.class,
                () -> client.call(
                        ClientConfig.of(tree(hook.clientConfig("/slow"))), tree("{}"), Duration.ofSeconds(1)));
        assertTrue(slow.timedOut());
        assertEquals(
                "Post \"https://127.0.0.1:" + hook.port() + "/slow?timeout=1s\": context deadline exceeded",
                slow.getMessage());
        int port = hook.port();
        hook.close();
        assertEquals(
                "Post \"https://127.0.0.1:" + port + "/b?timeout=10s\": dial tcp 127.0.0.1:" + port
                        + ": connect: connection refused",
                failure(url));
    }

    @Test
    void theNameInTheCertificateMustFit() {
        ClientConfig other = new ClientConfig("", "other", "hook", 443, "/s", hook.caBundle());
        WebhookException failure = assertThrows(WebhookException.class, () -> client.call(other, tree("{}"), TIMEOUT));
        assertTrue(failure.getMessage().contains("hook.other.svc"), failure.getMessage());
    }
}
