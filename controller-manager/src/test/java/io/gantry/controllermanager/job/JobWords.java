package io.gantry.controllermanager.job;

import io.gantry.api.Json;
import io.gantry.api.batch.v1.job.Job;
import io.gantry.api.batch.v1.job.JobCondition;
import io.gantry.api.core.v1.pod.Pod;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Jobs and pods from lines of words, and plans as one line, for tables.
final class JobWords {
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private JobWords() {}

    /// @param spec, status fields in JSON, without the braces
    static Job job(String spec, String status) {
        String restart = spec.contains("OnFailure") ? "OnFailure" : "Never";
        return Json.MAPPER.readValue(
                """
                {"metadata":{"name":"j","namespace":"ns","uid":"job"},
                 "spec":{%s"template":{"spec":{"restartPolicy":"%s"}}},
                 "status":{"startTime":"2025-12-31T23:00:00Z"%s}}""".formatted(
                        spec.replace("OnFailure", "").strip().isEmpty() ? "" : spec.replace("OnFailure", "") + ",",
                        restart,
                        status.isEmpty() ? "" : "," + status),
                Job.class);
    }

    /// `uid Phase`, then `i=INDEX end=SECONDS_AGO exit=CODE cond=TYPE fails=N restarts=N` and the flags `free` (has no
    /// finalizer), `going`, `ready`.
    static Pod pod(String line) {
        Map<String, String> words = new LinkedHashMap<>();
        String[] all = line.split(" ");
        for (String word : List.of(all).subList(2, all.length)) {
            String[] parts = word.split("=");
            words.put(parts[0], parts.length > 1 ? parts[1] : "");
        }
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", all[0]);
        metadata.put("namespace", "ns");
        metadata.put("uid", all[0]);
        metadata.put("creationTimestamp", NOW.minusSeconds(1000).toString());
        if (!words.containsKey("free")) {
            metadata.put("finalizers", List.of(JobPod.FINALIZER));
        }
        if (words.containsKey("going")) {
            metadata.put("deletionTimestamp", NOW.toString());
        }
        Map<String, String> annotations = new LinkedHashMap<>();
        if (words.containsKey("i")) {
            annotations.put(JobPod.INDEX, words.get("i"));
        }
        if (words.containsKey("fails")) {
            annotations.put(IndexFailures.COUNTED, words.get("fails"));
        }
        metadata.put("annotations", annotations);
        return Json.MAPPER.convertValue(
                Map.of("metadata", metadata, "spec", Map.of("nodeName", "n"), "status", status(all[1], words)),
                Pod.class);
    }

    private static Map<String, Object> status(String phase, Map<String, String> words) {
        List<Object> conditions = new ArrayList<>();
        if (words.containsKey("cond")) {
            conditions.add(Map.of("type", words.get("cond"), "status", "True"));
        }
        if (words.containsKey("ready")) {
            conditions.add(Map.of("type", "Ready", "status", "True"));
        }
        boolean ended = phase.equals("Succeeded") || phase.equals("Failed");
        String at = NOW.minusSeconds(Long.parseLong(words.getOrDefault("end", "900")))
                .toString();
        int exit = Integer.parseInt(words.getOrDefault("exit", phase.equals("Failed") ? "1" : "0"));
        Map<String, Object> container = new LinkedHashMap<>();
        container.put("name", "main");
        container.put("restartCount", Integer.parseInt(words.getOrDefault("restarts", "0")));
        if (ended) {
            container.put("state", Map.of("terminated", Map.of("exitCode", exit, "finishedAt", at)));
        }
        return Map.of("phase", phase, "conditions", conditions, "containerStatuses", List.of(container));
    }

    static JobPlan plan(Job job, List<String> pods) {
        return JobPlan.of(new JobView(job, pods.stream().map(JobWords::pod).toList(), true, NOW));
    }

    /// What comes, goes and is released, the counts, and the conditions: only what is not empty.
    static String text(JobPlan plan) {
        List<String> parts = new ArrayList<>();
        if (!plan.creations().isEmpty()) {
            parts.add("+"
                    + plan.creations().stream()
                            .map(c -> c.index().isEmpty()
                                    ? "x"
                                    : c.index().getAsInt()
                                            + (c.failures().all() > 0
                                                    ? "f" + c.failures().all()
                                                    : ""))
                            .collect(Collectors.joining(",")));
        }
        add(parts, "-", names(plan.deletions()));
        add(parts, "free=", names(plan.release()));
        add(
                parts,
                "ok=",
                plan.status().succeeded() == null ? "" : "" + plan.status().succeeded());
        add(
                parts,
                "bad=",
                plan.status().failed() == null ? "" : "" + plan.status().failed());
        add(
                parts,
                "noted=",
                String.join(",", plan.status().uncountedTerminatedPods().succeeded()));
        add(
                parts,
                "lost=",
                String.join(",", plan.status().uncountedTerminatedPods().failed()));
        add(
                parts,
                "done=",
                plan.status().completedIndexes() == null ? "" : plan.status().completedIndexes());
        add(
                parts,
                "dead=",
                plan.status().failedIndexes() == null ? "" : plan.status().failedIndexes());
        plan.next().ifPresent(at -> parts.add("in=" + (at.getEpochSecond() - NOW.getEpochSecond())));
        for (JobCondition c : plan.status().conditions()) {
            parts.add(c.type() + (c.status().equals("True") ? ":" : "!") + c.reason());
        }
        return String.join(" ", parts);
    }

    private static void add(List<String> parts, String label, String text) {
        if (!text.isEmpty()) {
            parts.add(label + text);
        }
    }

    private static String names(List<Pod> pods) {
        return pods.stream().map(p -> p.metadata().name()).sorted().collect(Collectors.joining(","));
    }
}
