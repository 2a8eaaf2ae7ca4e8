package io.gantry.api.rules;

import static io.gantry.api.rules.Manifests.CLUSTER;
import static io.gantry.api.rules.Manifests.META;
import static io.gantry.api.rules.Manifests.object;

import io.gantry.api.core.v1.persistentvolume.PersistentVolumeKind;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimKind;
import io.gantry.api.storage.v1.storageclass.StorageClassKind;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Rules of volumes, claims and classes.
final class VolumeRulesTest {
    static Stream<CreateCase> creates() {
        return Stream.of(
                new CreateCase("good", new StorageClassKind(), "{" + CLUSTER + ",'provisioner':'x.io/y'}", List.of()),
                new CreateCase(
                        "no size",
                        new PersistentVolumeClaimKind(),
                        object(META, "'accessModes':['ReadWriteOnce']"),
                        List.of("spec.resources[storage]: Required value")),
                new CreateCase(
                        "no source",
                        new PersistentVolumeKind(),
                        object(CLUSTER, "'accessModes':['ReadWriteOnce'],'capacity':{'storage':'1Gi'}"),
                        List.of("spec: Required value: must specify a volume type")),
                new CreateCase(
                        "odd driver",
                        new PersistentVolumeKind(),
                        object(
                                CLUSTER,
                                "'accessModes':['ReadWriteOnce'],'capacity':{'storage':'1Gi'}," + "'csi':{'driver':'"
                                        + "a".repeat(64) + "','volumeHandle':'h'}"),
                        List.of("spec.csi.driver: Too long: may not be more than 63 bytes")),
                new CreateCase(
                        "back from the local path",
                        new PersistentVolumeKind(),
                        object(
                                CLUSTER,
                                "'accessModes':['ReadWriteOnce'],'capacity':{'storage':'1Gi'},'local':{'path':'..'},"
                                        + "'nodeAffinity':{'required':{'nodeSelectorTerms':[{}]}}"),
                        List.of("spec.local.path: Invalid value: \"..\": must not contain '..'")));
    }

    @ParameterizedTest
    @MethodSource("creates")
    void saysWhatIsWrong(CreateCase one) {
        one.check();
    }
}
