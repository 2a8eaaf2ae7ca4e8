package io.gantry.cli.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gantry.cli.CliException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImageReferenceTest {
    @Test
    void namesBecomeFullAsDockerReadsThem() {
        Map<String, String> cases = Map.of(
                "nginx:1.21", "docker.io/library/nginx:1.21",
                "nginx", "docker.io/library/nginx:latest",
                "me/app:2", "docker.io/me/app:2",
                "localhost/x:1", "localhost/x:1",
                "127.0.0.1:5000/x", "127.0.0.1:5000/x:latest");
        cases.forEach((given, full) -> assertEquals(full, ImageReference.normalize(given)));
        assertThrows(CliException.class, () -> ImageReference.normalize("No Such"));
    }
}
