package io.gantry.cli.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ImageStoreTest {
    private static final List<String> NAMES =
            List.of("docker.io/library/nginx:1", "docker.io/library/nginx:1.21", "localhost/a:b");

    @Test
    void whatWasImportedIsFoundInWhatContainerdSays() {
        assertEquals(List.of("docker.io/library/nginx:1.21", "localhost/a:b"), ImageStore.named(NAMES, """
                        unpacking docker.io/library/nginx:1.21 (sha256:9db0)...done
                        unpacking localhost/a:b (sha256:9db0)...done"""));
        assertEquals(
                List.of("localhost/a:b"),
                ImageStore.named(
                        NAMES, "localhost/a:b    saved\napplication/vnd.oci sha256:9db0\nImporting\telapsed: 1s"));
        assertEquals(List.of(), ImageStore.named(NAMES, ""));
    }
}
