package io.gantry.kubelet.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.core.v1.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageNameTest {
    @ParameterizedTest
    @CsvSource({
        "nginx,nginx:latest",
        "nginx:1.21,nginx:1.21",
        "localhost:5000/a/b,localhost:5000/a/b:latest",
        "a/B,''",
        "'bad image',''",
        "'',''",
    })
    void referencesGetATag(String image, String expected) {
        assertEquals(expected, ImageName.withTag(image).orElse(""));
    }

    @Test
    void secretsServeTheirRegistry() {
        assertTrue(PullSecrets.matches("https://index.docker.io/v1/", "nginx:1"));
        assertTrue(PullSecrets.matches("reg.example:5000", "reg.example:5000/a:1"));
        assertTrue(PullSecrets.matches("reg.example/team", "reg.example/team/a:1"));
        assertFalse(PullSecrets.matches("reg.example/team", "reg.example/other/a:1"));
        String auth = Base64.getEncoder().encodeToString("u:p".getBytes(StandardCharsets.UTF_8));
        Secret secret = PrivateRegistry.secret("ns", "s", "uid", "{\"auths\":{\"r.io\":{\"auth\":\"" + auth + "\"}}}");
        PullCredential found = PullSecrets.credentials(secret, "r.io/x:1").getFirst();
        assertEquals("u", found.login().username());
        assertEquals("p", found.login().password());
        assertEquals(
                "ns/s/uid",
                found.source().namespace() + "/" + found.source().name() + "/"
                        + found.source().uid());
    }
}
