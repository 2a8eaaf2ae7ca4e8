package io.gantry.kubelet.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
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
        byte[] config = ("{\"auths\":{\"r.io\":{\"auth\":\"" + auth + "\"}}}").getBytes(StandardCharsets.UTF_8);
        var logins = PullSecrets.logins(Map.of(".dockerconfigjson", config), "r.io/x:1", "s");
        assertEquals("u", logins.getFirst().username());
        assertEquals("p", logins.getFirst().password());
    }
}
