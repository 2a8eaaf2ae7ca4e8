package io.gantry.kubelet.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which images of the node a pod has to show credentials for.
class VerificationPolicyTest {
    private static final List<String> ALLOWLIST = List.of("reg.io/team/*", "reg.io/one");

    @ParameterizedTest
    @CsvSource({
        "NeverVerify,                  reg.io/x:1,             true,  false",
        "NeverVerifyPreloadedImages,   reg.io/x:1,             false, false",
        "NeverVerifyPreloadedImages,   reg.io/x:1,             true,  true",
        "AlwaysVerify,                 reg.io/x:1,             false, true",
        "AlwaysVerify,                 reg.io/x:1,             true,  true",
        "NeverVerifyAllowlistedImages, reg.io/team/x:1,        true,  false",
        "NeverVerifyAllowlistedImages, reg.io/team/a/b@sha256:0123456789abcdef0123456789abcdef, true, false",
        "NeverVerifyAllowlistedImages, reg.io/team2/x:1,       false, true",
        "NeverVerifyAllowlistedImages, reg.io/one:2,           true,  false",
        "NeverVerifyAllowlistedImages, reg.io/one,             true,  false",
        "NeverVerifyAllowlistedImages, reg.io/one/more:2,      true,  true",
        "NeverVerifyAllowlistedImages, reg.io/other,           false, true",
    })
    void policies(String word, String image, boolean pulled, boolean verified) {
        VerificationPolicy.Kind kind = VerificationPolicy.Kind.parse(word);
        boolean lists = kind == VerificationPolicy.Kind.NEVER_VERIFY_ALLOWLISTED_IMAGES;
        VerificationPolicy policy = VerificationPolicy.of(kind, lists ? ALLOWLIST : List.of());
        assertEquals(verified, policy.requires(image, pulled));
    }

    @ParameterizedTest
    @CsvSource({
        "reg.io/one:1, not the name of an image without tag and digest: reg.io/one:1",
        "Reg io,       not the name of an image without tag and digest: Reg io",
        "reg.io/*/x,   'not a valid wildcard pattern, only patterns ending with ''/*'' are allowed: reg.io/*/x'",
        "*,            'not a valid wildcard pattern, only patterns ending with ''/*'' are allowed: *'",
        "/*,           at least registry hostname is required: /*",
    })
    void patternsThatAreNone(String pattern, String message) {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> VerificationPolicy.of(VerificationPolicy.Kind.NEVER_VERIFY_ALLOWLISTED_IMAGES, List.of(pattern)));
        assertEquals(message, refused.getMessage());
    }

    @Test
    void whatThePolicyWouldNotLookAtIsRefused() {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> VerificationPolicy.of(VerificationPolicy.Kind.ALWAYS_VERIFY, ALLOWLIST));
        assertEquals(
                "can be set only where the policy is NeverVerifyAllowlistedImages, not AlwaysVerify",
                refused.getMessage());
    }

    @Test
    void unknownPoliciesAreRefusedWithThoseThatThereAre() {
        String message = String.valueOf(
                assertThrows(IllegalArgumentException.class, () -> VerificationPolicy.Kind.parse("Sometimes"))
                        .getMessage());
        assertTrue(message.endsWith(
                "NeverVerify, NeverVerifyPreloadedImages, NeverVerifyAllowlistedImages, AlwaysVerify"));
    }
}
