package io.gantry.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class BuildVersionTest {
    @Test
    void theBuildIsNamed() {
        assertTrue(BuildVersion.commit().matches("|[0-9a-f]{40}"), BuildVersion.commit());
        assertTrue(BuildVersion.treeState().matches("|clean|dirty"), BuildVersion.treeState());
        assertEquals(BuildVersion.commit().isEmpty(), BuildVersion.treeState().isEmpty());
        assertTrue(Instant.parse(BuildVersion.date()).isAfter(Instant.EPOCH), BuildVersion.date());
    }

    @Test
    void theRuntimeIsJava() {
        assertTrue(BuildVersion.runtime().startsWith("java25"), BuildVersion.runtime());
        assertTrue(BuildVersion.platform().startsWith("linux/"), BuildVersion.platform());
        String info = ProcessMetrics.scrape();
        assertTrue(info.contains("go_version=\"" + BuildVersion.runtime() + "\""), info);
    }
}
