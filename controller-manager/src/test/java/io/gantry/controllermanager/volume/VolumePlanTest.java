package io.gantry.controllermanager.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.api.core.v1.persistentvolume.PersistentVolume;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class VolumePlanTest {
    /// @param claim empty for none
    record Case(String name, String volume, String claim, VolumeStep expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> steps() {
        return Stream.of(
                new Case("free", "v", "", new VolumeStep.Phase("Available")),
                new Case("reserved by name", "v ref=c", "c", new VolumeStep.Phase("Available")),
                new Case("the claim's turn", "v ref=c uid=c", "c", new VolumeStep.AskClaim()),
                new Case("bound", "v ref=c uid=c", "c volume=v", new VolumeStep.Phase("Bound")),
                new Case("retained", "v ref=c uid=c policy=Retain", "", new VolumeStep.Release()),
                new Case("deleted", "v ref=c uid=c policy=Delete", "", new VolumeStep.Reclaim("Delete")),
                new Case("a new claim of the name", "v ref=c uid=old policy=Retain", "c", new VolumeStep.Release()),
                new Case("claim elsewhere", "v ref=c uid=c chosen", "c volume=w", new VolumeStep.Unbind(false)),
                new Case("claim elsewhere, by name", "v ref=c uid=c", "c volume=w", new VolumeStep.Unbind(true)),
                new Case(
                        "claim elsewhere, provisioned",
                        "v ref=c uid=c ours policy=Delete",
                        "c volume=w",
                        new VolumeStep.Reclaim("Delete")));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void theNextStep(Case c) {
        assertEquals(
                c.expected(),
                VolumePlan.of(
                        VolumeWords.volume(c.volume()),
                        c.claim().isEmpty() ? Optional.empty() : Optional.of(VolumeWords.claim(c.claim()))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"spec":{"hostPath":{"path":"/a"}}}                                                                     | false
            {"spec":{"csi":{"driver":"d","volumeHandle":"h"}}}                                                      | true
            {"metadata":{"annotations":{"pv.kubernetes.io/provisioned-by":"d"}},"spec":{"hostPath":{"path":"/a"}}}  | true
            """)
    void volumesOfDriversAreTheirsToDelete(String volume, boolean theirs) {
        assertEquals(theirs, VolumePlan.isDeletedByDriver(Json.MAPPER.readValue(volume, PersistentVolume.class)));
    }
}
