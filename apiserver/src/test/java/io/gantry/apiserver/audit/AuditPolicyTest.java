package io.gantry.apiserver.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.apiserver.authn.UserInfo;
import io.gantry.apiserver.authz.Attributes;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How much of a request a policy that asks for everything gets.
class AuditPolicyTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(textBlock = """
            '',                    secrets,         '',      METADATA
            '',                    serviceaccounts, token,   METADATA
            authentication.k8s.io, tokenreviews,    '',      METADATA
            '',                    serviceaccounts, '',      REQUEST_RESPONSE
            '',                    configmaps,      '',      REQUEST_RESPONSE
            other.example.com,     secrets,         '',      REQUEST_RESPONSE
            """)
    void credentialsAreLeftOut(String group, String resource, String subresource, AuditLevel level) throws Exception {
        AuditPolicy all = AuditPolicy.load(Files.writeString(
                directory.resolve("policy.yaml"),
                "{apiVersion: audit.k8s.io/v1, kind: Policy, rules: [{level: RequestResponse}]}"));
        Attributes request = new Attributes(
                UserInfo.of("jane"), "create", "n", group, "v1", resource, subresource, "a", true, "", "");
        assertEquals(level, all.rule(request).orElseThrow().level());
    }
}
