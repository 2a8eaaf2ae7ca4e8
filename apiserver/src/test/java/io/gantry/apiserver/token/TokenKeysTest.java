package io.gantry.apiserver.token;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.component.pki.KeyPairs;
import io.gantry.component.pki.Pem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which files hold the keys of tokens.
final class TokenKeysTest {
    @TempDir
    Path folder;

    /// As upstream: `--service-account-key-file` may name the private key, of either sort.
    @Test
    void aPrivateKeyHoldsItsPublicOne() throws Exception {
        for (KeyPair pair : List.of(KeyPairs.ec(), KeyPairs.rsa())) {
            Path file = Files.writeString(folder.resolve("key"), Pem.encode(pair.getPrivate(), pair.getPublic()));
            TokenKeys keys = TokenKeys.load(file, List.of(file));
            assertEquals(
                    Set.of(TokenKeys.keyId(pair.getPublic())), keys.verifying().keySet());
            assertEquals(TokenKeys.keyId(pair.getPublic()), keys.signingKeyId());
        }
    }
}
