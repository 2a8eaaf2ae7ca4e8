package io.gantry.client.pages;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.zpages.Flagz;
import io.gantry.api.zpages.Statusz;
import io.gantry.api.zpages.ZPage;
import io.gantry.component.BuildVersion;
import io.gantry.component.Flags;
import io.gantry.component.HealthServer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// `/statusz` and `/flagz` of a process beside the API server: on in 1.36 (`ComponentStatusz`, `ComponentFlagz`).
public record ProcessPages(String component, Instant started, Flagz flags, InstantSource clock) {
    public static final String STATUSZ = "/statusz";
    public static final String FLAGZ = "/flagz";

    private static final String CONTENT_TYPE = "content-type";

    /// @param component as upstream calls it, `kube-scheduler`
    /// @param flags all of which have been read
    public static ProcessPages of(String component, Flags flags) {
        InstantSource clock = InstantSource.system();
        Instant started = ProcessHandle.current().info().startInstant().orElseGet(clock::instant);
        return new ProcessPages(component, started, Flagz.of(component, flags.settings()), clock);
    }

    /// Serves both.
    public HealthServer on(HealthServer server) {
        return server.negotiate(FLAGZ, this::flagz).negotiate(STATUSZ, accept -> statusz(accept, server.paths()));
    }

    /// The flags with which the process runs.
    ///
    /// @param accept the header, empty where there is none
    public HealthServer.Page flagz(String accept) {
        return sent(flags, accept);
    }

    /// What the process is.
    ///
    /// @param accept the header, empty where there is none
    /// @param paths that it has
    public HealthServer.Page statusz(String accept, Collection<String> paths) {
        return sent(
                new Statusz(
                        component,
                        started,
                        clock.instant(),
                        BuildVersion.GIT.substring(1),
                        BuildVersion.API,
                        Statusz.firstParts(paths)),
                accept);
    }

    private static HealthServer.Page sent(ZPage page, String accept) {
        try {
            ZPage.Page answer = page.answer(accept, RandomGenerator.getDefault());
            Map<String, String> headers = new HashMap<>(answer.headers());
            String type = Optional.ofNullable(headers.remove(CONTENT_TYPE)).orElseThrow();
            return new HealthServer.Page(200, type, new String(answer.body(), StandardCharsets.UTF_8), headers);
        } catch (StatusException refused) {
            return new HealthServer.Page(
                    refused.code(), ZPage.JSON, Json.MAPPER.writeValueAsString(refused.status()) + "\n");
        }
    }
}
