package io.gantry.kubelet.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.kubelet.image.ImageAccess.Comparison;
import io.gantry.kubelet.image.ImageAccess.Origin;
import io.gantry.kubelet.image.ImageAccess.Result;
import io.gantry.kubelet.image.ImageAccess.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Who may use an image that is on the node.
class ImageAccessTest {
    private static final String IMAGE = "reg.io/x:1";
    private static final ImagePullSecret MINE = new ImagePullSecret("u1", "mine", "key", "hash");
    private static final ImagePullSecret MINE_CHANGED = new ImagePullSecret("u1", "mine", "key", "hash2");
    private static final ImagePullSecret MINE_ANEW = new ImagePullSecret("u9", "mine", "key", "hash2");
    private static final ImagePullSecret SAME_ELSEWHERE = new ImagePullSecret("u2", "yours", "key", "hash");
    private static final ImagePullSecret OTHER = new ImagePullSecret("u3", "yours", "key", "hash3");
    private static final ImagePullSecret UNHASHED = new ImagePullSecret("u4", "mine", "key", "");

    private static Origin pulled(String name, ImagePullCredentials credentials) {
        return new Origin.Pulled(ImagePulledRecord.of("id", Instant.EPOCH).with(name, credentials, Instant.EPOCH));
    }

    private static ImagePullCredentials secrets(List<ImagePullSecret> secrets) {
        return new ImagePullCredentials(secrets, List.of(), false);
    }

    private static Verdict decided(Result result) {
        return new Verdict.Decided(result);
    }

    record Judged(String what, VerificationPolicy.Kind policy, Origin origin, Verdict verdict) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Judged> judged() {
        var usual = VerificationPolicy.Kind.NEVER_VERIFY_PRELOADED_IMAGES;
        var always = VerificationPolicy.Kind.ALWAYS_VERIFY;
        var never = VerificationPolicy.Kind.NEVER_VERIFY;
        ImagePullCredentials mine = ImagePullCredentials.of(MINE);
        Verdict pulls = decided(Result.MUST_AUTHENTICATE);
        return Stream.of(
                new Judged("put there", usual, new Origin.Preloaded(), decided(Result.POLICY_ALLOWS)),
                new Judged("put there, always verified", always, new Origin.Preloaded(), pulls),
                new Judged("cut off", usual, new Origin.Pulling(), pulls),
                new Judged("cut off, never verified", never, new Origin.Pulling(), decided(Result.POLICY_ALLOWS)),
                new Judged("unreadable", usual, new Origin.Unknown(), decided(Result.ERROR)),
                new Judged("unreadable, never verified", never, new Origin.Unknown(), decided(Result.ERROR)),
                new Judged("by nobody knows whom", usual, pulled("reg.io/x", ImagePullCredentials.NOBODY), pulls),
                new Judged("by another name", usual, pulled("reg.io/y", ImagePullCredentials.EVERYBODY), pulls),
                new Judged(
                        "without credentials",
                        usual,
                        pulled("reg.io/x", ImagePullCredentials.EVERYBODY),
                        decided(Result.RECORD_FOUND)),
                new Judged("with a secret", usual, pulled("reg.io/x", mine), new Verdict.Compare(mine)),
                new Judged(
                        "with a secret, never verified",
                        never,
                        pulled("reg.io/x", mine),
                        decided(Result.POLICY_ALLOWS)));
    }

    @ParameterizedTest
    @MethodSource
    void judged(Judged row) {
        assertEquals(
                row.verdict(), ImageAccess.judge(new VerificationPolicy(row.policy(), List.of()), IMAGE, row.origin()));
    }

    record Compared(
            String what,
            List<ImagePullSecret> known,
            List<ImagePullSecret> ofPod,
            Result result,
            Optional<ImagePullSecret> learnt) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Compared> compared() {
        List<ImagePullSecret> mine = List.of(MINE);
        List<ImagePullSecret> many = Stream.concat(
                        mine.stream(),
                        IntStream.range(0, ImageAccess.MAX_LEARNT)
                                .mapToObj(i -> new ImagePullSecret("m" + i, "many", "key", "other" + i)))
                .toList();
        var found = Result.RECORD_FOUND;
        var pulls = Result.MUST_AUTHENTICATE;
        return Stream.of(
                new Compared("the same", mine, mine, found, Optional.empty()),
                new Compared("none", mine, List.of(), pulls, Optional.empty()),
                new Compared("another", mine, List.of(OTHER), pulls, Optional.empty()),
                new Compared("the same elsewhere", mine, List.of(SAME_ELSEWHERE), found, Optional.of(SAME_ELSEWHERE)),
                new Compared("its content changed", mine, List.of(MINE_CHANGED), found, Optional.of(MINE_CHANGED)),
                new Compared("made anew with other content", mine, List.of(MINE_ANEW), pulls, Optional.empty()),
                new Compared(
                        "the second of two", mine, List.of(OTHER, SAME_ELSEWHERE), found, Optional.of(SAME_ELSEWHERE)),
                new Compared("without hashes", List.of(UNHASHED), List.of(UNHASHED), found, Optional.of(UNHASHED)),
                new Compared(
                        "without hashes elsewhere",
                        List.of(UNHASHED),
                        List.of(new ImagePullSecret("u5", "yours", "key", "")),
                        pulls,
                        Optional.empty()),
                new Compared("the same among many", many, List.of(SAME_ELSEWHERE), found, Optional.empty()),
                new Compared("its content changed among many", many, List.of(MINE_CHANGED), pulls, Optional.empty()));
    }

    @ParameterizedTest
    @MethodSource
    void compared(Compared row) {
        assertEquals(
                new Comparison(row.result(), row.learnt()),
                ImageAccess.compare(secrets(row.known()), new OwnCredentials(row.ofPod(), Optional.empty())));
    }

    @Test
    void aServiceAccountIsThatVeryAccount() {
        ImagePullServiceAccount known = new ImagePullServiceAccount("1", "ns", "a");
        ImagePullServiceAccount anew = new ImagePullServiceAccount("2", "ns", "a");
        assertEquals(Result.RECORD_FOUND, compared(known, Optional.of(known)));
        assertEquals(Result.MUST_AUTHENTICATE, compared(known, Optional.of(anew)));
        assertEquals(Result.MUST_AUTHENTICATE, compared(known, Optional.empty()));
    }

    private static Result compared(ImagePullServiceAccount known, Optional<ImagePullServiceAccount> ofPod) {
        return ImageAccess.compare(ImagePullCredentials.of(known), new OwnCredentials(List.of(), ofPod))
                .result();
    }
}
