package io.gantry.kubelet.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Under which names an image goes on being everybody's once somebody pulled it under another.
class PreloadedNamesTest {
    @ParameterizedTest
    @CsvSource({
        "reg.io/x:1,          reg.io/x:1,                            '',       ''",
        "reg.io/x:1,          reg.io/x:1 localhost/x:1,              '',       localhost/x",
        "reg.io/x:1,          reg.io/x:1 reg.io/x:2,                 '',       ''",
        "reg.io/x:1,          reg.io/x:1 docker.io/library/nginx:1,  '',       docker.io/library/nginx docker.io/nginx library/nginx nginx",
        "reg.io/x:1,          reg.io/x:1 docker.io/team/app:1,       '',       docker.io/team/app team/app",
        "nginx,               docker.io/library/nginx:latest,        '',       ''",
        "team/app:2,          docker.io/team/app:2 localhost/x:1,    '',       localhost/x",
        "reg.io/x:1,          reg.io/x:1 docker.io/library/nginx:1,  nginx:1,  ''",
        "reg.io/x:1,          reg.io/x:1 localhost/x:1,              localhost/x:3, ''",
    })
    void names(String pulled, String tags, String begun, String expected) {
        assertEquals(Set.copyOf(words(expected)), PreloadedNames.beside(pulled, words(tags), words(begun)));
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split(" ")).filter(w -> !w.isEmpty()).toList();
    }
}
