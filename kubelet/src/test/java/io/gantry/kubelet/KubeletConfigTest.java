package io.gantry.kubelet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gantry.component.Flags;
import io.gantry.kubelet.image.VerificationPolicy;
import java.util.List;
import org.junit.jupiter.api.Test;

class KubeletConfigTest {
    private static KubeletConfig config(String... flags) {
        String[] all = new String[flags.length + 1];
        all[0] = "--kubeconfig=k";
        System.arraycopy(flags, 0, all, 1, flags.length);
        return KubeletConfig.of(Flags.parse(all), "host", "10.0.0.1");
    }

    private static String refused(String... flags) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> config(flags))
                .getMessage());
    }

    @Test
    void imagesOfTheNodeAreVerifiedAsThePolicySays() {
        assertEquals(VerificationPolicy.DEFAULT, config().imagePolicy());
        assertEquals(
                new VerificationPolicy(
                        VerificationPolicy.Kind.NEVER_VERIFY_ALLOWLISTED_IMAGES, List.of("reg.io/", "x/y")),
                config(
                                "--image-pull-credentials-verification-policy=NeverVerifyAllowlistedImages",
                                "--preloaded-images-verification-allowlist=reg.io/*,x/y")
                        .imagePolicy());
    }

    @Test
    void policiesThatAreNoneAreRefusedByName() {
        assertEquals(
                "--image-pull-credentials-verification-policy=Sometimes: valid options are NeverVerify,"
                        + " NeverVerifyPreloadedImages, NeverVerifyAllowlistedImages, AlwaysVerify",
                refused("--image-pull-credentials-verification-policy=Sometimes"));
        assertEquals(
                "--preloaded-images-verification-allowlist=reg.io/*: can be set only where the policy is"
                        + " NeverVerifyAllowlistedImages, not NeverVerifyPreloadedImages",
                refused("--preloaded-images-verification-allowlist=reg.io/*"));
    }
}
