package io.gantry.cli.script;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The script `gantry` builds for one command at a time, in a checkout whose Maven and JDK are stand-ins.
@Timeout(60)
class BuildLockTest {
    @TempDir
    private Path folder;

    private ScriptCheckout checkout;

    @BeforeEach
    void checkOut() throws IOException {
        checkout = new ScriptCheckout(folder);
    }

    @AfterEach
    void end() throws IOException {
        checkout.close();
    }

    @Test
    void twoCommandsAtOnceBuildOnce() throws Exception {
        Gate build = checkout.gate("mvn");
        Process first = checkout.gantry("status");
        await().until(() -> checkout.builds() == 1);
        Process second = checkout.gantry("status");
        await().until(() -> ScriptCheckout.waitsForTheLock(second));
        build.open();
        assertEquals(0, first.waitFor());
        assertEquals(0, second.waitFor());
        assertEquals(1, checkout.builds());
    }

    @Test
    void whoWaitedForABuildThatFailedBuilds() throws Exception {
        checkout.breakTheNextBuild();
        Gate build = checkout.gate("mvn");
        Process first = checkout.gantry("status");
        await().until(() -> checkout.builds() == 1);
        Process second = checkout.gantry("status");
        await().until(() -> ScriptCheckout.waitsForTheLock(second));
        build.open();
        assertEquals(1, first.waitFor());
        assertEquals(0, second.waitFor());
        assertEquals(2, checkout.builds());
    }

    @Test
    void whatABuildLeavesRunningDoesNotHoldTheLock() throws Exception {
        checkout.leaveAProcessBehind();
        assertEquals(0, checkout.gantry("build").waitFor());
        assertEquals(0, checkout.gantry("build").waitFor());
        assertEquals(2, checkout.builds());
    }

    @Test
    void aCommandThatGoesOnDoesNotHoldTheLock() throws Exception {
        Gate command = checkout.gate("java");
        Process dashboard = checkout.gantry("dashboard");
        await().until(checkout::commandRuns);
        assertEquals(0, checkout.gantry("build").waitFor());
        assertEquals(2, checkout.builds());
        assertFalse(ScriptCheckout.waitsForTheLock(dashboard));
        command.open();
        assertEquals(0, dashboard.waitFor());
    }
}
