package io.gantry.kubelet.credential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.kubelet.runtime.RegistryLogin;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class CredentialPluginTest {
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final Accounts accounts = new Accounts();
    private Optional<TokenAttributes> tokens = Optional.empty();
    private Instant now = Instant.EPOCH;

    /// Pods are called as their uids; each has the service account `a`, but those of no name.
    private static final class Accounts implements PodAccounts {
        private Map<String, String> annotations = Map.of();

        @Override
        public boolean has(Pod pod) {
            return !String.valueOf(pod.metadata().uid()).isEmpty();
        }

        @Override
        public Account account(Pod pod) {
            return new Account(
                    new ServiceAccountName("1", "ns", "a"),
                    String.valueOf(pod.metadata().uid()),
                    annotations);
        }

        @Override
        public String token(Pod pod, String audience) {
            if (audience.equals("refused")) {
                throw StatusException.notFound("", "serviceaccounts", "a");
            }
            return audience + "-for-" + pod.metadata().uid();
        }
    }

    private static Pod pod(String uid) {
        return Json.MAPPER.readValue("{\"metadata\":{\"uid\":\"" + uid + "\"}}", Pod.class);
    }

    private static Map<String, RegistryLogin> logins(CredentialPlugin plugin, String image)
            throws InterruptedException {
        return plugin.logins(pod("p"), image).logins();
    }

    private CredentialPlugin plugin(Duration otherwise, PluginCall call) {
        CredentialProvider provider = new CredentialProvider(
                "p", "v1", List.of(RegistryPattern.parse("*.io")), otherwise, List.of(), Map.of(), tokens);
        return new CredentialPlugin(
                provider,
                accounts,
                request -> {
                    asked.add(request.image()
                            + request.account()
                                    .map(account -> " " + account.token() + account.annotations())
                                    .orElse(""));
                    return call.ask(request);
                },
                () -> now);
    }

    private static PluginAnswer answer(PluginAnswer.Scope scope, String seconds) {
        return new PluginAnswer(
                scope,
                seconds.equals("-") ? Optional.empty() : Optional.of(Duration.ofSeconds(Long.parseLong(seconds))),
                Map.of("a.io", new RegistryLogin("u", "p", "", "")));
    }

    @ParameterizedTest
    @CsvSource({
        "Image, a.io/x a.io/y b.io/x",
        "Registry, a.io/x b.io/x",
        "Global, a.io/x",
    })
    void answersHoldForWhatTheySay(String scope, String expected) throws Exception {
        PluginAnswer answer = answer(PluginAnswer.Scope.of(scope).orElseThrow(), "60");
        CredentialPlugin plugin = plugin(Duration.ZERO, image -> answer);
        for (String image : List.of("a.io/x", "a.io/x", "a.io/y", "b.io/x")) {
            assertEquals(answer.logins(), logins(plugin, image));
        }
        assertEquals(expected, String.join(" ", asked));
    }

    /// Seconds of the configuration and of the answer (`-`: none), and after how many it is asked again.
    @ParameterizedTest
    @CsvSource({"0, -, 0", "30, -, 30", "30, 0, 0", "0, 10, 10", "30, 10, 10", "30, -5, 0"})
    void answersHoldForAsLongAsTheySay(long otherwise, String said, long holds) throws Exception {
        CredentialPlugin plugin =
                plugin(Duration.ofSeconds(otherwise), image -> answer(PluginAnswer.Scope.IMAGE, said));
        logins(plugin, "a.io/x");
        now = now.plusSeconds(holds);
        logins(plugin, "a.io/x");
        assertEquals(holds == 0 ? 2 : 1, asked.size());
        now = now.plusSeconds(1);
        logins(plugin, "a.io/x");
        assertEquals(holds == 0 ? 3 : 2, asked.size());
    }

    @Test
    void imagesOfOtherRegistriesAreNotAskedFor() throws Exception {
        CredentialPlugin plugin = plugin(Duration.ZERO, image -> answer(PluginAnswer.Scope.IMAGE, "60"));
        assertEquals(Map.of(), logins(plugin, "reg.example/x"));
        assertEquals(List.of(), asked);
    }

    @Test
    void aFailureIsNoAnswerAndDoesNotHold() throws Exception {
        List<PluginFailure> failures = new ArrayList<>(List.of(new PluginFailure("exit status 1")));
        CredentialPlugin plugin = plugin(Duration.ofHours(1), image -> {
            if (!failures.isEmpty()) {
                throw failures.removeFirst();
            }
            return answer(PluginAnswer.Scope.IMAGE, "-");
        });
        assertEquals(Map.of(), logins(plugin, "a.io/x"));
        assertEquals(1, logins(plugin, "a.io/x").size());
    }

    @Test
    void pullsThatBeginTogetherAskOnceAndOneMayGiveUp() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        CredentialPlugin plugin = plugin(Duration.ofHours(1), image -> {
            begun.countDown();
            go.await();
            return answer(PluginAnswer.Scope.IMAGE, "-");
        });
        try (ExecutorService pulls = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> first = pulls.submit(() -> logins(plugin, "a.io/x"));
            begun.await();
            Future<Map<String, RegistryLogin>> second = pulls.submit(() -> logins(plugin, "a.io/x"));
            first.cancel(true);
            assertThrows(java.util.concurrent.CancellationException.class, first::get);
            go.countDown();
            assertEquals(1, second.get().size());
        }
        assertEquals(1, logins(plugin, "a.io/x").size());
        assertEquals(List.of("a.io/x"), asked);
    }

    private static TokenAttributes attributes(String audience, boolean needsAccount, boolean byToken) {
        return new TokenAttributes(audience, needsAccount, List.of("role"), List.of("team"), byToken);
    }

    @Test
    void aProviderIsToldOfThePodsServiceAccount() throws Exception {
        tokens = Optional.of(attributes("reg", true, false));
        accounts.annotations = Map.of("role", "r", "other", "o");
        CredentialPlugin plugin = plugin(Duration.ofHours(1), request -> answer(PluginAnswer.Scope.IMAGE, "-"));
        PluginLogins said = plugin.logins(pod("p"), "a.io/x");
        assertEquals(Optional.of(new ServiceAccountName("1", "ns", "a")), said.account());
        assertEquals(1, said.logins().size());
        plugin.logins(pod("q"), "a.io/x");
        assertEquals(List.of("a.io/x reg-for-p{role=r}"), asked);
        accounts.annotations = Map.of("role", "r", "team", "t");
        plugin.logins(pod("q"), "a.io/x");
        assertEquals("a.io/x reg-for-q{role=r, team=t}", asked.getLast());
    }

    @Test
    void whatIsSaidForATokenHoldsForNoOther() throws Exception {
        tokens = Optional.of(attributes("reg", true, true));
        accounts.annotations = Map.of("role", "r");
        CredentialPlugin plugin = plugin(Duration.ofHours(1), request -> answer(PluginAnswer.Scope.GLOBAL, "-"));
        for (String uid : List.of("p", "p", "q", "q")) {
            plugin.logins(pod(uid), "a.io/x");
        }
        assertEquals(List.of("a.io/x reg-for-p{role=r}", "a.io/x reg-for-q{role=r}"), asked);
    }

    @Test
    void whoLacksWhatTheProviderNeedsIsNotAskedFor() throws Exception {
        tokens = Optional.of(attributes("reg", true, false));
        CredentialPlugin plugin = plugin(Duration.ZERO, request -> answer(PluginAnswer.Scope.IMAGE, "-"));
        assertEquals(PluginLogins.NONE, plugin.logins(pod("p"), "a.io/x"));
        accounts.annotations = Map.of("role", "r");
        assertEquals(PluginLogins.NONE, plugin.logins(pod(""), "a.io/x"));
        tokens = Optional.of(attributes("refused", true, false));
        CredentialPlugin refused = plugin(Duration.ZERO, request -> answer(PluginAnswer.Scope.IMAGE, "-"));
        assertEquals(PluginLogins.NONE, refused.logins(pod("p"), "a.io/x"));
        assertEquals(List.of(), asked);
    }

    @Test
    void aPodWithoutAnAccountMayBeAskedForWithoutOne() throws Exception {
        tokens = Optional.of(new TokenAttributes("reg", false, List.of(), List.of(), false));
        CredentialPlugin plugin = plugin(Duration.ZERO, request -> answer(PluginAnswer.Scope.IMAGE, "-"));
        PluginLogins said = plugin.logins(pod(""), "a.io/x");
        assertEquals(Optional.empty(), said.account());
        assertEquals(1, said.logins().size());
        assertEquals(List.of("a.io/x"), asked);
    }

    @Test
    void aTokenIsNoPasswordForAllPodsOfAnAccount() throws Exception {
        PluginAnswer echo = new PluginAnswer(
                PluginAnswer.Scope.IMAGE,
                Optional.empty(),
                Map.of("a.io", new RegistryLogin("u", "reg-for-p", "", "")));
        tokens = Optional.of(new TokenAttributes("reg", true, List.of(), List.of(), false));
        assertEquals(Map.of(), logins(plugin(Duration.ofHours(1), request -> echo), "a.io/x"));
        tokens = Optional.of(new TokenAttributes("reg", true, List.of(), List.of(), true));
        assertEquals(echo.logins(), logins(plugin(Duration.ofHours(1), request -> echo), "a.io/x"));
    }

    @Test
    void onlySoManyAnswersAreKept() throws Exception {
        CredentialPlugin plugin = plugin(Duration.ofHours(1), image -> answer(PluginAnswer.Scope.IMAGE, "-"));
        for (int i = 0; i < 1_001; i++) {
            now = now.plusMillis(1);
            logins(plugin, "a.io/" + i);
        }
        asked.clear();
        logins(plugin, "a.io/1000");
        logins(plugin, "a.io/0");
        assertEquals(List.of("a.io/0"), asked);
    }
}
