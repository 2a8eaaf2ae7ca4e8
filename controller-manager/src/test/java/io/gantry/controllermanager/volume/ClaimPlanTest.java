package io.gantry.controllermanager.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimStatus;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClaimPlanTest {
    /// Claims and volumes as [VolumeWords] reads them; the step as [#text] writes it.
    record Case(String name, String claim, List<String> volumes, String expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> steps() {
        return Stream.of(
                new Case("no class", "c size=1", List.of(), "wait FailedBinding"),
                new Case("an unknown class", "c size=1 class=none", List.of(), "wait ProvisioningFailed"),
                new Case("by hand only", "c size=1 class=manual", List.of(), "wait ProvisioningFailed"),
                new Case("dynamic", "c size=1 class=fast", List.of(), "provision gantry.io/local"),
                new Case("waits", "c size=1 class=late", List.of("v size=1 class=late"), "wait WaitForFirstConsumer"),
                new Case("waits for a pod", "used size=1 class=late", List.of(), "wait WaitForPodScheduled"),
                new Case("the node is chosen", "c size=1 class=late node=n", List.of(), "provision gantry.io/local"),
                new Case("reserved, though it waits", "c size=1 class=late", List.of("v size=1 ref=c"), "bind v"),
                new Case("the smallest", "c size=2", List.of("a size=5", "b size=3", "d size=1"), "bind b"),
                new Case(
                        "fewest modes first",
                        "c size=1",
                        List.of("a size=1 modes=ReadWriteOnce,ReadWriteMany", "b size=2"),
                        "bind b"),
                new Case("not bound ones", "c size=1", List.of("a size=1 phase=Bound"), "wait FailedBinding"),
                new Case("not reserved ones", "c size=1", List.of("a size=1 ref=other"), "wait FailedBinding"),
                new Case("not another class", "c size=1", List.of("a size=1 class=manual"), "wait FailedBinding"),
                new Case("not another mode", "c size=1", List.of("a size=1 mode=Block"), "wait FailedBinding"),
                new Case("modes", "c size=1 modes=ReadWriteMany", List.of("a size=1"), "wait FailedBinding"),
                new Case(
                        "labels", "c size=1 select=disk:ssd", List.of("a size=1", "b size=9 label=disk:ssd"), "bind b"),
                new Case("by name, missing", "c size=1 volume=a", List.of(), "wait "),
                new Case("by name, free", "c size=1 volume=a", List.of("a size=1", "b size=1"), "bind a"),
                new Case("by name, small", "c size=2 volume=a", List.of("a size=1"), "wait VolumeMismatch"),
                new Case("by name, taken", "c size=1 volume=a", List.of("a size=1 ref=o"), "wait FailedBinding"),
                new Case("by name, reserved", "c size=1 volume=a", List.of("a size=1 ref=c"), "bind a"),
                new Case("bound", "c size=1 volume=a bound", List.of("a size=1 ref=c uid=c"), "bind a"),
                new Case("bound, half", "c size=1 volume=a bound", List.of("a size=1"), "bind a"),
                new Case("bound to nothing", "c size=1 bound", List.of(), "lose ClaimLost"),
                new Case("the volume is gone", "c size=1 volume=a bound", List.of(), "lose ClaimLost"),
                new Case("two claims", "c volume=a bound", List.of("a size=1 ref=o uid=o"), "lose ClaimMisbound"),
                new Case("lost already", "c size=1 bound phase=Lost", List.of(), "lose "),
                new Case("going", "c size=1 going", List.of("a size=1"), "wait "));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void theNextStep(Case c) {
        ClaimPlan.View view = new ClaimPlan.View(
                c.volumes().stream().map(VolumeWords::volume).toList(),
                Arrays.asList(
                        VolumeWords.storageClass("manual", ClaimPlan.NO_PROVISIONER, "Immediate"),
                        VolumeWords.storageClass("fast", LocalVolumes.PROVISIONER, "Immediate"),
                        VolumeWords.storageClass("late", LocalVolumes.PROVISIONER, "WaitForFirstConsumer")),
                c.claim().startsWith("used") ? List.of("pod") : List.of());
        assertEquals(c.expected(), text(ClaimPlan.of(VolumeWords.claim(c.claim()), view)));
    }

    private static String text(ClaimStep step) {
        return switch (step) {
            case ClaimStep.Bind bind -> "bind " + Volumes.name(bind.volume());
            case ClaimStep.Wait wait -> "wait " + wait.told().reason();
            case ClaimStep.Provision provision -> "provision " + provision.provisioner();
            case ClaimStep.SetClass named -> "class " + named.name();
            case ClaimStep.Lose lose -> "lose " + lose.told().reason();
        };
    }

    @Test
    void aClaimThatLostItsVolumeHasNothingOfIt() {
        PersistentVolumeClaimStatus before = Json.MAPPER.readValue(
                "{\"phase\":\"Bound\",\"accessModes\":[\"ReadWriteOnce\"],\"capacity\":{\"storage\":\"1Gi\"},"
                        + "\"currentVolumeAttributesClassName\":\"gold\"}",
                PersistentVolumeClaimStatus.class);
        assertEquals(
                "{\"phase\":\"Lost\"}", Json.MAPPER.writeValueAsString(BindingWrites.withoutVolume(before, "Lost")));
    }
}
