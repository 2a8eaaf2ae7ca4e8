package io.gantry.apiserver.authz.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class PlacedPodsTest {
    private static final Target SECRET = new Target("secrets", "shop", "keys");

    private final PlacedPods pods = new PlacedPods();

    private static ObjectNode pod(String name, String node, String secret) {
        return (ObjectNode) Json.MAPPER.readTree("""
                {"metadata": {"namespace": "shop", "name": "%s"},
                 "spec": {"nodeName": "%s", "serviceAccountName": "default",
                          "imagePullSecrets": [{"name": "%s"}]}}""".formatted(name, node, secret));
    }

    private static Target target(String name) {
        return new Target("pods", "shop", name);
    }

    @Test
    void aNodeReadsItsPodsAndWhatTheyReferTo() {
        pods.put(pod("web", "", "keys"));
        assertFalse(pods.relate("one", SECRET), "it has no node yet");
        assertFalse(pods.relate("", target("web")));

        pods.put(pod("web", "one", "keys"));

        assertTrue(pods.relate("one", SECRET));
        assertTrue(pods.relate("one", target("web")));
        assertTrue(pods.relate("one", new Target("serviceaccounts", "shop", "default")));
        assertFalse(pods.relate("two", SECRET));
        assertFalse(pods.relate("two", target("web")));
        assertFalse(pods.relate("one", new Target("secrets", "other", "keys")));
    }

    @Test
    void whatSeveralPodsReferToIsReadUntilTheLastOfThemHasGone() {
        pods.put(pod("a", "one", "keys"));
        pods.put(pod("b", "one", "keys"));
        pods.put(pod("c", "two", "keys"));
        pods.put(pod("a", "one", "keys"));

        pods.deleted(pod("a", "one", "keys"));
        assertTrue(pods.relate("one", SECRET));
        assertFalse(pods.relate("one", target("a")));

        pods.deleted(pod("b", "one", "keys"));
        assertFalse(pods.relate("one", SECRET));
        assertTrue(pods.relate("two", SECRET));
    }

    @Test
    void aPodThatChangesIsFollowed() {
        pods.put(pod("web", "one", "keys"));
        pods.put(pod("web", "one", "others"));
        assertFalse(pods.relate("one", SECRET));
        assertTrue(pods.relate("one", new Target("secrets", "shop", "others")));

        pods.put(pod("web", "two", "keys"));
        assertFalse(pods.relate("one", target("web")));
        assertTrue(pods.relate("two", SECRET));

        pods.put(pod("web", "", "keys"));
        assertFalse(pods.relate("two", SECRET), "another pod of the name, without a node");
    }

    @Test
    void aNodeReadsTheClaimsOfItsPods() {
        pods.put((ObjectNode) Json.MAPPER.readTree("""
                {"metadata": {"namespace": "shop", "name": "p"},
                 "spec": {"nodeName": "one", "resourceClaims": [{"name": "a", "resourceClaimName": "shared"}]},
                 "status": {"resourceClaimStatuses": [{"name": "b", "resourceClaimName": "made"}],
                            "extendedResourceClaimStatus": {"resourceClaimName": "extended"}}}"""));
        for (String claim : List.of("shared", "made", "extended")) {
            assertTrue(pods.relate("one", new Target("resourceclaims", "shop", claim)), claim);
        }
    }

    @Test
    void podsThatAreMissingFromAListHaveGone() {
        pods.put(pod("a", "one", "keys"));
        pods.put(pod("b", "two", "keys"));

        pods.replaced(List.of(pod("b", "two", "keys")));

        assertEquals(
                List.of(false, true),
                List.of("one", "two").stream()
                        .map(node -> pods.relate(node, SECRET))
                        .toList());
    }
}
