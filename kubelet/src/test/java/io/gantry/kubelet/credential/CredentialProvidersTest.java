package io.gantry.kubelet.credential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialProvidersTest {
    private static final String HEAD = "{apiVersion: kubelet.config.k8s.io/v1, kind: CredentialProviderConfig, ";
    private static final String GOOD =
            "name: p, apiVersion: credentialprovider.kubelet.k8s.io/v1, matchImages: [a.io], "
                    + "defaultCacheDuration: 1m";

    @TempDir
    private Path folder;

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private Path program(String name) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path program = Files.writeString(bin.resolve(name), "#!/bin/sh\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return bin;
    }

    private static String refused(Optional<Path> config, Optional<Path> bin) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> CredentialProviders.of(config, bin))
                .getMessage());
    }

    /// As it stands in upstream's documentation.
    @Test
    void aConfigurationIsRead() throws Exception {
        Path config = write("config.yaml", """
                apiVersion: kubelet.config.k8s.io/v1
                kind: CredentialProviderConfig
                providers:
                - name: ecr-credential-provider
                  matchImages:
                  - "*.dkr.ecr.*.amazonaws.com"
                  - "registry.io:8080/path"
                  defaultCacheDuration: "12h"
                  apiVersion: credentialprovider.kubelet.k8s.io/v1
                  args: [--v=3]
                  env:
                  - {name: AWS_PROFILE, value: example_profile}
                """);
        CredentialProvider provider = CredentialProviders.of(
                        Optional.of(config), Optional.of(program("ecr-credential-provider")))
                .providers()
                .getFirst();
        assertEquals("ecr-credential-provider", provider.name());
        assertEquals("credentialprovider.kubelet.k8s.io/v1", provider.apiVersion());
        assertEquals(Duration.ofHours(12), provider.defaultCacheDuration());
        assertEquals(List.of("--v=3"), provider.args());
        assertEquals(Map.of("AWS_PROFILE", "example_profile"), provider.env());
        assertTrue(provider.isFor(RegistryPattern.parse("1.dkr.ecr.eu-west-1.amazonaws.com/a")));
        assertTrue(provider.isFor(RegistryPattern.parse("registry.io:8080/path/a")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*.azurecr.io | myregistry.azurecr.io/a | true",
                "gcr.io | gcr.io/a | true",
                "*.*.registry.io | a.b.registry.io/c | true",
                "*.registry.io | a.b.registry.io/c | false",
                "registry.io:8080/path | registry.io:8080/path/a | true",
                "registry.io:8080/path | registry.io/path/a | false",
                "registry.io:8080/path | registry.io:8080/other | false",
                "foo.registry.io:8080/path | registry.io:8080/path/a | false",
                "*-docker.pkg.dev | europe-docker.pkg.dev/p/a | true",
                "a**b.io | ab.io/x | true",
                "a*b.io | acc.io/x | false",
                "[::1]:5000 | [::1]:5000/a | true",
            })
    void imagesAreMatchedAsUpstreamDoes(String pattern, String image, boolean matches) {
        assertEquals(matches, RegistryPattern.parse(pattern).matches(RegistryPattern.parse(image)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kind: Other, apiVersion: v1 | no kind \"Other\" is registered for version \"v1\"",
                "providers: [] | providers: Required value",
                "providers: [{}] | providers[0].name: Invalid value: \"\"",
                "providers: [{}] | providers[0].apiVersion: Unsupported value: \"\"",
                "providers: [{}] | providers[0].matchImages: Required value",
                "providers: [{}] | providers[0].defaultCacheDuration: Required value",
                "providers: [{name: a/b}] | providers[0].name: Invalid value: \"a/b\"",
                "providers: [{name: ..}] | providers[0].name: Invalid value: \"..\"",
                "providers: [{matchImages: ['a:b']}] | providers[0].matchImages: Invalid value: \"a:b\": match image is"
                        + " invalid",
                "providers: [{matchImages: ['a b']}] | providers[0].matchImages: Invalid value: \"a b\"",
                "providers: [{defaultCacheDuration: -1s}] | defaultCacheDuration must be greater than or equal to 0",
                "providers: [{defaultCacheDuration: soon}] | providers[0].defaultCacheDuration: Invalid value: \"soon\"",
                "providers: [{env: [{name: ''}]}] | providers[0].env[0].name: Invalid value",
                "providers: [{tokenAttributes: {}}] | tokenAttributes.serviceAccountTokenAudience: Required value",
                "providers: [{tokenAttributes: {}}] | tokenAttributes.requireServiceAccount: Required value",
                "providers: [{tokenAttributes: {}}] | tokenAttributes.cacheType: Required value",
                "providers: [{tokenAttributes: {}}] | tokenAttributes is only supported for"
                        + " credentialprovider.kubelet.k8s.io/v1 API version",
                "providers: [{tokenAttributes: {cacheType: Pod}}] | cacheType: Unsupported value: \"Pod\"",
                "providers: [{tokenAttributes: {colour: red}}] | unknown field \"providers[0].tokenAttributes.colour\"",
                "providers: [{tokenAttributes: {requireServiceAccount: false,"
                        + " requiredServiceAccountAnnotationKeys: [a]}}] | requireServiceAccount cannot be false",
                "providers: [{tokenAttributes: {requiredServiceAccountAnnotationKeys: [a/b/c]}}] | must be the name of an"
                        + " annotation",
                "providers: [{tokenAttributes: {requiredServiceAccountAnnotationKeys: [a, a]}}] | Duplicate value: \"a\"",
                "providers: [{tokenAttributes: {requiredServiceAccountAnnotationKeys: [a],"
                        + " optionalServiceAccountAnnotationKeys: [a]}}] | cannot be both required and optional",
                "providers: [{colour: red}] | unknown field \"providers[0].colour\"",
            })
    void whatIsWrongIsNamed(String fields, String expected) {
        String text = fields.startsWith("kind") ? "{" + fields + "}" : HEAD + fields + "}";
        var e = assertThrows(IllegalArgumentException.class, () -> CredentialProviderConfig.parse(text));
        assertTrue(String.valueOf(e.getMessage()).contains(expected), e.getMessage());
    }

    @Test
    void whatAProviderIsToldOfServiceAccountsIsRead() {
        CredentialProvider provider = CredentialProviderConfig.parse(HEAD + "providers: [{" + GOOD
                        + ", tokenAttributes: {serviceAccountTokenAudience: reg, cacheType: Token,"
                        + " requireServiceAccount: true, requiredServiceAccountAnnotationKeys: [reg.example/role],"
                        + " optionalServiceAccountAnnotationKeys: [team]}}]}")
                .getFirst();
        assertEquals(
                Optional.of(new TokenAttributes("reg", true, List.of("reg.example/role"), List.of("team"), true)),
                provider.tokens());
        assertTrue(provider.isByToken());
    }

    @Test
    void filesOfAFolderAreReadInTheOrderOfTheirNames() throws Exception {
        Files.createDirectories(folder.resolve("conf.d"));
        write("conf.d/2.json", HEAD + "providers: [{" + GOOD.replace("name: p", "name: second") + "}]}");
        write("conf.d/1.yaml", HEAD + "providers: [{" + GOOD.replace("name: p", "name: first") + "}]}");
        write("conf.d/notes.txt", "not one of them");
        assertEquals(
                List.of("first", "second"),
                CredentialProviderConfig.read(folder.resolve("conf.d")).stream()
                        .map(CredentialProvider::name)
                        .toList());
        write("conf.d/3.yml", HEAD + "providers: [{" + GOOD.replace("name: p", "name: first") + "}]}");
        var e = assertThrows(
                IllegalArgumentException.class, () -> CredentialProviderConfig.read(folder.resolve("conf.d")));
        assertTrue(String.valueOf(e.getMessage()).contains("\"first\" is there already"), e.getMessage());
    }

    @Test
    void theFlagsGoTogetherAndProgramsAreThere() throws Exception {
        Path config = write("config.yaml", HEAD + "providers: [{" + GOOD + "}]}");
        assertEquals(CredentialProviders.NONE, CredentialProviders.of(Optional.empty(), Optional.empty()));
        assertTrue(refused(Optional.of(config), Optional.empty()).contains("must be given together"));
        assertTrue(refused(Optional.of(config), Optional.of(folder.resolve("none")))
                .contains("no such folder"));
        Path bin = program("other");
        assertEquals(
                "--image-credential-provider-config=" + config + ": " + bin.resolve("p")
                        + " is no program that can be executed",
                refused(Optional.of(config), Optional.of(bin)));
        String missing = refused(Optional.of(folder.resolve("missing")), Optional.of(bin));
        assertTrue(missing.startsWith("--image-credential-provider-config="), missing);
        assertTrue(missing.contains("NoSuchFile"), missing);
    }
}
