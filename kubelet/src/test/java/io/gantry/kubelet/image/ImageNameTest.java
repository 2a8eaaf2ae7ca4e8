package io.gantry.kubelet.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

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

    @ParameterizedTest
    @CsvSource({
        "nginx, docker.io/library/nginx",
        "nginx:1.21, docker.io/library/nginx",
        "docker.io/nginx, docker.io/library/nginx",
        "index.docker.io/team/a, docker.io/team/a",
        "team/a:1, docker.io/team/a",
        "localhost/a:1, localhost/a",
        "reg.example:5000/a/b:1, reg.example:5000/a/b",
        "reg.example/a@sha256:0123456789012345678901234567890123456789012345678901234567890123, reg.example/a",
    })
    void namesGetTheirRegistry(String image, String expected) {
        assertEquals(expected, ImageName.qualified(image));
    }
}
