package io.gantry.kubelet.credential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.kubelet.runtime.RegistryLogin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class PluginProgramTest {
    private static final String V1 = "credentialprovider.kubelet.k8s.io/v1";
    private static final String HEAD = "\"kind\":\"CredentialProviderResponse\",\"apiVersion\":\"" + V1 + "\"";

    private static final PluginRequest REQUEST = new PluginRequest("a.io/x", Optional.empty());

    @TempDir
    private Path folder;

    private PluginProgram program(String script, Duration limit) throws IOException {
        Path program = Files.writeString(folder.resolve("p"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        CredentialProvider provider = new CredentialProvider(
                "p",
                V1,
                List.of(),
                Duration.ZERO,
                List.of("--one", "t w o"),
                Map.of("WHO", "me", "FOLDER", "" + folder),
                Optional.empty());
        return new PluginProgram(provider, folder, limit);
    }

    private PluginProgram says(String answer) throws IOException {
        Files.writeString(folder.resolve("answer"), answer);
        return program(
                "cat >$FOLDER/request; echo \"$#/$2/$WHO/${PATH:+path}\" >$FOLDER/seen; cat $FOLDER/answer",
                Duration.ofMinutes(1));
    }

    private static String refused(PluginProgram program) {
        return String.valueOf(
                assertThrows(PluginFailure.class, () -> program.ask(REQUEST)).getMessage());
    }

    @Test
    void theRequestIsOnStandardInputAndTheAnswerOnStandardOutput() throws Exception {
        PluginAnswer answer = says("{" + HEAD + ",\"cacheKeyType\":\"Registry\",\"cacheDuration\":\"1h30m\","
                        + "\"auth\":{\"a.io\":{\"username\":\"u\",\"password\":\"p\"}}}")
                .ask(REQUEST);
        assertEquals(
                Json.MAPPER.readTree(
                        "{\"kind\":\"CredentialProviderRequest\",\"apiVersion\":\"" + V1 + "\",\"image\":\"a.io/x\"}"),
                Json.MAPPER.readTree(folder.resolve("request")));
        assertEquals("2/t w o/me/path\n", Files.readString(folder.resolve("seen")));
        assertEquals(
                new PluginAnswer(
                        PluginAnswer.Scope.REGISTRY,
                        Optional.of(Duration.ofMinutes(90)),
                        Map.of("a.io", new RegistryLogin("u", "p", "", ""))),
                answer);
    }

    @Test
    void theServiceAccountStandsInTheRequest() throws Exception {
        PodAccount account =
                new PodAccount(new ServiceAccountName("1", "ns", "a"), "uid", "token", Map.of("role", "r"));
        says("{" + HEAD + ",\"cacheKeyType\":\"Global\"}").ask(new PluginRequest("a.io/x", Optional.of(account)));
        assertEquals(
                Json.MAPPER.readTree("{\"kind\":\"CredentialProviderRequest\",\"apiVersion\":\"" + V1
                        + "\",\"image\":\"a.io/x\",\"serviceAccountToken\":\"token\","
                        + "\"serviceAccountAnnotations\":{\"role\":\"r\"}}"),
                Json.MAPPER.readTree(folder.resolve("request")));
    }

    @Test
    void whatIsLeftOutIsNotThere() throws Exception {
        PluginAnswer answer = says("{" + HEAD + ",\"cacheKeyType\":\"Global\"}").ask(REQUEST);
        assertEquals(new PluginAnswer(PluginAnswer.Scope.GLOBAL, Optional.empty(), Map.of()), answer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "secret | error decoding credential provider plugin response from stdout",
                "{'kind':'CredentialProviderResponse','apiVersion':'v1beta9','secret':1} | did not match expected"
                        + " apiVersion:credentialprovider.kubelet.k8s.io/v1, actual apiVersion:v1beta9",
                "{HEAD,'secret':'x','cacheKeyType':'Image'} | error decoding credential provider plugin response",
                "{HEAD,'cacheKeyType':'secret'} | did not return a valid cacheKeyType",
                "{HEAD} | did not return a valid cacheKeyType",
                "{HEAD,'cacheKeyType':'Image','cacheDuration':'secret'} | did not return a valid cacheDuration",
                "{HEAD,'cacheKeyType':'Image','auth':'secret'} | error decoding credential provider plugin response",
            })
    void whatCannotBeReadIsRefusedAndNotShown(String answer, String expected) throws Exception {
        String text = answer.replace('\'', '"').replace("HEAD", HEAD);
        String refused = refused(says(text));
        assertTrue(refused.contains(expected), refused);
        assertFalse(refused.contains("secret"), refused);
    }

    @Test
    void aFailureIsToldWithTheProgramsWords() throws Exception {
        String refused = refused(program("echo secret; echo no role >&2; exit 3", Duration.ofMinutes(1)));
        assertEquals("error execing credential provider plugin p for image a.io/x: exit status 3: no role", refused);
    }

    @Test
    void aProgramThatDoesNotEndIsEndedWithWhatItStarted() throws Exception {
        PluginProgram hanging = program("sleep 300 & echo $! >$FOLDER/child; wait", Duration.ofSeconds(3));
        assertTrue(refused(hanging).contains("did not end within 3 s"));
        long child = Long.parseLong(Files.readString(folder.resolve("child")).strip());
        ProcessHandle.of(child).ifPresent(left -> left.onExit().join());
    }

    @Test
    void whatAProgramLeavesBehindIsNotWaitedFor() throws Exception {
        PluginProgram leaving = program("sleep 300 & echo $! >$FOLDER/child; echo done", Duration.ofSeconds(3));
        refused(leaving);
        ProcessHandle.of(
                        Long.parseLong(Files.readString(folder.resolve("child")).strip()))
                .ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void anAnswerWithoutEndIsRefused() throws Exception {
        String refused = refused(program("head -c 3000000 /dev/zero", Duration.ofMinutes(1)));
        assertTrue(refused.contains("more than 1048576 bytes"), refused);
    }

    @Test
    void aProgramNeedNotReadItsRequest() throws Exception {
        Files.writeString(folder.resolve("answer"), "{" + HEAD + ",\"cacheKeyType\":\"Image\"}");
        PluginProgram deaf = program("exec <&-; cat $FOLDER/answer", Duration.ofMinutes(1));
        assertEquals(PluginAnswer.Scope.IMAGE, deaf.ask(REQUEST).keptFor());
    }
}
