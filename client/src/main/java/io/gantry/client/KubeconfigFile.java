package io.gantry.client;

import io.gantry.client.tls.Credential;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/// Reads and writes the kubeconfig format. Relative paths are relative to the file.
final class KubeconfigFile {
    private KubeconfigFile() {}

    static Kubeconfig parse(String yaml, Path file) {
        Map<?, ?> root = map(new Load(LoadSettings.builder().build()).loadFromString(yaml), "kubeconfig " + file);
        String current = text(root, "current-context");
        if (current.isEmpty()) {
            throw new IllegalArgumentException("kubeconfig " + file + " has no current-context");
        }
        Map<?, ?> context = named(root, "contexts", current, "context", file);
        Map<?, ?> cluster = named(root, "clusters", text(context, "cluster"), "cluster", file);
        String userName = text(context, "user");
        Map<?, ?> user = userName.isEmpty() ? Map.of() : named(root, "users", userName, "user", file);
        refuse(user, file);
        String namespace = text(context, "namespace");
        return new Kubeconfig(
                URI.create(text(cluster, "server")),
                credential(cluster, "certificate-authority", file),
                credential(user, "client-certificate", file),
                credential(user, "client-key", file),
                token(user, file),
                Boolean.TRUE.equals(cluster.get("insecure-skip-tls-verify")),
                namespace.isEmpty() ? "default" : namespace);
    }

    private static void refuse(Map<?, ?> user, Path file) {
        for (String unsupported : List.of("exec", "auth-provider", "username", "as")) {
            if (user.containsKey(unsupported)) {
                throw new IllegalArgumentException(
                        "kubeconfig " + file + ": user field \"" + unsupported + "\" is not supported");
            }
        }
    }

    private static Credential token(Map<?, ?> user, Path file) {
        String path = text(user, "tokenFile");
        if (!path.isEmpty()) {
            return Credential.file(resolve(file, path));
        }
        String token = text(user, "token");
        return token.isEmpty() ? Credential.absent() : Credential.inline(token);
    }

    private static Credential credential(Map<?, ?> section, String name, Path file) {
        String data = text(section, name + "-data");
        if (!data.isEmpty()) {
            return new Credential.Inline(Base64.getMimeDecoder().decode(data));
        }
        String path = text(section, name);
        return path.isEmpty() ? Credential.absent() : Credential.file(resolve(file, path));
    }

    private static Path resolve(Path file, String path) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? Path.of(path) : parent.resolve(path);
    }

    private static Map<?, ?> named(Map<?, ?> root, String list, String name, String inner, Path file) {
        if (root.get(list) instanceof List<?> entries) {
            for (Object entry : entries) {
                if (entry instanceof Map<?, ?> map && name.equals(map.get("name"))) {
                    return map(map.get(inner), list + " \"" + name + "\" of " + file);
                }
            }
        }
        throw new IllegalArgumentException("kubeconfig " + file + " has no " + inner + " \"" + name + "\"");
    }

    private static Map<?, ?> map(@Nullable Object value, String what) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new IllegalArgumentException(what + " is not a mapping");
    }

    private static String text(Map<?, ?> map, String key) {
        Object value = map.get(key);
        return value == null ? "" : value.toString();
    }

    static String write(Kubeconfig config, String clusterName, String userName) {
        Map<String, Object> cluster = new LinkedHashMap<>();
        cluster.put("server", config.server().toString());
        put(cluster, "certificate-authority", config.certificateAuthority());
        if (config.insecureSkipTlsVerify()) {
            cluster.put("insecure-skip-tls-verify", true);
        }
        Map<String, Object> user = new LinkedHashMap<>();
        put(user, "client-certificate", config.clientCertificate());
        put(user, "client-key", config.clientKey());
        switch (config.token()) {
            case Credential.Absent none -> {}
            case Credential.Inline inline -> user.put("token", new String(inline.data(), StandardCharsets.UTF_8));
            case Credential.InFile inFile -> user.put("tokenFile", inFile.path().toString());
        }
        String contextName = userName + "@" + clusterName;
        Map<String, Object> context = new LinkedHashMap<>();
        context.put("cluster", clusterName);
        context.put("user", userName);
        if (!config.namespace().equals("default")) {
            context.put("namespace", config.namespace());
        }
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("apiVersion", "v1");
        root.put("kind", "Config");
        root.put("clusters", List.of(entry(clusterName, "cluster", cluster)));
        root.put("users", List.of(entry(userName, "user", user)));
        root.put("contexts", List.of(entry(contextName, "context", context)));
        root.put("current-context", contextName);
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setWidth(1 << 20)
                .build();
        return new Dump(settings).dumpToString(root);
    }

    private static Map<String, Object> entry(String name, String key, Map<String, Object> value) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", name);
        entry.put(key, value);
        return entry;
    }

    private static void put(Map<String, Object> section, String name, Credential credential) {
        switch (credential) {
            case Credential.Absent none -> {}
            case Credential.Inline inline ->
                section.put(name + "-data", Base64.getEncoder().encodeToString(inline.data()));
            case Credential.InFile inFile -> section.put(name, inFile.path().toString());
        }
    }
}
