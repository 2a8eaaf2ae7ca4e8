package io.gantry.kubelet.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.kubelet.runtime.RuntimeImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is remembered of pulls, and what of it outlives a killed kubelet, a full disk and files that were spoilt.
class PullRecordsTest {
    private static final String IMAGE = "reg.io/x:1";
    private static final String ID = PrivateRegistry.id(IMAGE);
    private static final ImagePullSecret MINE = new ImagePullSecret("u1", "mine", "key", "hash");
    private static final ImagePullSecret YOURS = new ImagePullSecret("u2", "yours", "key", "hash2");

    @TempDir
    private Path root;

    private final PrivateRegistry images = new PrivateRegistry();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private PullRecords records = PullRecords.none(VerificationPolicy.DEFAULT, images, clock);

    @BeforeEach
    void start() throws IOException {
        records = PullRecords.under(root, VerificationPolicy.DEFAULT, images, clock);
    }

    private boolean mustPull(ImagePullSecret... ofPod) {
        return mustPull(IMAGE, ofPod);
    }

    private boolean mustPull(String image, ImagePullSecret... ofPod) {
        return records.mustPull(
                image,
                PrivateRegistry.named(ID, List.of()),
                () -> new OwnCredentials(List.of(ofPod), Optional.empty()));
    }

    private void pull(ImagePullCredentials credentials) throws IOException {
        records.intend(IMAGE);
        images.load(IMAGE);
        records.pulled(IMAGE, images.image(IMAGE).orElseThrow(), credentials);
    }

    private List<Path> files(String folder) throws IOException {
        try (Stream<Path> files = Files.list(root.resolve("image_manager").resolve(folder))) {
            return files.toList();
        }
    }

    @Test
    void whatWasPulledWithASecretIsForThoseWhoHaveIt() throws Exception {
        pull(ImagePullCredentials.of(MINE));
        assertTrue(mustPull());
        assertTrue(mustPull(YOURS));
        assertFalse(mustPull(MINE));
        start();
        assertTrue(mustPull(YOURS));
        assertFalse(mustPull(MINE));
        pull(ImagePullCredentials.of(YOURS));
        assertFalse(mustPull(YOURS));
        assertFalse(mustPull(MINE));
        assertEquals(List.of(), files("pulling"));
        assertTrue(records.metrics()
                .contains("kubelet_imagemanager_image_mustpull_checks_total{result=\"mustAuthenticate\"} 1"));
        assertTrue(records.metrics().contains("kubelet_imagemanager_ondisk_pulledrecords 1"));
    }

    @Test
    void whatWasPulledWithoutCredentialsIsForEverybody() throws Exception {
        pull(ImagePullCredentials.of(MINE));
        pull(ImagePullCredentials.EVERYBODY);
        assertFalse(mustPull());
    }

    @Test
    void whatWasPutThereUnderAnotherNameStaysEverybodys() throws Exception {
        RuntimeImage both = PrivateRegistry.named(ID, List.of("docker.io/library/x:7", "begun.io/x:1", IMAGE));
        records.intend(IMAGE);
        records.intend("begun.io/x:1");
        records.pulled(IMAGE, both, ImagePullCredentials.of(MINE));
        assertTrue(mustPull());
        assertFalse(mustPull("x:7"));
        assertTrue(mustPull("begun.io/x:1"), "a pull of it began");
        assertTrue(mustPull("sha256:" + "0".repeat(64)), "by no name of it");
    }

    @Test
    void anotherNameIsNotEverybodysWhereAllIsVerified() throws Exception {
        var always = new VerificationPolicy(VerificationPolicy.Kind.ALWAYS_VERIFY, List.of());
        records = PullRecords.under(root, always, images, clock);
        records.intend(IMAGE);
        records.pulled(IMAGE, PrivateRegistry.named(ID, List.of("x:7", IMAGE)), ImagePullCredentials.of(MINE));
        assertTrue(mustPull("x:7"));
    }

    @Test
    void whatSaysTheSameIsLearnt() throws Exception {
        pull(ImagePullCredentials.of(MINE));
        ImagePullSecret copy = new ImagePullSecret("u3", "copy", "key", "hash");
        assertFalse(mustPull(copy));
        ImagePullSecret changed = new ImagePullSecret("u3", "copy", "key", "hash3");
        assertFalse(mustPull(changed));
        start();
        assertFalse(mustPull(changed));
    }

    @Test
    void aKubeletKilledBetweenIntentAndRecordLeavesAnImageThatAllHaveToPull() throws Exception {
        records.intend(IMAGE);
        images.load(IMAGE);
        assertTrue(mustPull(MINE));
        start();
        assertTrue(mustPull(MINE));
        assertEquals(List.of(), files("pulling"));
        assertEquals(1, files("pulled").size());
        records.intend(IMAGE);
        records.failed(IMAGE);
        assertTrue(mustPull(YOURS));
        pull(ImagePullCredentials.of(MINE));
        assertFalse(mustPull(MINE));
    }

    @Test
    void anImageOfAnIntentThatNeverCameIsTheNodesWhenItComesAnotherWay() throws Exception {
        records.intend(IMAGE);
        start();
        records.intend(IMAGE);
        records.failed(IMAGE);
        images.load(IMAGE);
        assertFalse(mustPull());
    }

    @Test
    void theLastOfSeveralPullsTakesTheIntentAway() throws Exception {
        records.intend(IMAGE);
        records.intend(IMAGE);
        records.failed(IMAGE);
        images.load(IMAGE);
        assertTrue(mustPull());
        records.failed(IMAGE);
        assertFalse(mustPull());
    }

    @Test
    void anIntentThatCannotBeWrittenIsAnError() throws Exception {
        Files.delete(root.resolve("image_manager/pulling"));
        Files.writeString(root.resolve("image_manager/pulling"), "in the way");
        assertThrows(IOException.class, () -> records.intend(IMAGE));
    }

    @Test
    void aRecordThatCannotBeWrittenLeavesTheIntent() throws Exception {
        records.intend(IMAGE);
        images.load(IMAGE);
        Files.delete(root.resolve("image_manager/pulled"));
        Files.writeString(root.resolve("image_manager/pulled"), "in the way");
        records.pulled(IMAGE, images.image(IMAGE).orElseThrow(), ImagePullCredentials.of(MINE));
        assertTrue(mustPull(MINE));
        Files.delete(root.resolve("image_manager/pulled"));
        Files.createDirectory(root.resolve("image_manager/pulled"));
        assertTrue(mustPull(MINE));
        records.intend(IMAGE);
        records.failed(IMAGE);
        assertTrue(mustPull(MINE));
        start();
        assertTrue(mustPull(MINE));
    }

    @Test
    void aSpoiltRecordMakesAllPullAndIsWrittenAnew() throws Exception {
        pull(ImagePullCredentials.of(MINE));
        Files.writeString(files("pulled").getFirst(), "{\"kind\":\"Image");
        assertTrue(mustPull(MINE));
        pull(ImagePullCredentials.of(YOURS));
        assertFalse(mustPull(YOURS));
        assertTrue(mustPull(MINE));
    }

    @Test
    void recordsGoWithTheirImages() throws Exception {
        pull(ImagePullCredentials.of(MINE));
        records.prune(Set.of(), now);
        assertEquals(1, files("pulled").size(), "written since the images were looked up");
        now = now.plusSeconds(1);
        records.prune(Set.of(ID), now);
        assertEquals(1, files("pulled").size());
        records.prune(Set.of(), now);
        assertEquals(0, files("pulled").size());
    }
}
