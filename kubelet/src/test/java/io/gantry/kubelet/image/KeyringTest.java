package io.gantry.kubelet.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.gantry.api.core.v1.secret.Secret;
import io.gantry.kubelet.runtime.RegistryLogin;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyringTest {
    private static String find(List<String> registries, String image) {
        Keyring keyring = new Keyring();
        registries.forEach(registry -> keyring.add(
                registry, new PullCredential(new RegistryLogin(registry, "", "", ""), new PullSource.OfNode())));
        return String.join(
                " ",
                keyring.find(ImageName.qualified(image)).stream()
                        .map(credential -> credential.login().username())
                        .toList());
    }

    /// Which of several, parted by blanks, serve an image, and in which order.
    @ParameterizedTest
    @CsvSource({
        "https://index.docker.io/v1/, nginx:1, https://index.docker.io/v1/",
        "https://index.docker.io/v1/, reg.example/a, ''",
        "docker.io index.docker.io, team/a, docker.io",
        "reg.example:5000, reg.example:5000/a:1, reg.example:5000",
        "reg.example, reg.example:5000/a:1, ''",
        "https://reg.example/v2/, reg.example/a, https://reg.example/v2/",
        "http://reg.example/v1/team, reg.example/team/a, http://reg.example/v1/team",
        "reg.example/team, reg.example/team/a:1, reg.example/team",
        "reg.example/team, reg.example/other/a:1, ''",
        "reg.example reg.example/team reg.example/team/a, reg.example/team/a:1,"
                + " reg.example/team/a reg.example/team reg.example",
        "*.reg.example, eu.reg.example/a, *.reg.example",
        "*.reg.example, a.eu.reg.example/a, ''",
        "*.*.reg.example, a.eu.reg.example/a, *.*.reg.example",
        "e*u.reg.example, ebeu.reg.example/a, e*u.reg.example",
        "reg.example:x reg.example, reg.example/a, reg.example",
    })
    void registriesAreFoundAsUpstreamDoes(String registries, String image, String found) {
        assertEquals(found, find(Arrays.asList(registries.split(" ")), image));
    }

    @Test
    void secretsSayWhereTheyAreFrom() {
        String auth = Base64.getEncoder().encodeToString("u:p".getBytes(StandardCharsets.UTF_8));
        Secret secret = PrivateRegistry.secret("ns", "s", "uid", "{\"auths\":{\"r.io\":{\"auth\":\"" + auth + "\"}}}");
        Keyring keyring = new Keyring();
        PullSecrets.add(secret, keyring);
        PullCredential found = keyring.find("r.io/x").getFirst();
        assertEquals("u", found.login().username());
        assertEquals("p", found.login().password());
        ImagePullSecret source =
                assertInstanceOf(PullSource.OfSecret.class, found.source()).secret();
        assertEquals("ns/s/uid", source.namespace() + "/" + source.name() + "/" + source.uid());
    }
}
